#!/usr/bin/env bash
# pystacks extension add: specs that are hard on purpose. Each is refused for the right reason, or added and given back.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# a_spec FILE: of one compiled module.
a_spec() {
    cat >"$1" <<'END'
Name:           python-fast
Version:        1.0
Release:        1
Summary:        Fast
License:        MIT
Source0:        fast-1.0.tar.gz
BuildRequires:  gcc

%description
Fast.

%package -n python3-fast
Summary:        Fast

%description -n python3-fast
Fast.

%prep
%autosetup -n fast-1.0

%build
%pyproject_wheel

%install
%pyproject_install
%pyproject_save_files -l fast

%check
%pytest

%files -n python3-fast -f %{pyproject_files}
%doc README

%changelog
END
}

# added FILE: add changes it, remove gives the same bytes back. Whether rpm can read such a spec depends on the host.
added() {
    cp "$1" before.spec
    expect 0 "$pystacks" extension add --accept-unproved "$1"
    cp out after.spec
    cmp -s before.spec after.spec && fail 'nothing was added'
    expect 0 "$pystacks" extension remove after.spec
    cmp before.spec out || fail 'not the original bytes'
}

# refused FILE WORDS
refused() {
    cp "$1" before.spec
    expect 1 "$pystacks" extension add --in-place "$1"
    says err "$2"
    cmp before.spec "$1" || fail 'a refused spec was changed'
}

start declarative 'BuildSystem: what is not written gets a section that is appended'
a_spec fast.spec
sed -i -e 's/^License.*/&\nBuildSystem: pyproject\nBuildOption(install): -l fast/' \
    -e '/^%prep/,/^%pytest/d' fast.spec
added fast.spec
for name in prep conf build install; do
    grep -A1 "^%$name -a\$" after.spec | grep -q "{?pydebug_$name}" || fail "no %$name -a"
done
grep -A1 '^%check -a$' after.spec | grep -q '{?pydebug_check}' || fail 'no import check'
sed -i 's/^%files.*/%build -a\nmake extra\n\n%check -a\n%pytest\n\n&/' fast.spec
added fast.spec
grep -A2 '^make extra$' after.spec | grep -q '{?pydebug_build}' || fail 'not at the end of %build -a'
[ "$(grep -c '^%build -a' after.spec)" = 1 ] || fail 'a second %build -a'
pass

start parts 'parts beside a whole section are refused'
a_spec fast.spec
sed -i 's/^%install/%build -a\nmake extra\n\n%install/' fast.spec
refused fast.spec 'appends to a section that it also has as a whole'
pass

start conf '%conf is repeated'
a_spec fast.spec
sed -i 's/^%build/%conf\n.\/configure\n\n%build/' fast.spec
added fast.spec
grep -A2 '^./configure$' after.spec | grep -q '{?pydebug_conf}' || fail 'not at the end of %conf'
pass

start unproved 'what rpm cannot read here has an exit status of its own'
a_spec fast.spec
sed -i -e 's/^License.*/&\nNo-Such-Tag: of any rpm/' -e 's/^Release:.*/Release: %no_such_macro/' fast.spec
expect 4 "$pystacks" extension add --in-place fast.spec
says err 'not proved by rpm'
says err 'No-Such-Tag'
says_not err 'unexpanded'
says fast.spec 'pydebug_build'
a_spec fast.spec
expect 0 "$pystacks" extension add fast.spec
pass

start conditions 'conditions around %files decide the switch'
a_spec fast.spec
sed -i -e 's/^%files.*/%if %{with python}\n&/' -e 's/^%changelog/%endif\n&/' fast.spec
added fast.spec
says after.spec '%global with_debug_build 0'
pass

start lua 'Lua that prints subpackages, included text, two %build'
a_spec fast.spec
sed -i "s/^%prep/%{lua:\nprint('%package more')\n}\n%prep/" fast.spec
refused fast.spec 'Lua prints sections'
a_spec fast.spec
sed -i 's/^%prep/%include more.inc\n%prep/' fast.spec
refused fast.spec 'another file'
pass

start order 'sections in an odd order'
a_spec fast.spec
awk '/^%build/{hold=1} /^%install/{hold=0} /^%check/{printf "%s", kept} {if (hold) kept = kept $0 "\n"; else print}' \
    fast.spec >odd.spec
[ "$(grep -n '^%build' odd.spec | cut -d: -f1)" -gt "$(grep -n '^%install' odd.spec | cut -d: -f1)" ] || fail 'the test'
added odd.spec
a_spec fast.spec
awk '/^%prep/{hold=1} /^%build/{hold=0} /^%check/{printf "%s", kept} {if (hold) kept = kept $0 "\n"; else print}' \
    fast.spec >odd.spec
refused odd.spec 'is above %prep'
pass

