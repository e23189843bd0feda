#!/usr/bin/env bash
# macros.pydebug where a section is made of several parts: -p, -a, and the macros of a build system.
# Much of what stands in single quotes here is for other shells to expand.
# shellcheck disable=SC2016
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=extension_lib.sh
source "$source_tree/tests/integration/extension_lib.sh"

rpm_is 4.19.90 || skip 'rpm has build systems, and parts of sections, from 4.20 on'

site=/usr/lib64/python3.13/site-packages/sample

# A small build system: `demo` configures, builds and installs what is in the tree. (One with a %prep of its own fails
# in 4.20, which puts the default one beside it.)
cat >>"$folder/macros.demo" <<'END'
%buildsystem_demo_conf() : conf %* %{__python3}
%buildsystem_demo_build(w:) \
: build %{-w*} %* %{?buildsubdir} %{__python3}\
for module in tagged plain; do\
    gcc -shared -fPIC -g ${CFLAGS:-%{optflags}} $(%{__python3} --includes) -o $module.so $module.c\
done
%buildsystem_demo_install() \
: install %* %{__python3}\
install -D -m755 tagged.so %{buildroot}/usr/lib64/python3.13/site-packages/sample/tagged$(%{__python3} --suffix)\
install -D -m755 plain.so %{buildroot}/usr/lib64/python3.13/site-packages/sample/plain.so
%buildsystem_demo_check() : check %* %{__python3}
END
demo=(--load "$folder/macros.demo")

# declarative_spec FILE: all parts of all sections. Its sources are in top/SOURCES.
declarative_spec() {
    local module
    mkdir -p upstream top/SOURCES
    for module in tagged plain; do
        printf '#include <Python.h>\nstruct PyObject *PyInit_%s(void) { return PyModule_New(); }\n' $module \
            >upstream/$module.c
    done
    tar -czf top/SOURCES/upstream.tar.gz upstream
    cat >"$1" <<'SPEC'
%{?pydebug_switch}
Name: sample
Version: 1.0
Release: 1
Summary: Modules
License: MIT
Source0: upstream.tar.gz
BuildSystem: demo
BuildOption(prep): -n tree-%{version}
BuildOption: --configured
%if 0%{?never}
BuildOption(build): --never
%else
BuildOption(build): first "two words"
%endif
buildoption(build) : %{name}%%
%{!?never:BuildOption(install): staged}
%{?pydebug_buildrequires}
%description
BuildOption(build): no option, but words.
%{?pydebug_package}

%prep -a
: prep-a
%{?pydebug_prep}
%conf -p
: conf-p %{__python3}
%conf -a
: conf-a %{__python3}
%{?pydebug_conf}
%build -p
: build-p1 %{__python3}
%if 0%{?never}
%build -p
: never %{__python3}
%endif
%build -a
: build-a1 %{__python3}
%build -a
: build-a2 %{__python3}
%{?pydebug_build}
: after %{__python3}
%build -p
: build-p2 %{__python3}
%install -a
: install-a %{__python3}
touch %{buildroot}/usr/lib64/python3.13/site-packages/sample/__init__.py
%{?pydebug_install}
%check -a
: check-a %{__python3}
%{?pydebug_tests}
%files %{?pydebug_exclusions}
/usr/lib64/python3.13/site-packages/sample
SPEC
}

start declarative \
    'the second pass of a build system has its macros, their options, and all -p and -a, in the order of rpm'
fake_python "$PWD"
declarative_spec sample.spec
build 0 on sample.spec "${macros[@]}" "${demo[@]}"
steps ' *$' | grep -v '^after$' >release
steps '-debug *$' >repeated
cmp release repeated || fail "release: $(tr '\n' ';' <release) repeated: $(tr '\n' ';' <repeated)"
printf '%s\n' conf-p 'conf --configured' conf-a build-p2 build-p1 'build first two words sample% tree-1.0' \
    build-a1 build-a2 \
    'install staged' install-a check check-a >wanted
