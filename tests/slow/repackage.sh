#!/usr/bin/env bash
# repackage.sh PACKAGE.rpm OUTPUT-FOLDER COMMAND [DROPPED-REQUIREMENT]
#
# Makes PACKAGE again, damaged: COMMAND runs in its unpacked root, and may add, change and remove files; the
# requirement, a regular expression that whole lines match, is left out. Everything else (names, versions, modes,
# owners, dependencies, the source package's name) stays as it is, scriptlets aside.
set -euo pipefail

package=$(realpath "$1")
output=$(realpath "$2")
command=$3
dropped=${4:-}

work=$(mktemp -d)
clean_up() { rm -rf "$work"; }
mkdir "$work/root"

query() { rpm --query --package --queryformat "$1" "$package" 2>/dev/null; }

rpm2cpio "$package" | (cd "$work/root" && cpio --quiet --extract --make-directories --preserve-modification-time)
(cd "$work/root" && bash -euo pipefail -c "$command")

name=$(query '%{NAME}')
source=$(query '%{SOURCERPM}')
source=${source%-*-*.src.rpm}
{
    printf 'Name: %s\nVersion: %s\nRelease: %s\nSummary: Damaged\nLicense: MIT\nAutoReqProv: no\n' \
        "$source" "$(query '%{VERSION}')" "$(query '%{RELEASE}')"
    printf '%%global __os_install_post %%{nil}\n%%global debug_package %%{nil}\n%%global _build_id_links none\n'
    printf '%%global _binary_payload w1T0.zstdio\n%%description\nDamaged.\n'
    if [ "$name" != "$source" ]; then
        printf '%%package -n %s\nSummary: Damaged\nAutoReqProv: no\n' "$name"
    fi
    query '[%{REQUIRENEVRS}\n]' | grep -v '^rpmlib(' | grep -Ev "^(${dropped:-nothing is dropped})$" |
        sed 's/^/Requires: /'
    query '[%{PROVIDENEVRS}\n]' | sed 's/^/Provides: /'
    if [ "$name" != "$source" ]; then printf '%%description -n %s\nDamaged.\n' "$name"; fi
    # The one scriptlet that packages of a stack may have.
    for scriptlet in 'post POSTINPROG' 'postun POSTUNPROG'; do
        program=$(query "%{${scriptlet#* }}")
        [ "$program" = '(none)' ] || printf '%%%s -n %s -p %s\n' "${scriptlet% *}" "$name" "$program"
    done
    printf '%%install\nmkdir -p %%{buildroot}\ncp -a %s/root/. %%{buildroot}/\n' "$work"
    printf '%%files -n %s\n' "$name"
} >"$work/damaged.spec"
# A mode that COMMAND changed is taken from the tree, so the list says only what is a folder.
query '[%{FILEMODES:octal}\t%{FILENAMES}\n]' | while IFS=$'\t' read -r mode path; do
    [ -e "$work/root$path" ] || [ -L "$work/root$path" ] || continue
    case $mode in
    04*) printf '%%dir %%attr(-, root, root) "%s"\n' "$path" ;;
    *) printf '%%attr(-, root, root) "%s"\n' "$path" ;;
    esac
done >>"$work/damaged.spec"
rpmbuild -bb --quiet --define "_topdir $work/top" --define "_rpmdir $output" \
    --define '_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' "$work/damaged.spec" >"$work/log" 2>&1 || {
    tail -n 20 "$work/log" >&2
    exit 1
}