start bytes 'CRLF, and a megabyte of changelog'
a_spec fast.spec
sed -i 's/$/\r/' fast.spec
added fast.spec
a_spec fast.spec
for _ in $(seq 1 16384); do
    printf -- '- %%build was changed, and nothing was said about %%files there\n'
done >>fast.spec
added fast.spec
pass

start swallow 'a folder in %files that would take the debug module in'
a_spec fast.spec
sed -i 's|^%files.*|%files -n python3-fast\n%{python3_sitearch}/fast/|' fast.spec
added fast.spec
says after.spec '%files -n python3-fast %{?pydebug_exclusions}'
pass

start places 'a module without tag, an abi3 one, one that is somewhere else'
a_spec fast.spec
sed -i -e 's|^%files.*|%files -n python3-fast\n%{python3_sitearch}/_fast.so|' -e 's/gcc/swig/' fast.spec
added fast.spec
says_not after.spec 'pydebug_exclusions'
a_spec fast.spec
sed -i 's|^%files.*|%files -n python3-fast\n%{python3_sitearch}/_fast.abi3.so|' fast.spec
added fast.spec
a_spec fast.spec
sed -i 's|^%files.*|%files -n python3-fast\n%{_libdir}/fast/_fast.so|' fast.spec
expect 1 "$pystacks" extension add fast.spec
says err 'the text does not show whether the package has compiled modules'
pass

start wheels 'two wheels in one package; in two packages it is not known whose modules they are'
a_spec fast.spec
sed -i 's/^%pyproject_wheel/%pyproject_wheel\ncd other\n%pyproject_wheel/' fast.spec
added fast.spec
cat >>fast.spec <<'END'

%package -n python3-other
Summary: Other
%description -n python3-other
Other.
%files -n python3-other -f %{pyproject_files}
END
refused fast.spec 'which has which'
pass

start extras 'packages that a macro makes behind %install are no part of it'
a_spec fast.spec
sed -i 's/^%check/%pyproject_extras_subpkg -n python3-fast more\n\n%check/' fast.spec
added fast.spec
awk '/pydebug_install/ {seen = 1} /^%pyproject_extras_subpkg/ {exit !seen}' after.spec || fail 'behind the packages'
pass

start twice 'definitions in a section that runs twice'
a_spec fast.spec
sed -i 's/^%build/%build\n%global flags --fast/' fast.spec
added fast.spec
a_spec fast.spec
sed -i 's/^%build/%build\n%global optflags %{optflags} -g3/' fast.spec
added fast.spec
a_spec fast.spec
sed -i 's/^%build/%build\n%global parts %{?parts} more/' fast.spec
refused fast.spec 'defines a macro'
a_spec fast.spec
sed -i -e 's/^License.*/&\n%global root %{buildroot}\/opt/' -e 's/^%install/%install\nmkdir %{root}/' fast.spec
refused fast.spec '%global keeps'
pass

start pythons 'where Python 2 is built as well, the switch is off'
a_spec fast.spec
sed -i 's/^%build/%build\n%if %{with python2}\n%py2_build\n%endif/' fast.spec
added fast.spec
awk '/^%if %{with python2}/ {getline; exit $0 != "%global with_debug_build 0"}' after.spec || fail 'no exception'
a_spec fast.spec
sed -i 's/^%build/%build\n%py2_build/' fast.spec
refused fast.spec 'more than one Python'
pass

start documents 'every refusal is in the documentation, and no other'
sed -n 's/^ *Row{Reason::[a-z_]*, "\([a-z-]*\)".*/\1/p' "$source_tree/src/transform/refusal.cpp" | sort >code
# shellcheck disable=SC2016 # backquotes of the documentation
sed -n '/^| refused | |/,/^$/p' "$source_tree/docs/extension-macros.md" | cut -d'|' -f2 | grep -o '`[a-z-]*`' |
    tr -d '`' | sort >documentation
[ -s code ] || fail 'no reasons in the code'
diff code documentation || fail 'the lists of refusals differ'
pass

start page 'the survey as one page that asks for nothing'
mkdir -p specs
a_spec 'specs/<fast>.spec'
a_spec specs/refused.spec
sed -i 's/^%build/%include more\n%build/' specs/refused.spec
expect 0 "$pystacks" extension survey --html page.html specs
says out 'rpm has not read the specs'
if grep -nE 'https?://|src=|href=|url\(' page.html; then fail 'the page asks for something from elsewhere'; fi
says_not page.html '<fast>'
says page.html 'included-text'
expect 0 "$pystacks" extension survey --prove specs
says out 'of the 1 that are added, 1 are proved'
expect 0 "$pystacks" extension survey --prove --json specs
says out '"proved": true'
expect 2 "$pystacks" extension survey --html no/such/folder/page.html specs
pass
