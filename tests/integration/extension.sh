#!/usr/bin/env bash
# macros.pydebug by plain rpmbuild, with interpreters that only say what they are, and modules of a few lines.
# Much of what stands in single quotes here is for other shells to expand.
# shellcheck disable=SC2016
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=extension_lib.sh
source "$source_tree/tests/integration/extension_lib.sh"

start build 'the -debug package has every module under the debug tag, the release package none of them'
fake_python "$PWD"
sample_spec sample.spec
build 0 on sample.spec "${macros[@]}"
builddir=$(builddir_of sample-1.0)
says err "+ touch $builddir/sample-1.0/built"
says err "+ touch $builddir/sample-1.0-pydebug/tree/sample-1.0/built"
files on debug >list
for module in tagged plain stable; do
    says list "/usr/lib64/python3.13/site-packages/sample/$module.cpython-313d-$arch-linux-gnu.so"
done
[ "$(wc -l <list)" -eq 3 ] || fail "$(cat list)"
files on 1.0 >list
says_not list 313d
rpm --query --requires --package on/RPMS/"$arch"/sample-debug-*.rpm >list
grep -Eqx 'sample\(.*\) = 1\.0-1' list || fail "$(cat list)"
pass

start switch 'switched off, and without the macros, there is the release package alone'
fake_python "$PWD"
sample_spec sample.spec
build 0 none sample.spec "${without_macros[@]}"
build 0 without sample.spec "${macros[@]}" --without debug_build
build 0 defined sample.spec "${macros[@]}" --define 'with_debug_build 0'
build 0 distribution sample.spec "${macros[@]}" --define '_pydebug_default 0'
(echo '%global with_debug_build 0' && cat sample.spec) >global.spec
build 0 global global.spec "${macros[@]}"
for each in without defined distribution global; do
    [ "$(ls "$each/RPMS/$arch")" = "$(ls "none/RPMS/$arch")" ] || fail "$each: $(ls "$each/RPMS/$arch")"
    expect 0 "$pystacks" compare "$each/RPMS" none/RPMS
done
build 0 with sample.spec "${macros[@]}" --define '_pydebug_default 0' --with debug_build
files with debug >list
pass

start refused 'modules that are not what they should be stop the build, all of them by name'
fake_python "$PWD"
sample_spec sample.spec
sed "s|\$(%{__python3} --includes)|-I$PWD/include/python3.13|" sample.spec >headers.spec
build 1 top headers.spec "${macros[@]}"
for module in tagged plain stable.abi3; do says err "sample/$module"; done
says err "it was compiled with the release headers, $PWD/include/python3.13"
unlike='-O1 ${PYTHON3:+-fno-ident -Wl,--build-id=none}'
sed -e "s|%{__python3} --suffix|$PWD/bin/python3.13 --suffix|" -e "s|-g \${CFLAGS:-%{optflags}}|$unlike|" \
    sample.spec >suffix.spec
build 1 top suffix.spec "${macros[@]}"
says err 'its name is that of the release interpreter'
sed 's|^install.*plain.so$|case %{buildroot} in *pydebug*) ;; *) & ;; esac|' sample.spec >missing.spec
build 1 top missing.spec "${macros[@]}"
says err 'sample/plain.so: the second pass built no such module'
build 0 top missing.spec "${macros[@]}" --define 'pydebug_leave_out **/plain.so'
sed 's|^%{?pydebug_package}|%pydebug_package -m **/tagged*|' sample.spec >pattern.spec
build 1 top pattern.spec "${macros[@]}"
says err 'it belongs to no %pydebug_package'
sed 's|-g \${CFLAGS:-%{optflags}}|-O1|' sample.spec >same.spec
build 1 top same.spec "${macros[@]}"
says err 'it has the same bytes as the release module'
sed "s|-g \${CFLAGS:-%{optflags}}|$unlike|" sample.spec >stripped.spec
build 1 top stripped.spec "${macros[@]}"
says err '-g is missing'
sed '/^%install/,/^%{?pydebug_install}/s|^install.*||' sample.spec >empty.spec
build 1 top empty.spec "${macros[@]}"
says err 'there is no extension module in it'
pass