diff release wanted || fail 'the order'
says err "+ cd $(builddir_of sample-1.0)/sample-1.0-pydebug/tree/tree-1.0"
files on debug >list
for module in tagged plain; do says list "$site/$module.cpython-313d-$arch-linux-gnu.so"; done
[ "$(wc -l <list)" -eq 2 ] || fail "$(cat list)"
pass

start off 'switched off, and without the macros, a declarative spec gives the same release package'
fake_python "$PWD"
declarative_spec sample.spec
build 0 none sample.spec "${demo[@]}" "${without_macros[@]}"
build 0 off sample.spec "${macros[@]}" "${demo[@]}" --without debug_build
same_packages off/RPMS none/RPMS
[ "$(packages off)" = sample ] || fail "$(packages off)"
sed -i 's/^%files.*/%files/; s|^/usr.*|&/*.so\n&/*.py|' sample.spec
sed -i "s|/\*.so|/plain.so\n$site/tagged.cpython-313-$arch-linux-gnu.so|" sample.spec
build 0 none sample.spec "${demo[@]}" "${without_macros[@]}"
build 0 on sample.spec "${macros[@]}" "${demo[@]}"
rm on/RPMS/"$arch"/sample-debug-*
same_packages on/RPMS none/RPMS
pass

start own 'a section of the spec counts instead of the build system, with its parts around it'
fake_python "$PWD"
declarative_spec sample.spec
sed '0,/^%build -a/s||%build\n: own %{__python3}\n%{buildsystem_demo_build own}\n&|' sample.spec >own.spec
build 0 on own.spec "${macros[@]}" "${demo[@]}"
steps '-debug *$' >repeated
says repeated 'build own tree-1.0'
[ "$(sed -n '/^build-p2/,/^install/p' repeated | tr '\n' ' ')" = \
    'build-p2 build-p1 own build own tree-1.0 build-a1 build-a2 install staged ' ] ||
    fail "$(cat repeated)"
# The line may stand in the section itself: then nothing of -a is above it, wherever it is written.
sed -e '/^%{?pydebug_build}/d' -e 's|^%{buildsystem_demo_build own}|&\n%{?pydebug_build}|' own.spec >inside.spec
build 0 on inside.spec "${macros[@]}" "${demo[@]}"
steps '-debug *$' >repeated
[ "$(sed -n '/^build-p2/,/^install/p' repeated | tr '\n' ' ')" = \
    'build-p2 build-p1 own build own tree-1.0 install staged ' ] ||
    fail "$(cat repeated)"
# From here: of all that comes before.
sed 's|^: build-a1.*|&\n%{?pydebug_from_here}\n%{buildsystem_demo_build again}|' sample.spec >from.spec
build 0 on from.spec "${macros[@]}" "${demo[@]}"
steps '-debug *$' >repeated
[ "$(sed -n '/^build/,/^install/p' repeated | tr '\n' ' ')" = 'build again tree-1.0 build-a2 install staged ' ] ||
    fail "$(cat repeated)"
pass

start ordinary 'parts are there for specs without a build system, too'
fake_python "$PWD"
sample_spec plain.spec
sed -e 's|^%{?pydebug_build}|: build %{__python3}\n%build -a\n: a %{__python3}\n&\n%build -p\n: p %{__python3}|' \
    plain.spec >sample.spec
build 0 on sample.spec "${macros[@]}"
same_steps
[ "$(tr '\n' ' ' <release)" = 'p build a ' ] || fail "$(cat release)"
pass

start source "the folder that the default %prep makes is the second pass's, too"
fake_python "$PWD"
declarative_spec plain.spec
sed -e '/^BuildOption(prep)/d' plain.spec >sample.spec
build 0 on sample.spec "${macros[@]}" "${demo[@]}"
says err "+ cd $(builddir_of sample-1.0)/sample-1.0-pydebug/tree/sample-1.0"
[ "$(packages on)" = $'sample\nsample-debug' ] || fail "$(packages on)"
# Without %prep in front of the others it is not known which folder that is.
sed '/^%prep/,/^%{?pydebug_prep}/d' sample.spec >unprepared.spec
build 1 on unprepared.spec "${macros[@]}" "${demo[@]}"
says err 'cannot find out which folder %prep makes'
pass
