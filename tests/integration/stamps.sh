#!/usr/bin/env bash
# Every input of a build is changed in turn, and the right steps run again, and only those.
#
# Steps: P prep; c, m, i configure, make, install of a configuration (o optimized, d debug, t tracing); M merge;
# B bytecode; L file lists. rpm's own work (copy, strip, packages) is done whenever rpm runs and is not looked at, but
# where "up to date" is expected, not even rpm runs.
#
#   what changes                          runs again            because
#   ------------------------------------  --------------------  -----------------------------------------------------
#   nothing, --jobs, archive's time       nothing
#   locale, time zone, CC, CFLAGS, …      nothing               children do not see the caller's environment
#   release, description                  nothing               only packages carry them
#   changelog with the same newest date   nothing
#   SOURCE_DATE_EPOCH                     all but P             __DATE__, times of installed files and of bytecode
#   flag, configure option, make argument c m i of those that   an object does not know its flags, so a folder is
#                                         have it, M B L        made from nothing
#   install step                          i of its own, M B L
#   bytecode rule, settlement rule        M B L
#   file list of a package                L
#   compiler, other program on PATH,      all but P             configure asks them, objects are made by them
#   what PKG_CONFIG_PATH names
#   macro (-D, ~/.rpmmacros)              what it occurs in
#   bcond                                 what it switches
#   archive, patch: an incremental file   P, m i, M B L         make knows what depends on it (see below)
#   archive, patch: another file          P, c m i, M B L
#   archive packed again, same files      P                     the tree is what counts
#   source tree changed by hand           P                     it is put right, and then it is as before
#   install, merged, list tree changed    i, M B, L             made again, with the same result
#   another pystacks                      P, i, M B L           all that it does by itself
#   output folder moved                   all but P             compilers were told where they are
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# steps: what the run that wrote the file err has done, in a fixed order.
steps() {
    sed -n 's/^\([a-z]*\): \([a-z]*\) finished .*/\1 \2/p' err | awk '
        BEGIN { split("configure make install", step)
                short["configure"] = "c"; short["make"] = "m"; short["install"] = "i"
                stack["prep"] = "P"; stack["merge"] = "M"; stack["bytecode"] = "B"; stack["lists"] = "L" }
        $1 == "stack" { common[$2] = 1; next }
        { own[$1 " " $2] = 1 }
        END {
            line = common["prep"] ? "P" : ""
            split("optimized debug tracing", lanes)
            for (l = 1; l <= 3; l++) {
                word = ""
                for (s = 1; s <= 3; s++) if (own[lanes[l] " " step[s]]) word = word short[step[s]]
                if (word != "") line = line " " substr(lanes[l], 1, 1) ":" word
            }
            word = ""
            if (common["merge"]) word = word "M"
            if (common["bytecode"]) word = word "B"
            if (common["lists"]) word = word "L"
            if (word != "") line = line " " word
            sub(/^ /, "", line)
            print line == "" ? "nothing" : line
        }'
}

output=dist
# runs STEPS OPTION…: builds up to %install, and exactly these steps run.
runs() {
    local wanted=$1
    shift
    expect 0 "$pystacks" build ./stack -bi --output "$output" "$@"
    [ "$(steps)" = "$wanted" ] || fail "ran: $(steps); expected: $wanted"
    pass
}

# change WHAT: names the case.
change() { current=$1; }
edit() { sed -i "$@" stack/stack.toml; }

both='o:cmi d:cmi MBL'

start inputs 'a first build does everything'
fake_stack stack
mkdir -p bin pkgconfig
# A compiler of its own, so that it can be another one.
printf '#!/bin/sh\nexec /usr/bin/gcc "$@"\n' >bin/gcc
chmod +x bin/gcc
export PATH=$PWD/bin:$PATH
runs "P $both"

change 'nothing'
runs nothing
change 'another number of jobs'
runs nothing --jobs 3
change 'locale, time zone and variables of compilers in the environment'
export LANG=de_DE.UTF-8 LC_ALL=C TZ=Asia/Tokyo PYTHONHASHSEED=7
export CC=false CFLAGS=-O9 CPPFLAGS=-DX LDFLAGS=-s CXX=false MAKEFLAGS=-n
runs nothing
unset LANG TZ PYTHONHASHSEED CC CFLAGS CPPFLAGS LDFLAGS CXX MAKEFLAGS
export LC_ALL=C.UTF-8
change "the archive's time"
touch stack/fake-1.0.tar.gz
runs nothing
change 'a comment in stack.toml'
edit '1i # a remark'
runs nothing
change 'the release'
edit 's/^release = .*/release = "2%{?dist}"/'
runs nothing
change 'an entry of the changelog, of the same day'
sed -i '1i * Sun Nov 22 2026 pystacks <pystacks@localhost> - 1.0-2\n- Again.\n' stack/changelog
runs nothing
change 'a description'
edit 's/^description = "Its modules."/description = "Its many modules."/'
runs nothing

