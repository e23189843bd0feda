#!/bin/sh
# Makes the source archive that pystacks.spec is built from.
#
#     specs/pystacks/make-source.sh [--working-tree] FOLDER
#
# Writes FOLDER/pystacks-VERSION.tar.gz, with the version that the spec names, and prints its path. The archive has the
# files of git's HEAD; --working-tree takes the files as they are now, and needs no git: in a clone without those that
# git ignores, elsewhere without build/, dist/ and sources/. The same commit gives the same bytes, and so do the same
# files; git writes the commit into archived-commit, for `pystacks --version`.
set -eu

usage() {
    echo "usage: make-source.sh [--working-tree] FOLDER" >&2
    exit 2
}

what=commit
if [ "${1:-}" = --working-tree ]; then
    what=tree
    shift
fi
if [ $# -ne 1 ]; then usage; fi
mkdir -p "$1"
target=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^Version:[[:space:]]*//p' specs/pystacks/pystacks.spec)
name=pystacks-$version

# The files of the working tree, each with a NUL after it.
list_files() {
    # A tree without .git may lie in a clone of something else.
    if [ -e .git ] && git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git ls-files -z --cached --others --exclude-standard
    else
        find . \( -name .git -o -path ./build -o -path ./dist -o -path ./sources -o -name compile_commands.json \) \
            -prune -o ! -type d -print0
    fi
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ "$what" = commit ]; then
    git archive --format=tar --prefix="$name/" -o "$scratch/tar" HEAD
else
    list_files >"$scratch/listed"
    # A file that git knows and somebody deleted is not there to be packed.
    while IFS= read -r file; do
        if [ -e "$file" ] || [ -L "$file" ]; then printf '%s\n' "${file#./}"; fi
    done <<LIST >"$scratch/files"
$(tr '\0' '\n' <"$scratch/listed" | LC_ALL=C sort)
LIST
    # Directories' own modes and times are not in it, and a date that is the same every time is.
    tar --format=ustar --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' --mtime=@1700000000 \
        --transform="s,^,$name/,S" --no-recursion --verbatim-files-from --files-from="$scratch/files" \
        -cf "$scratch/tar"
fi
gzip -9 -n -c "$scratch/tar" >"$target/$name.tar.gz"
# The source package has the archive's time; that of the youngest file in it is the same every time.
if [ "$what" = commit ]; then date=$(git log -1 --format=%ct); else date=1700000000; fi
touch --date="@$date" "$target/$name.tar.gz"
echo "$target/$name.tar.gz"
