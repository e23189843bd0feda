#!/bin/sh
# Reads packages.txt, and writes what is made of it: parts of README.md and of specs/pystacks/pystacks.spec.
#
#     setup/packages.sh list debian|rpm USE...   the packages of those rows, one per line
#     setup/packages.sh update                   writes the parts, which are between marks
#     setup/packages.sh check                    exit 1, with the difference, when they are not those of the table
set -eu

here=$(cd "$(dirname "$0")" && pwd)
table=$here/packages.txt

# list FAMILY USE...: their packages, in the table's order.
list() {
    case $1 in
    debian) before='[^|]*|' ;;
    rpm) before='[^|]*|[^|]*|' ;;
    *) return 2 ;;
    esac
    shift
    for use in "$@"; do
        grep -q "^$use *|" "$table" || { echo "setup/packages.sh: there is no use called $use" >&2; return 2; }
    done
    for use in "$@"; do
        sed -n "s/^$use *|$before *\([^|]*[^| ]\) *|.*/\1/p" "$table"
    done | grep -vx -e -
}

# tags NAME USE...: one of a spec's tags for each package.
tags() {
    name=$1
    shift
    list rpm "$@" | LC_ALL=C sort -u | while IFS= read -r package; do printf '%-16s%s\n' "$name:" "$package"; done
}

# row TITLE USE [NEEDED]: a row of the README's table, without the packages of the use NEEDED.
row() {
    printf '| %s ' "$1"
    for family in debian rpm; do
        printf '| '
        needed=$(if [ $# -gt 2 ]; then list "$family" "$3"; fi)
        list "$family" "$2" | grep -vxF -e "${needed:--}" |
            sed "s/.*/\`&\`/" | paste -sd , - | sed 's/,/, /g; s/$/ /' | tr -d '\n'
    done
    echo '|'
}

# part NAME: what is between the marks of that name.
part() {
    case $1 in
    BuildRequires) tags BuildRequires compile ;;
    Requires) tags Requires build ;;
    Recommends) tags Recommends verify extension option ;;
    table)
        echo '| for | Debian | Fedora |'
        echo '|---|---|---|'
        row 'compiling pystacks' compile
        row "\`pystacks build\`" build
        row "\`pystacks verify\`" verify
        row "\`pystacks extension build\`" extension
        row 'optional: more checks, faster builds, signing' option build
        ;;
    *)
        echo "setup/packages.sh: there is no part called $1" >&2
        return 2
        ;;
    esac
}

# renewed FILE NAME...: prints it with its parts, which are these, generated again.
renewed() {
    file=$1
    shift
    for name in "$@"; do
        grep -q "^\(#\|<!--\) packages: $name " "$file" ||
            { echo "setup/packages.sh: $file has no mark of the part $name" >&2; return 2; }
    done
    skipping=no
    while IFS= read -r line; do
        # A mark is a line of its own.
        case $line in
        '<!-- packages: '* | '# packages: '*)
            name=${line#*packages: }
            name=${name%% *}
            ;;
        *) name= ;;
        esac
        if [ "$name" = end ]; then skipping=no; fi
        [ "$skipping" = yes ] || printf '%s\n' "$line"
        if [ -n "$name" ] && [ "$name" != end ]; then
            part "$name"
            skipping=yes
            open=$name
        fi
    done <"$file"
    if [ "$skipping" = yes ]; then
        echo "setup/packages.sh: $file: the part $open has no end" >&2
        return 2
    fi
}

case ${1:-} in
list)
    shift
    list "$@"
    exit
    ;;
update | check) ;;
*)
    echo 'usage: setup/packages.sh list debian|rpm USE... | update | check' >&2
    exit 2
    ;;
esac

failed=0
new=$(mktemp)
trap 'rm -f "$new"' EXIT
# treat FILE NAME...: writes it, or compares it.
treat() {
    renewed "$@" >"$new"
    if [ "$action" = update ]; then cat "$new" >"$1"; else diff -u "$1" "$new" || failed=1; fi
}
action=$1
treat "$here/../README.md" table
treat "$here/../specs/pystacks/pystacks.spec" BuildRequires Requires Recommends
if [ "$failed" -ne 0 ]; then
    echo 'The generated parts do not match setup/packages.txt. Run: setup/packages.sh update' >&2
fi
exit "$failed"
