#!/usr/bin/env bash
# What macros.pydebug makes of the text of a spec: rpmspec shows it, or a build of a few lines does.
# Much of what stands in single quotes here is for other shells to expand.
# shellcheck disable=SC2016
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=extension_lib.sh
source "$source_tree/tests/integration/extension_lib.sh"

# expand STATUS SPEC OPTION…: the spec as rpm reads it, in the file out.
expand() {
    local wanted=$1 spec=$2
    shift 2
    expect "$wanted" rpmspec --parse --define "_topdir $PWD/top" \
        --define "__python3 $PWD/bin/python3.13" "${macros[@]}" "$@" "$spec"
}

# second_pass: what out repeats for the debug interpreter.
second_pass() { sed -n '/^($/,/^)$/p' out; }

# plain_spec FILE: a spec whose %build is standard input.
plain_spec() {
    {
        printf '%s\n' '%{?pydebug_switch}' 'Name: sample' 'Version: 1.0' 'Release: 1' 'Summary: Modules' \
            'License: MIT' \
            '%description' 'Words.' '%{?pydebug_package}' '%prep' '%setup -q -c -T' '%{?pydebug_prep}' '%build'
        cat
        printf '%s\n' '%install' 'echo "install: %{?value} %{optflags}"' '%files' '%changelog' \
            '* Mon Jan 05 2026 P <p@example.org> - 1.0-1' \
            '- %%pydebug_build at the end of the build; pydebug_build is a macro'
    } >"$1"
}

start conditions 'only branches that are taken are repeated, and nothing of the others is expanded'
plain_spec branch.spec <<'SPEC'
%if 0%{?never}
%{error:a branch that is not taken}
%global value wrong
%elif "%{name}" == "sample"
%ifarch %{_target_cpu} other
echo taken %{__python3}
%else
echo wrong
%endif
%ifnarch %{_target_cpu}
echo wrong
%endif
%ifos linux
echo linux
%endif
%endif
%if 1
%{?pydebug_build}
%else
%{?pydebug_build}
%endif
SPEC
expand 0 branch.spec
second_pass >pass
says pass "echo taken $PWD/bin/python3.13-debug"
says pass 'echo linux'
says_not pass wrong
says out 'install:  '
pass

start continued 'a condition between lines that end with a backslash is one, and the lines of a definition are together'
plain_spec continued.spec <<'SPEC'
%global body one \\\
two \\\
three
%configure \
%if 0%{?never}
    --never \
%else
    --always \
%endif
    PYTHON=%{__python3} %{body}
%if 1
echo \
%if 1
    %{__python3}
%endif
%endif
%{?pydebug_build}
SPEC
expand 0 continued.spec --define 'configure ./configure'
second_pass >pass
sed -n '/^.\/configure/,$p' pass | tr -s ' \\\n' ' ' >line
says line "./configure --always PYTHON=$PWD/bin/python3.13-debug one two three echo $PWD/bin/python3.13-debug"
pass

start interpreter "the debug interpreter goes by its own name, beside which its -config stands"
mkdir -p alternatives elsewhere
ln -s ../elsewhere/python3.13d alternatives/python3.13-debug
ln -s "$PWD/alternatives/python3.13-debug" elsewhere/python3-debug
plain_spec interpreter.spec <<'SPEC'
echo %{__python3}
%{?pydebug_build}
SPEC
expand 0 interpreter.spec --define "__python3 $PWD/elsewhere/python3"
second_pass >pass
says pass "echo $PWD/alternatives/../elsewhere/python3.13d"
pass

start definitions 'what the repeated text defines ends with it, and what it undefines is undefined once'
plain_spec define.spec <<'SPEC'
%define once yes
%global value %{?value}x
%global optflags %{optflags} -fno-math-errno
%undefine gone
echo "build: %{value} %{once} %{optflags}"
%{?pydebug_build}
SPEC
expand 0 define.spec --define 'gone outer' --define 'optflags -O2'
second_pass >pass
says pass 'build: xx yes -fno-math-errno -O0 -g -UNDEBUG -U_FORTIFY_SOURCE -fno-math-errno'
says out 'install: x -O2 -fno-math-errno'
says out 'build: x yes -O2 -fno-math-errno'
pass