start release 'nor may a release module be a debug build, not even where it has no twin'
fake_python "$PWD"
sample_spec sample.spec
sed "s|\$(%{__python3} --includes)|-I$PWD/include/python3.13d|" sample.spec >headers.spec
build 1 top headers.spec "${macros[@]}"
for module in tagged plain stable.abi3; do says err "/sample/$module"; done
says err "of the release package, is a debug build: it was compiled with the debug headers, $PWD/include/python3.13d"
build 1 top headers.spec "${macros[@]}" --define 'pydebug_leave_out **/plain.so **/stable.abi3.so'
says err 'sample/plain.so, of the release package, is a debug build'
gcc -shared -fPIC -Wl,-soname,libpython3.13d.so.1.0 -o libpython3.13d.so -x c /dev/null
sed "s|-o \$module.so|& -Wl,--no-as-needed $PWD/libpython3.13d.so|" sample.spec >linked.spec
build 1 top linked.spec "${macros[@]}"
says err 'is a debug build: it is linked to the debug libpython3.13d.so.1.0'
cat >helper <<'END'
echo 'extern long _Py_RefTotal; long helper(void) { return ++_Py_RefTotal; }' | gcc -shared -fPIC -o libhelper.so -x c -
install -D -m755 libhelper.so %{buildroot}/usr/lib64/libhelper.so
END
sed -e '/^install.*plain.so$/r helper' -e 's|^/usr.*sample$|&\n/usr/lib64/libhelper.so|' sample.spec >library.spec
build 1 top library.spec "${macros[@]}"
says err '/usr/lib64/libhelper.so, of the release package, is a debug build: it needs _Py_RefTotal'
pass

start names 'a debug build is found by what it exports; of the stable ABI there may be none; what is optimized is said'
fake_python "$PWD"
sample_spec sample.spec
sed 's|^install.*plain.so$|case %{buildroot} in *pydebug*) install -m755 plain.so '\
'%{buildroot}/usr/lib64/python3.13/site-packages/sample/plain_d.so ;; *) & ;; esac|' sample.spec >postfix.spec
build 0 postfix postfix.spec "${macros[@]}"
files postfix debug >list
says list "/sample/plain.cpython-313d-$arch-linux-gnu.so"
[ "$(wc -l <list)" -eq 3 ] || fail "$(cat list)"
# Meson gives such names to modules of the limited API.
sed "s|%{__python3} --suffix|$PWD/bin/python3.13 --suffix|" sample.spec >suffix.spec
build 0 suffix suffix.spec "${macros[@]}"
files suffix debug >list
says list "/sample/tagged.cpython-313d-$arch-linux-gnu.so"
# As Rust compiles it.
without_headers='void *PyModule_New(void); void *PyInit_stable(void) { return PyModule_New(); }'
sed "s|^%{?pydebug_prep}|echo '$without_headers' >stable.c\n&|" sample.spec >stable.spec
build 0 stable stable.spec "${macros[@]}"
says err 'sample/stable.abi3.so needs no debug build: it is for the stable ABI'
files stable debug >list
says_not list stable
[ "$(wc -l <list)" -eq 2 ] || fail "$(cat list)"
sed '/^install.*\(tagged\|plain\)/d' stable.spec >alone.spec
build 0 alone alone.spec "${macros[@]}"
says err 'sample/stable.abi3.so needs no debug build'
files alone debug >list
says_not list /
# A package that is itself a module.
sed 's|^install.*plain.so$|install -D -m755 plain.so '\
'%{buildroot}/usr/lib64/python3.13/site-packages/sample/plain/__init__.so|' sample.spec >package.spec
build 0 package package.spec "${macros[@]}"
files package debug >list
says list "/sample/plain/__init__.cpython-313d-$arch-linux-gnu.so"
[ "$(wc -l <list)" -eq 3 ] || fail "$(cat list)"
# A copy outside of site-packages.
sed -e 's|^\(install.*\)/sample/plain.so$|\1/plain.so|' \
    -e 's|^touch %{buildroot}.*|&\ninstall -D -m755 plain.so %{buildroot}/usr/lib64/sample/python/plain.so|' \
    sample.spec >copy.spec