change 'a flag of one configuration'
edit 's/-O0 -Wno-cpp/-Og -Wno-cpp/'
runs 'd:cmi MBL'
change 'the flag is as before'
edit 's/-Og -Wno-cpp/-O0 -Wno-cpp/'
runs 'd:cmi MBL'
change 'a flag of all'
# shellcheck disable=SC2016 # the dollar is wanted
edit 's/^CFLAGS_NODIST = .*/CFLAGS_NODIST = "%{build_cflags} -fno-common ${cflags}"/'
runs "$both"
change 'an option of configure, in one configuration'
edit 's/"--with-pydebug"\]/"--with-pydebug", "--enable-shared"]/'
runs 'd:cmi MBL'
change 'an argument of make'
# shellcheck disable=SC2016 # the dollar is wanted
edit 's/^arguments = .*/arguments = ["EXTRA_CFLAGS=${prefix_map} -DMORE"]/'
runs "$both"
change 'an argument of make install'
edit 's/^install-arguments = .*/install-arguments = ["COMPILE_LIBRARY=true"]/'
runs 'o:i d:i MBL'

change 'an install step of all'
edit 's|"\*\*/\*.bat"|"**/*.bat", "**/*.cmd"|'
runs 'o:i d:i MBL'
change 'an install step of one configuration'
edit 's|^copy = "tools/extra.py"|copy = "tools/fakedoc.py"|'
runs 'o:i MBL'
change 'a rule of byte-compilation'
edit 's/^exclude = .*/exclude = "badsyntax|site-packages|nothing"/'
runs MBL
change 'a rule that settles a conflict'
edit 's/^reason = "the same script with another.*/reason = "the same script"/'
runs MBL
change 'the files of a package'
# shellcheck disable=SC2016  # ${pylibdir} is a variable of stack.toml, not of the shell
edit -e 's|^files = \["${pylibdir}/test/\*\*"\]|files = ["${pylibdir}/test/**", "${pylibdir}/plain.py"]|' \
    -e '/^doc-files/d'
runs L

change 'a bcond that adds a configuration'
runs 't:cmi MBL' --with tracing
change 'the bcond is off again, and another one takes a configuration away'
runs MBL --without debug_build
change 'the configuration is back, and was built already'
runs MBL

change 'a macro with -D'
runs "$both" -D 'build_cflags -g -O1'
change 'the same macro in ~/.rpmmacros: it is the value that counts'
echo '%build_cflags -g -O1' >"$HOME/.rpmmacros"
runs nothing
change 'a macro that names a folder'
runs "$both" -D '_libdir %{_prefix}/lib99'
rm "$HOME/.rpmmacros"
change 'no macros any more'
runs "$both"
change 'SOURCE_DATE_EPOCH'
export SOURCE_DATE_EPOCH=1600000000
runs "$both"
unset SOURCE_DATE_EPOCH
runs "$both"

change 'another compiler behind the same path, which says the same of its version'
printf '#!/bin/sh\n# patched\nexec /usr/bin/gcc "$@"\n' >bin/gcc
runs "$both"
change 'the compiler is one that comes earlier on PATH'
mkdir earlier
cp bin/gcc earlier/gcc
PATH=$PWD/earlier:$PATH runs "$both"
change 'and no longer'
runs "$both"
change 'an unrelated program on PATH'
printf '#!/bin/sh\n' >bin/frobnicate
chmod +x bin/frobnicate
runs nothing
change 'a Python that a configure script would take'
cp bin/frobnicate bin/python3.99
runs "$both"
change 'PKG_CONFIG_PATH'
export PKG_CONFIG_PATH=$PWD/pkgconfig
runs "$both"
change 'a library appears there'
echo 'Version: 1' >pkgconfig/library.pc
runs "$both"
change 'another version of it, of the same size'
echo 'Version: 2' >pkgconfig/library.pc
runs "$both"

change 'a file that is not incremental, by a patch that is switched on'
runs "P $both" --with extra_patch
change 'the patch is off again'
runs "P $both"
change 'an incremental file, in a patch'
sed -i 's/good morning/good evening/' stack/patches/greeting.patch
runs 'P o:mi d:mi MBL'
change 'a further patch, of an incremental C file'
printf '%s\n' '--- a/_fakemath.c' '+++ b/_fakemath.c' '@@ -1,1 +1,1 @@' \
    "-$(head -n 1 "$source_tree/tests/integration/fake-python/source/_fakemath.c")" \
    '+/* An extension module. */' >stack/patches/math.patch
edit '0,/^\[\[patch\]\]/s//[[patch]]\nfile = "math.patch"\nstrip = 1\n\n[[patch]]/'
runs 'P o:mi d:mi MBL'
change 'the archive, of the same name, with another incremental file'
mkdir stack/tree
tar -xzf stack/fake-1.0.tar.gz -C stack/tree
echo '# more' >>stack/tree/fake-1.0/lib/plain.py
repack stack
runs 'P o:mi d:mi MBL'
change 'the archive with the same files, packed otherwise'
tar -C stack/tree --mtime=@1600000000 -czf stack/fake-1.0.tar.gz fake-1.0
correct_checksum stack
runs P
change 'the archive with one file more'
echo '"""New."""' >stack/tree/fake-1.0/lib/new.py
repack stack
runs "P $both"
change 'the archive with one file less'
rm stack/tree/fake-1.0/lib/new.py
repack stack
runs "P $both"
if find "$(build_folder dist)" -name 'new.*' | grep -q .; then fail 'the file is still there'; fi
change 'the archive with another header'
echo '/* more */' >>stack/tree/fake-1.0/fake.h
repack stack
runs "P $both"