start lines 'macros over several lines, comments, escapes and included files are read as rpm reads them'
echo 'echo included %{__python3}' >included.inc
plain_spec lines.spec <<SPEC
# Comments with a macro: %{__python3}
date +%%Y
%{lua:
if rpm.expand("%{name}") == "sample" then
  print("echo lua")
end
}
echo --not-a-pydebug_macro \\
    %{?nothing} two words
%include $PWD/included.inc
%{!?nothing:echo "%{name} %{?pydebug_switch}"}
%{?pydebug_build}
SPEC
expand 0 lines.spec
second_pass >pass
says pass 'date +%Y'
says pass 'echo lua'
says pass 'echo --not-a-pydebug_macro'
says pass "echo included $PWD/bin/python3.13-debug"
says_not pass "$PWD/bin/python3.13 "
pass

start words 'sections, conditions and comments are the lines that rpm takes for them'
# repeats TEXT LINE…: the second pass of a %build of these lines, with spaces and backslashes as one space.
repeats() {
    local wanted=$1
    shift
    printf '%s\n' "$@" '%{?pydebug_build}' | plain_spec words.spec
    expand 0 words.spec
    second_pass | sed '1,/^cd /d; /^)$/d' | tr -s ' \\\n' ' ' >pass
    [ "$(cat pass)" = "$wanted " ] || fail "the second pass of: $*"
}
repeats 'echo yes' "%if 0%{?never} \\" ' || 1' 'echo yes' '%else' 'echo no' '%endif'
repeats 'echo yes' '%if 1 %dnl why' 'echo yes' '%else' 'echo no' '%endif'
repeats 'echo no' '%ifarch other,%{_target_cpu}' 'echo yes' '%else' 'echo no' '%endif'
repeats 'echo set one echo more' '%define if_set() echo set %1' '%if_set one' 'echo more'
repeats 'echo policies echo more' '%define policies echo policies' '%policies' 'echo more'
echo 'echo included' >words.inc
repeats 'echo included' "%include $PWD/words.inc %dnl why"
repeats 'echo one echo two' 'echo one %dnl and not %{?pydebug_build}' 'echo two'
repeats 'echo one echo two' 'echo one' '%{dnl: not %{?pydebug_build}}' 'echo two'
plain_spec upper.spec <<<$'echo built\n%{?pydebug_build}'
for before in "echo prepared \\\\" '%dnl opens %{'; do
    sed "s/^%build/$before\n%Build/; s/^%install/%dnl }\n%INSTALL/" upper.spec >words.spec
    expand 0 words.spec
    second_pass >pass
    says pass 'echo built'
    says_not pass 'echo prepared'
done
pass

start switch 'the switch heeds every spelling, also below and above a %bcond of the spec'
plain_spec plain.spec <<<'%{?pydebug_build}'
sed -i 's|^%build|&\necho with %{with debug_build} without %{without debug_build}|' plain.spec
# decided ON|OFF SPEC OPTION…
decided() {
    local wanted=$1
    shift
    expand 0 "$@"
    if [ "$wanted" = ON ]; then says out 'with 1 without 0'; else says out 'with 0 without 1'; fi
    if [ "$wanted" = ON ]; then says out '%package -n sample-debug'; else says_not out '%package -n sample-debug'; fi
}
(echo '%bcond_without debug_build' && cat plain.spec) >default_on.spec
(echo '%bcond_with debug_build' && cat plain.spec) >default_off.spec
(echo '%global with_debug_build 0' && cat plain.spec) >global_off.spec
(echo '%global with_debug_build 1' && cat plain.spec) >global_on.spec
decided ON plain.spec
decided OFF plain.spec --define '_pydebug_default 0'
decided ON plain.spec --define '_pydebug_default 0' --with debug_build
decided ON default_on.spec
decided OFF default_on.spec --define 'with_debug_build 0'
decided OFF default_on.spec --without debug_build
decided OFF default_off.spec
decided ON default_off.spec --with debug_build
decided ON default_off.spec --define 'with_debug_build 1'
decided OFF global_off.spec
decided OFF global_on.spec --define 'with_debug_build 0'
decided ON global_on.spec --define '_pydebug_default 0'
decided OFF plain.spec --define '_build_in_place 1'
pass

