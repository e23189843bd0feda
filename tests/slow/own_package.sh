#!/usr/bin/env bash
# pystacks' own package: plain rpmbuild builds it, its debug information is in packages of its own, and in a root where
# it is installed plain rpmbuild rebuilds a stack's SRPM with the installed macros alone.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need_root
for program in man rpmlint; do
    command -v "$program" >/dev/null || skip "there is no $program; setup/host.sh build test slow installs it"
done
pystacks=$(realpath "$pystacks")
project=$(realpath "$project")

work=$folder/own_package
rm -rf "$work"
mkdir -p "$work/top/SOURCES" "$work/home"
work=$(realpath "$work")
top=$work/top

# The compiler's cache, where there is one: other builds of the same files have filled it, in whatever folder.
cache=$PATH
if [ -d /usr/lib/ccache ]; then cache=/usr/lib/ccache:$PATH; fi
CCACHE_DIR=${CCACHE_DIR:-$(ccache --get-config cache_dir 2>/dev/null || true)}
export CCACHE_DIR CCACHE_BASEDIR=$top CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros

# ---- the packages ----------------------------------------------------------------------------------------------------

started=$SECONDS
archive=$("$project/specs/pystacks/make-source.sh" --working-tree "$top/SOURCES")
HOME=$work/home PATH=$cache rpmbuild -ba --nodeps --define "_topdir $top" "$project/specs/pystacks/pystacks.spec" \
    >"$work/rpmbuild.log" 2>&1 || { tail -40 "$work/rpmbuild.log"; fail 'rpmbuild -ba pystacks.spec'; }
version=$(rpm --query --specfile --queryformat '%{VERSION}-%{RELEASE}\n' "$project/specs/pystacks/pystacks.spec" |
    head -n 1)
package=$top/RPMS/$arch/pystacks-$version.$arch.rpm
diff - <(cd "$top" && find RPMS SRPMS -name '*.rpm' | LC_ALL=C sort) <<LIST || fail 'other packages than these'
RPMS/$arch/pystacks-$version.$arch.rpm
RPMS/$arch/pystacks-debuginfo-$version.$arch.rpm
RPMS/$arch/pystacks-debugsource-$version.$arch.rpm
SRPMS/pystacks-$version.src.rpm
LIST
pass "rpmbuild built pystacks.spec, in $((SECONDS - started)) s"

# unpack PACKAGE FOLDER
unpack() {
    mkdir -p "$2"
    rpm2archive - <"$1" >"$work/payload.tgz" || fail "cannot unpack $1"
    tar -xzf "$work/payload.tgz" -C "$2"
}
unpack "$package" "$work/main"
unpack "$top/RPMS/$arch/pystacks-debuginfo-$version.$arch.rpm" "$work/debuginfo"
unpack "$top/RPMS/$arch/pystacks-debugsource-$version.$arch.rpm" "$work/debugsource"

build_id() { readelf --notes "$1" | sed -n 's/^ *Build ID: //p'; }
has_section() { readelf --section-headers --wide "$1" | grep -qE " \.$2 +"; }

program=$work/main/usr/bin/pystacks
bytes=$(stat -c %s "$program")
[ "$bytes" -lt 10000000 ] || fail "the program has $bytes bytes"
for section in symtab debug_info; do
    if has_section "$program" "$section"; then fail "the program is not stripped: it has .$section"; fi
done
pass "the program is stripped: $bytes bytes"

debug=$(find "$work/debuginfo/usr/lib/debug/usr/bin" -name 'pystacks*.debug')
[ -f "$debug" ] || fail 'not one .debug file for the program'
has_section "$debug" debug_info || fail "there is no debug information in $debug"
[ -n "$(build_id "$program")" ] || fail 'the program has no build id'
[ "$(build_id "$program")" = "$(build_id "$debug")" ] || fail 'the .debug file is of another program'
cmp "$project/src/main.cpp" "$work"/debugsource/usr/src/debug/pystacks-*/src/main.cpp || fail 'debugsource'
# The folder of the build is in no file, or the bytes would depend on it.
status=0
grep -rlF "$top" "$work/main" "$work/debuginfo" "$work/debugsource" || status=$?
[ "$status" -eq 1 ] || fail 'these files name the folder of the build, or grep failed'
pass 'debug information and sources are in packages of their own, and nothing names the folder of the build'

# ---- what is in them -------------------------------------------------------------------------------------------------

