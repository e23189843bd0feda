# Shared by the tests of macros.pydebug, after lib.sh: interpreters that only say what they are, and modules of a few
# lines. Much of what stands in single quotes is for other shells to expand.
# shellcheck shell=bash disable=SC2016,SC2034

arch=$(rpm --eval '%{_arch}')
macros=(--load "$source_tree/macros/macros.pydebug" --define "_pydebug_luadir $source_tree/lua"
    --define "__pystacks $pystacks")
export SOURCE_DATE_EPOCH=1700000000

# fake_python DIR: python3.13 and python3.13-debug in DIR/bin, and a Python.h for each.
fake_python() {
    local name flag debug
    mkdir -p "$1/bin"
    for name in python3.13 python3.13-debug; do
        case $name in *-debug) flag=d debug=true ;; *) flag='' debug=false ;; esac
        mkdir -p "$1/include/python3.13$flag"
        printf 'struct PyObject { int count; };\nextern struct PyObject *PyModule_New(void);\n' \
            >"$1/include/python3.13$flag/Python.h"
        cat >"$1/bin/$name" <<END
#!/bin/sh
if [ "\$1" = --includes ]; then echo "-I$1/include/python3.13$flag"; exit; fi
if [ "\$1" = --suffix ]; then echo .cpython-313$flag-$arch-linux-gnu.so; exit; fi
echo '{"version": "3.13", "full_version": "3.13.5", "ldversion": "3.13$flag",
  "traits": {"debug": $debug, "free_threaded": false, "address_sanitizer": false, "thread_sanitizer": false,
    "undefined_sanitizer": false},
  "suffix": ".cpython-313$flag-$arch-linux-gnu.so",
  "suffixes": [".cpython-313$flag-$arch-linux-gnu.so", ".cpython-313-$arch-linux-gnu.so", ".abi3.so", ".so"],
  "pkgconfig": "", "stdlib": "", "dynload": "", "library": "",
  "library_file": "", "include": "$1/include/python3.13$flag",
  "header_folders": [], "features": {}}'
END
        chmod +x "$1/bin/$name"
    done
}

# sample_spec FILE: a package of three modules, one of them without a tag and one for the stable ABI.
sample_spec() {
    cat >"$1" <<'SPEC'
%{?pydebug_switch}
Name: sample
Version: 1.0
Release: 1
Summary: Modules
License: MIT
%{?pydebug_buildrequires}
%description
Words.
%{?pydebug_package}
%prep
%setup -q -c -T
for module in tagged plain stable; do
    printf '#include <Python.h>\nstruct PyObject *PyInit_%s(void) { return PyModule_New(); }\n' $module >$module.c
done
%{?pydebug_prep}
%build
# Conditions and comments are repeated, too: %{__python3}
%if 0%{?never}
exit 1
%else
for module in tagged plain stable; do
    gcc -shared -fPIC -g ${CFLAGS:-%{optflags}} $(%{__python3} --includes) -o $module.so $module.c
done
%endif
touch %{_builddir}/%{buildsubdir}/built
%{?pydebug_build}
%install
mkdir -p %{buildroot}/usr/lib64/python3.13/site-packages/sample
touch %{buildroot}/usr/lib64/python3.13/site-packages/sample/__init__.py
install -m755 tagged.so %{buildroot}/usr/lib64/python3.13/site-packages/sample/tagged$(%{__python3} --suffix)
install -m755 plain.so %{buildroot}/usr/lib64/python3.13/site-packages/sample/plain.so
install -m755 stable.so %{buildroot}/usr/lib64/python3.13/site-packages/sample/stable.abi3.so
%{?pydebug_install}
%files %{?pydebug_exclusions}
/usr/lib64/python3.13/site-packages/sample
SPEC
}

# The build folder of a package, below the topdir: from 4.20 on each has one of its own.
builddir_of() { if rpm_is 4.19.90; then echo "$PWD/top/BUILD/$1-build"; else echo "$PWD/top/BUILD"; fi; }

# build STATUS OUTPUT SPEC OPTION…: packages in OUTPUT/RPMS. All are built in one place, which debug information
# names, and at one time: the same build gives the same bytes.
build() {
    local wanted=$1 output=$2 spec=$3
    shift 3
    expect "$wanted" rpmbuild -bb --nodeps --define "_topdir $PWD/top" --define "_rpmdir $PWD/$output/RPMS" \
        --define "__python3 $PWD/bin/python3.13" --define '_buildhost localhost' \
        --define 'source_date_epoch_from_changelog 0' --define 'debug_package %{nil}' \
        --define 'use_source_date_epoch_as_buildtime 1' --define 'clamp_mtime_to_source_date_epoch 1' \
        --define 'build_mtime_policy clamp_to_source_date_epoch' "$@" "$spec"
}

# Names of the packages of an output.
packages() { (cd "$1/RPMS/$arch" && ls) | sed 's/-1\.0-1.*//'; }

# What is in a package, but for links to its build ids.
files() {
    rpm --query --list --package "$1"/RPMS/"$arch"/sample-"$2"*.rpm | { grep -v '^/usr/lib/.build-id' || true; }
}

# What a step did, in rpm's order: "+ : STEP INTERPRETER…". Lines of the second pass name the debug interpreter.
steps() { sed -n "s|^+ : \(.*\) $PWD/bin/python3.13$1|\1|p" err; }

# same_steps: the second pass did what the release build did.
same_steps() {
    steps ' *$' >release
    steps '-debug *$' >repeated
    cmp release repeated || fail "release: $(tr '\n' ';' <release) repeated: $(tr '\n' ';' <repeated)"
}

# dynamic_spec FILE: sample_spec, where the build declares the -debug package.
dynamic_spec() {
    sample_spec "$1"
    sed -i 's|^%{?pydebug_package}|%{?pydebug_package:%pydebug_package -d}|' "$1"
}
