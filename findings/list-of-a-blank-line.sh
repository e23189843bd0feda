#!/bin/sh
# %files -f with a list that names no file (rpm 4.18, 4.20).
# Expected: a list that names no file is empty, whether it has no line, a comment or a blank line.
# Actual: an empty list, and a list with only a comment, are errors ("Empty %files file"). One blank line
#     makes the list valid: rpmbuild writes a package without files and exits with 0.
# Affected: anyone who relies on rpmbuild to notice that a generated list is empty. `echo "$names"` writes a
#     blank line if there are no names.
set -eu
. "$(dirname "$0")/lib.sh"

begin
for name in rpm-bookworm rpm-trixie; do
    use_root "$name"
    versions rpm
    spec p <<'SPEC'
BuildArch: noarch
%description
%{summary}.
%prep
%setup -c -T
%build
%{content} >list
%files -f list
SPEC
    # Exit status and packages, where $1 prints the list.
    build_with() {
        inside "rm -rf /w
            rpmbuild -bb --nodeps -D '_topdir /w' -D 'content $1' /p.spec >/log 2>&1 && echo 0 || echo \$?
            ls /w/RPMS/noarch 2>/dev/null | wc -l" | paste -sd' '
    }
    expect "no byte: status, packages" "1 0" "$(build_with ':')"
    expect "its reason" 1 "$(grep -c '^error: Empty %files file' "$root/log")"
    expect "a blank line" "0 1" "$(build_with 'echo')"
    expect "a comment" "1 0" "$(build_with 'echo "# none"')"
done
finish