# same FILE-OF-THE-SOURCE INSTALLED
same() { cmp "$project/$1" "$work/main$2" || fail "$1 is not $2"; }

cd "$project"
compared=0
while read -r file; do
    case $file in
    specs/pystacks/*) ;;
    *)
        same "$file" "/usr/share/pystacks/$file"
        compared=$((compared + 1))
        ;;
    esac
done < <(tar -tzf "$archive" | sed -n 's,^[^/]*/\(\(templates\|specs\|macros\|lua\|fileattrs\)/.*[^/]\)$,\1,p')
[ "$compared" -gt 50 ] || fail "only $compared files were compared"
macros=$(rpm --eval '%{_rpmmacrodir}')
for file in pystacks pydebug pydebug-compat; do same "macros/macros.$file" "$macros/macros.$file"; done
for file in lua/pydebug.lua lua/pydebug/*.lua; do same "$file" "$(rpm --eval '%{_rpmconfigdir}')/$file"; done
same fileattrs/pydebug.attr "$(rpm --eval '%{_fileattrsdir}')/pydebug.attr"
pass 'every template, stack, macro file, Lua module and generator of the source tree is installed as it is'

for file in docs/man/*.[15]; do
    page=$(echo "$work/main/usr/share/man/man${file##*.}/$(basename "$file")"*)
    [ -f "$page" ] || fail "$file is not installed"
    MANWIDTH=200 man --warnings --local-file "$page" >"$work/page" 2>"$work/warnings" || fail "man cannot show $file"
    [ ! -s "$work/warnings" ] || { cat "$work/warnings"; fail "man warns of $file"; }
    [ -s "$work/page" ] || fail "man shows nothing of $file"
done
same completions/pystacks.bash /usr/share/bash-completion/completions/pystacks
same completions/_pystacks /usr/share/zsh/site-functions/_pystacks
same completions/pystacks.fish /usr/share/fish/vendor_completions.d/pystacks.fish
bash -c "set -u; source '$work/main/usr/share/bash-completion/completions/pystacks'; complete -p pystacks" >/dev/null ||
    fail 'bash has no completion after the file is read'
pass 'man pages and completions are in place'

# Its exit status tells errors from warnings; here neither may be. Releases differ in what they find, so a filter may be
# without use.
rpmlint --rpmlintrc specs/pystacks/pystacks.rpmlintrc "$top/RPMS" "$top/SRPMS" >"$work/rpmlint.log" 2>&1 || true
if grep -E ': [EW]: ' "$work/rpmlint.log" | grep -v 'unused-rpmlintrc-filter'; then fail 'rpmlint'; fi
grep -q 'specfiles checked; ' "$work/rpmlint.log" || { cat "$work/rpmlint.log"; fail 'rpmlint did not finish'; }
pass 'rpmlint finds nothing that has no reason'

# ---- in a root where it is installed ---------------------------------------------------------------------------------

"$project/tests/integration/make_fake_source.sh" "$work/stack"
"$pystacks" build "$work/stack" --output "$work/dist" -j 2 >"$work/build.log" 2>&1 ||
    { tail -40 "$work/build.log"; fail 'pystacks build of the fake stack'; }

mkdir "$work/install"
cp "$package" "$work/install/"
cp "$work"/dist/SRPMS/*.src.rpm "$work/install/"
cat >"$work/install/inside.sh" <<'INSIDE'
#!/bin/sh
# In the root. Nothing but what the package installed is there: no other pystacks, no configuration of a user's.
set -eu
rm -rf /usr/local/bin/pystacks /usr/local/share/pystacks /etc/rpm/macros.pystacks* /var/tmp/home
mkdir -p /var/tmp/home /var/tmp
rpm --query --all 2>/dev/null | grep '^pystacks' || true
pystacks --version
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/var/tmp/home \
    rpmbuild --rebuild --nodeps /mnt/*.src.rpm
cp -R /var/tmp/home/rpmbuild/RPMS /mnt/
INSIDE
chmod +x "$work/install/inside.sh"
"$project/examples/try-in-scratch-root.sh" "$work/install" /mnt/inside.sh >"$work/rebuild.log" 2>&1 ||
    { tail -40 "$work/rebuild.log"; fail 'rpmbuild --rebuild where the package is installed'; }
same_packages "$work/dist/RPMS" "$work/install/RPMS"
pass 'with the installed macros alone, rpmbuild --rebuild gives what pystacks build gives'
rm -rf "$work"