start several 'specs that one rpmspec reads know nothing of each other'
plain_spec first.spec <<<'%{?pydebug_build}'
sed -i 's|^%install|&\n%{?pydebug_install}|' first.spec
sed -e 's/sample/second/' first.spec >second.spec
# rpmspec reads its configuration again for each spec, and forgets what --load has added.
path=$(rpm --showrc | sed -n 's/^Macro path: //p')
each() {
    expect 0 rpmspec --parse --macros "$path:$source_tree/macros/macros.pydebug" \
        --define "_pydebug_luadir $source_tree/lua" --define "__pystacks $pystacks" "$@"
}
each second.spec
grep -e '--package.*second' out >alone
each first.spec second.spec
grep -e '--package.*second' out >after
cmp alone after || fail "$(cat after)"
sed '1s|^|%bcond_with debug_build\n|' first.spec >off.spec
each off.spec second.spec
says out '%package -n second-debug'
says_not out '%package -n sample-debug'
pass

start refused 'what cannot be repeated is refused, and says why'
plain_spec begin.spec <<'SPEC'
%pydebug_begin
true
%{?pydebug_build}
SPEC
expand 1 begin.spec
says err '%pydebug_begin has no %pydebug_end'
plain_spec twice.spec <<<$'%{?pydebug_build}\ntrue\n%{?pydebug_build}'
expand 1 twice.spec
says err 'both have %pydebug_build'
pass

start bytecode 'bytecode is compiled with a fixed hash seed: up to 3.10, constants that are sets are in its order'
mkdir -p root/site
printf '#!/bin/sh\necho "$* with $PYTHONHASHSEED"\n' >python
chmod +x python
for version in 2 3; do
    rpm --load "$source_tree/macros/macros.pydebug-compat" --define "buildroot $PWD/root" \
        --define "__python$version $PWD/python" \
        --define "python${version}_sitearch /site" --define "python${version}_sitelib /none" \
        --eval "%{__pycompat_bytecompile$version}" | sh -e >out
    says out compileall
    grep -v ' with 0$' out && fail 'another hash seed'
done
pass

start generator 'the generator of dependencies looks at modules of each configuration but the base'
pattern=$(rpm --load "$source_tree/fileattrs/pydebug.attr" --eval '%{__pydebug_path}')
sites=(/usr/lib64/python3.13/site-packages /usr/lib64/python3.13t/site-packages)
for name in 313d-x86_64-linux-gnu 313t-x86_64-linux-gnu 313td-x86_64-linux-gnu 37dm-x86_64-linux-gnu; do
    grep -qE "$pattern" <<<"${sites[0]}/a/_b.cpython-$name.so" || fail "$name is not looked at"
    grep -qE "$pattern" <<<"${sites[1]}/a/_b.cpython-$name.so" || fail "$name is not looked at in ${sites[1]}"
done
grep -qE "$pattern" <<</usr/lib64/python2.7/site-packages/_b_d.so || fail '_b_d.so is not looked at'
for name in .cpython-313-x86_64-linux-gnu .cpython-37m-x86_64-linux-gnu .abi3 ''; do
    if grep -qE "$pattern" <<<"${sites[0]}/a/_b$name.so"; then fail "_b$name.so is looked at"; fi
done
pass