printf '%s\n' /usr/lib64/python3.13/site-packages/plain.so '%exclude /usr/lib64/sample' >>copy.spec
build 0 copy copy.spec "${macros[@]}"
says err '/usr/lib64/sample/python/plain.so gets no debug build: '
files copy debug >list
[ "$(wc -l <list)" -eq 3 ] || fail "$(cat list)"
# What ctypes loads is compiled, and no module.
sed -e '/^install.*\(tagged\|stable\)/d' -e 's|^\(install.*\)/plain.so$|\1/libwords.so|' sample.spec >ctypes.spec
build 0 ctypes ctypes.spec "${macros[@]}"
says err 'there is no extension module: /usr/lib64/python3.13/site-packages/sample/libwords.so is a library'
files ctypes debug >list
says_not list /
sed 's|-g \${CFLAGS:-%{optflags}}|& -O2|' sample.spec >optimized.spec
build 0 optimized optimized.spec "${macros[@]}"
says err 'sample/plain.so is optimized: the build passes -O2 of its own'
pass

start links 'a debug module that is excluded leaves no link to its build id in the release package'
fake_python "$PWD"
sample_spec plain.spec
# From 4.20 on, rpm makes such links only beside a package of debug information.
with_debug_package='%undefine debug_package\n%{!?_enable_debug_packages:%debug_package}'
sed -e 's|^/usr.*sample$|&*|' -e "s|^%description\$|$with_debug_package\n&|" plain.spec >sample.spec
# Where no script of the host takes the executable bits.
without_scripts=(--define '__os_install_post %{nil}')
build 0 none sample.spec "${without_macros[@]}" "${without_scripts[@]}"
build 0 on sample.spec "${macros[@]}" "${without_scripts[@]}"
expect 0 rpm --query --list --package none/RPMS/"$arch"/sample-1.0*.rpm
says out /usr/lib/.build-id/
cp out before
expect 0 rpm --query --list --package on/RPMS/"$arch"/sample-1.0*.rpm
cmp out before || fail "$(diff before out)"
expect 0 rpm --eval '%{__arch_install_post}' "${macros[@]}"
pass

start depends 'a -debug package provides and recommends debug builds of distributions, by names that rpm makes'
fake_python "$PWD"
sample_spec plain.spec
cat >metadata <<'END'
mkdir -p %{buildroot}/usr/lib64/python3.13/site-packages/sample-1.0.dist-info
cd %{buildroot}/usr/lib64/python3.13/site-packages/sample-1.0.dist-info
printf 'Metadata-Version: 2.1\nName: Sample\nVersion: 1.0\nRequires-Dist: Other_Thing>=2\n' >METADATA
cd -
END
sed -e '/^touch %{buildroot}/r metadata' -e 's|^/usr.*sample$|&*|' plain.spec >sample.spec
# rpm looks for generators in its own folder, where nothing is to be left.
mkdir attributes
cp "$source_tree/fileattrs/pydebug.attr" attributes/
build 0 on sample.spec "${macros[@]}" --load "$source_tree/fileattrs/pydebug.attr" \
    --define "_fileattrsdir $PWD/attributes"
expect 0 rpm --query --provides --recommends --package on/RPMS/"$arch"/sample-debug-*.rpm
says out 'python3.13-debugdist(sample) = 1'
says out 'python3.13-debugdist(other-thing)'
expect 0 rpm --query --provides --recommends --package on/RPMS/"$arch"/sample-1.0*.rpm
says_not out debugdist
pass