root=$(build_folder dist)
change 'a source file is edited where it was unpacked'
sed -i 's/good evening/good night/' "$root/source/lib/greeting.py"
runs P
says err 'is restored: lib/greeting.py'
says "$root/source/lib/greeting.py" 'good evening'
change 'a source file is removed where it was unpacked'
rm "$root/source/main.c"
runs P
[ -f "$root/source/main.c" ] || fail 'it is not there'
change 'a file is removed from the install tree of a configuration'
rm "$root/install/debug/usr/bin/fake1.0d"
runs d:i
says err 'install/debug has changed since it was made'
change 'a file of the merged tree is changed'
echo x >>"$root/merged/usr/bin/fake1.0-config"
runs MBL
says_not "$root/merged/usr/bin/fake1.0-config" x$
change 'a file list is removed'
rm "$(find "$root/lists" -name '*.list' | sort | head -n 1)"
runs L
change 'a stamp is cut short'
: >"$root/stamps/optimized-install.json"
runs 'o:i'

change 'the output folder has another place'
mv dist moved
output=moved
runs "$both"
change 'another pystacks'
mkdir -p other/bin other/share/pystacks
cp "$pystacks" other/bin/pystacks
echo >>other/bin/pystacks
cp -R "$source_tree/specs" "$source_tree/templates" "$source_tree/macros" other/share/pystacks
pystacks=$PWD/other/bin/pystacks runs 'P o:i d:i MBL'

start identical 'what was made in old folders is what a build from nothing makes'
fake_stack stack
expect 0 "$pystacks" build ./stack -bb
sed -i 's/good morning/good evening/' stack/patches/greeting.patch
mkdir stack/tree
tar -xzf stack/fake-1.0.tar.gz -C stack/tree
sed -i 's/Fake mathematics/Feigned mathematics/' stack/tree/fake-1.0/_fakemath.c
sed -i 's/cannot start/could not start/' stack/tree/fake-1.0/main.c
repack stack
expect 0 "$pystacks" build ./stack -bb
[ "$(steps)" = 'P o:mi d:mi MBL' ] || fail "ran: $(steps)"
expect 0 "$pystacks" build ./stack -bb --output fresh
same_packages dist/RPMS fresh/RPMS
strings -a "$(build_folder dist)/install/debug/usr/bin/fake1.0d" | grep -q 'could not start' ||
    fail 'not compiled again'
pass

change 'a configuration that was off when a file changed sees the change later'
expect 0 "$pystacks" build ./stack -bi
sed -i 's/could not start/was unable to start/' stack/tree/fake-1.0/main.c
repack stack
expect 0 "$pystacks" build ./stack -bi --without debug_build
[ "$(steps)" = 'P o:mi MBL' ] || fail "ran: $(steps)"
expect 0 "$pystacks" build ./stack -bb
[ "$(steps)" = 'd:mi MBL' ] || fail "ran: $(steps)"
expect 0 "$pystacks" build ./stack -bb --output fresh
same_packages dist/RPMS fresh/RPMS
pass

# finished WANTED WHAT: whether a finished build is still called up to date.
finished() {
    current=$2
    expect 0 "$pystacks" build ./stack -bb
    case $1 in
    yes) says err 'up to date: nothing has changed' ;;
    no) says_not err 'up to date: nothing has changed' ;;
    esac
    pass
}
finished yes 'a finished build is up to date'
export LANG=de_DE.UTF-8 TZ=Asia/Tokyo CFLAGS=-O9
finished yes 'in another time zone, too'
unset LANG TZ CFLAGS
echo '%vendor Somebody' >"$HOME/.rpmmacros"
finished no 'not with a macro of which only rpm knows'
[ "$(rpm -qp --qf '%{VENDOR}' dist/RPMS/*/fake1.0-libs-1.0-*.rpm)" = Somebody ] || fail 'not in the package'
finished yes 'and then it is again'
rm "$HOME/.rpmmacros"
mkdir bin pkgconfig
printf '#!/bin/sh\nexec /usr/bin/gcc "$@"\n' >bin/gcc
chmod +x bin/gcc
export PATH=$PWD/bin:$PATH
finished no 'not with another compiler of the same version'
export PKG_CONFIG_PATH=$PWD/pkgconfig
finished no 'not with another PKG_CONFIG_PATH'
echo 'Version: 1' >pkgconfig/library.pc
finished no 'not with a library that appeared'
export SOURCE_DATE_EPOCH=1600000000
finished no 'not with another SOURCE_DATE_EPOCH'