start library 'a library of the package that does not use Python is shared; modules that need another are left out'
fake_python "$PWD"
sample_spec sample.spec
cat >helper <<'END'
echo "int helper(void) { return HELP; }" >helper.c
gcc -shared -fPIC -Wl,-soname,libhelper.so -DHELP=1 -o libhelper.so helper.c
gcc -shared -fPIC -g $CFLAGS $(%{__python3} --includes) -o plain.so plain.c -Wl,--no-as-needed -L. -lhelper
END
sed -e '/^touch %{_builddir}/{r helper' -e 'd}' \
    -e 's|^install.*plain.so$|&\ninstall -m755 libhelper.so %{buildroot}/usr/lib64/python3.13/site-packages/sample/|' \
    sample.spec >plain.spec
build 0 top plain.spec "${macros[@]}"
says err 'libhelper.so is shared by both builds'
sed -e 's|return HELP;|extern int PyErr_Clear(void); return PyErr_Clear();|' plain.spec >python.spec
build 0 python python.spec "${macros[@]}"
says err 'sample/plain.so gets no debug build: it needs '
says err 'sample/libhelper.so, a library of this package that uses Python'
says err 'The debug interpreter loads the release module instead'
files python debug >list
says_not list plain
[ "$(wc -l <list)" -eq 2 ] || fail "$(cat list)"
expect 0 "$pystacks" extension check python/RPMS
says out '2 modules in 1 -debug package'
files python 1.0 >list
says list sample/plain.so
sed 's|^install.*libhelper.so.*|case %{buildroot} in *pydebug*) & ;; esac|' python.spec >missing.spec
build 1 top missing.spec "${macros[@]}"
says err 'sample/libhelper.so, which the release package does not have'
# No module is left.
sed '/^install.*\(tagged\|stable\)/d' python.spec >alone.spec
build 0 alone alone.spec "${macros[@]}"
says err 'sample/plain.so gets no debug build'
files alone debug >list
says_not list /
expect 0 "$pystacks" extension check alone/RPMS
says out '0 modules in 1 -debug package'
sed 's|^%{?pydebug_package}|%{?pydebug_package:%pydebug_package -d}|' alone.spec >dynamic.spec
build 0 dynamic dynamic.spec "${macros[@]}"
pass

start versioned 'a module may be a link to a file of its folder that has a version; a link to elsewhere is none'
fake_python "$PWD"
sample_spec sample.spec
cat >version <<'END'
cd %{buildroot}/usr/lib64/python3.13/site-packages/sample
mv plain.so plain.so.0.0.0
ln -s plain.so.0.0.0 plain.so.0
ln -s plain.so.0 plain.so
cd -
END
sed '/^install.*plain.so$/r version' sample.spec >versioned.spec
build 0 on versioned.spec "${macros[@]}"
says_not err 'there is no release module of that name'
files on debug >list
says list "/sample/plain.cpython-313d-$arch-linux-gnu.so"
[ "$(wc -l <list)" -eq 3 ] || fail "$(cat list)"
rpm --query --list --verbose --package on/RPMS/"$arch"/sample-debug-*.rpm >list
grep plain list | grep -q '^-' || fail "$(cat list)"
expect 0 "$pystacks" extension check on/RPMS
says out '3 modules in 1 -debug package: 0 debug, 3 unproved, 0 wrong'
build 0 none versioned.spec "${without_macros[@]}"
expect 0 "$pystacks" compare "$(echo on/RPMS/"$arch"/sample-1.0*.rpm)" "$(echo none/RPMS/"$arch"/sample-1.0*.rpm)"
sed "s|\$(%{__python3} --includes)|-I$PWD/include/python3.13d|" versioned.spec >headers.spec
build 1 top headers.spec "${macros[@]}"
says err 'sample/plain.so.0.0.0, of the release package, is a debug build'
sed 's|^mv plain.so .*|mv plain.so ../plain.so.0.0.0|; s|^ln -s plain.so.0.0.0|ln -s ../plain.so.0.0.0|' \
    versioned.spec | sed 's|^/usr.*/sample$|&\n/usr/lib64/python3.13/site-packages/plain.so.0.0.0|' >outside.spec
build 0 top outside.spec "${macros[@]}"
files top debug >list
says_not list plain
pass

start text 'sections that cannot be repeated are refused when the spec is read'
fake_python "$PWD"
sample_spec sample.spec
sed 's|^%{?pydebug_build}|&\n&|' sample.spec >twice.spec
build 1 top twice.spec "${macros[@]}"
says err 'both have %pydebug_build'
sed 's|^%files|%check\n# Tests:\n%{?pydebug_tests}\n%{?pydebug_check}\ntrue\n&|' sample.spec >above.spec
build 1 top above.spec "${macros[@]}"
says err 'there is nothing above %pydebug_tests in %check'
sed 's|^%setup.*|&\ncd ..|' sample.spec >outside.spec
build 1 top outside.spec "${macros[@]}"
says err 'is not in a source tree'
cat >explicit <<'END'
%if %{with debug_build}
%pydebug_begin
for module in tagged plain stable; do
    gcc -shared -fPIC -g $(%{__python3} --includes) -o $module.so $module.c
done
%pydebug_end
%endif
END
sed -e '/^%{?pydebug_build}/{r explicit' -e 'd}' sample.spec >explicit.spec
build 0 top explicit.spec "${macros[@]}"
build 0 top explicit.spec "${macros[@]}" --without debug_build
pass

start check 'the audit names a module that is its release twin'
expect 2 "$pystacks" extension check missing.rpm
cp -r ../build/on .
expect 0 "$pystacks" extension check on/RPMS
says out '3 modules in 1 -debug package: 0 debug, 3 unproved, 0 wrong'
modules=usr/lib64/python3.13/site-packages/sample
(rpm2cpio on/RPMS/"$arch"/sample-1.0-1."$arch".rpm | cpio --quiet -id)
mkdir mixed
cp on/RPMS/"$arch"/sample-debug-*.rpm mixed/
echo 'extern long _Py_RefTotal; long PyInit_plain(void) { return ++_Py_RefTotal; }' >wrong.c
gcc -shared -fPIC -o wrong.so wrong.c
expect 0 "$source_tree/tests/slow/repackage.sh" on/RPMS/"$arch"/sample-1.0-1."$arch".rpm mixed \
    "cp $PWD/wrong.so $modules/plain.so"
expect 1 "$pystacks" extension check mixed
says out "/$modules/plain.so is a debug build: it needs _Py_RefTotal, which only the debug interpreter has"
mkdir swapped
cp on/RPMS/"$arch"/sample-1.0-1."$arch".rpm swapped/
expect 0 "$source_tree/tests/slow/repackage.sh" on/RPMS/"$arch"/sample-debug-*.rpm swapped \
    "cp $PWD/$modules/plain.so $modules/plain.cpython-313d-$arch-linux-gnu.so"
expect 1 "$pystacks" extension check swapped
says out "wrong     /$modules/plain.cpython-313d-$arch-linux-gnu.so"
says out "it is the release module: the same bytes as /$modules/plain.so"
says_not out "wrong     /$modules/tagged"
expect 1 "$pystacks" extension check --json swapped
says out '"passed": false'
pass

start alone 'a release package is judged without a -debug package, too'
expect 0 "$pystacks" extension check ../check/swapped/sample-1.0-1."$arch".rpm
says out 'no -debug package; '
expect 1 "$pystacks" extension check ../check/mixed/sample-1.0-1."$arch".rpm
says out "site-packages/sample/plain.so is a debug build: it needs _Py_RefTotal, which only the debug interpreter has"
says out '; 1 wrong in packages'
expect 0 "$pystacks" extension check --json ../check/swapped/sample-1.0-1."$arch".rpm
says out '"packages": []'
says out '"release_modules": '
mkdir empty
expect 0 "$source_tree/tests/slow/repackage.sh" ../check/swapped/sample-1.0-1."$arch".rpm empty \
    'find . -name "*.so" -exec sh -c "echo text >{}" \;'
expect 2 "$pystacks" extension check empty
says err 'empty: there is no compiled module of Python in the packages'
pass

start usage 'help names what is for people'
expect 0 "$pystacks" extension --help
says out check
says_not out harvest
expect 2 "$pystacks" extension
expect 2 "$pystacks" extension chek
pass
