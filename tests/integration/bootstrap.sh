#!/usr/bin/env bash
# Programs that make runs to generate sources ([build.bootstrap]): made once, whoever makes them, and again when they
# change.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# thaws WORD OUTPUT CONFIGURATION…: what the program wrote is in their sources.
thaws() {
    local word=$1 output=$2 configuration
    shift 2
    for configuration; do
        grep -q "\"$word\"" "$(build_folder "$output")/build/$configuration/frozen.h" ||
            fail "$configuration in $output: not $word"
    done
}

start way 'the configuration that the stack names makes them on its way, for the others too'
fake_stack stack
expect 0 "$pystacks" build ./stack -bi --output with
thaws cold with optimized debug
[ -e "$(build_folder with)/build/debug/freeze" ] || fail 'the debug configuration made none'
[ ! -e "$(build_folder with)/build/optimized/freeze" ] || fail 'the optimized configuration made its own'
cmp "$(build_folder with)/build/debug/freeze" "$(build_folder with)/build/bootstrap/freeze" || fail 'another program'
pass

current='where that configuration is not built, they are made apart'
expect 0 "$pystacks" build ./stack -bi --output without --without debug_build
says err 'optimized: bootstrap finished'
thaws cold without optimized
[ ! -e "$(build_folder without)/build/optimized/freeze" ] || fail 'the optimized configuration made its own'
cmp "$(build_folder with)/build/optimized/frozen.h" "$(build_folder without)/build/optimized/frozen.h" ||
    fail 'another source'
pass

current='switched on later, that configuration is built beside, and nothing else'
expect 0 "$pystacks" build ./stack -bi --output without
says_not err 'optimized: make finished'
says err 'debug: make finished'
pass

current='a program that has changed writes its sources again'
cat >stack/patches/colder.patch <<'PATCH'
--- a/freeze.c
+++ b/freeze.c
@@ -1,3 +1,3 @@
 #include <stdio.h>
 
-int main(void) { return puts("#define FAKE_FROZEN \"cold\"") < 0; }
+int main(void) { return puts("#define FAKE_FROZEN \"icy\"") < 0; }
PATCH
sed -i '0,/^\[\[patch\]\]/s//[[patch]]\nfile = "colder.patch"\nstrip = 1\n\n[[patch]]/' stack/stack.toml
expect 0 "$pystacks" build ./stack -bi --output with
says_not err 'configure finished'
thaws icy with optimized debug
expect 0 "$pystacks" build ./stack -bi --output without
thaws icy without optimized debug
pass

current='also one that was made apart'
rm -r with
expect 0 "$pystacks" build ./stack -bi --output with --without debug_build
sed -i 's/icy/frosty/' stack/patches/colder.patch
expect 0 "$pystacks" build ./stack -bi --output with --without debug_build
says_not err 'configure finished'
says err 'optimized: bootstrap finished'
thaws frosty with optimized
pass

current='a damaged program is made again'
rm "$(build_folder with)/build/bootstrap/freeze"
sed -i 's/frosty/frozen/' stack/patches/colder.patch
expect 0 "$pystacks" build ./stack -bi --output with --without debug_build
thaws frozen with optimized
pass

current='a program that comes back from an older build is newer than what another one has written'
expect 0 "$pystacks" build ./stack -bi --output back
sed -i 's/frozen/melted/' stack/patches/colder.patch
expect 0 "$pystacks" build ./stack -bi --output back --without debug_build
thaws melted back optimized
sed -i 's/melted/frozen/' stack/patches/colder.patch
expect 0 "$pystacks" build ./stack -bi --output back
says_not err 'debug: make finished'
thaws frozen back optimized debug
pass

current='made apart for a build that failed, they are made again when a source file comes back with its old time'
cp stack/stack.toml whole.toml
sed -i 's/^targets = \["all"\]/targets = ["all", "no-such-target"]/' stack/stack.toml
expect 1 "$pystacks" build ./stack -bi --output failed --without debug_build
says err 'optimized: bootstrap finished'
sed '/^file = "colder.patch"/,/^$/d; 0,/^\[\[patch\]\]/{//d}' whole.toml >stack/stack.toml
expect 0 "$pystacks" build ./stack -bi --output failed --without debug_build
thaws cold failed optimized
cp whole.toml stack/stack.toml
pass

current='made apart, they serve all that use them'
# ${bootstrap} is pystacks' own.
# shellcheck disable=SC2016
arguments='"FREEZE=${bootstrap}/freeze", "FREEZE_DEPS=${bootstrap}/freeze"'
sed -i "s|^configure = .*--with-tracing.*|&\nmake-arguments = [$arguments]|" stack/stack.toml
expect 0 "$pystacks" build ./stack -bi --output both --with tracing --without debug_build --jobs 4
[ "$(grep -c 'bootstrap finished' err)" -eq 1 ] || fail 'made more than once'
thaws frozen both optimized tracing
pass

current='nobody is kept waiting for them: they are made at the usual priority, all else of that configuration when idle'
mkdir tools
cat >tools/gcc <<GCC
#!/bin/sh
echo "\$(cut -d ' ' -f 41 /proc/self/stat) \$PWD \$*" >>"$PWD/policies"
exec /usr/bin/gcc "\$@"
GCC
chmod +x tools/gcc
expect 0 env PATH="$PWD/tools:$PATH" "$pystacks" build ./stack -bc --output nice --jobs 2
# sched(7): 5 is SCHED_IDLE.
usual=$(cut -d ' ' -f 41 /proc/self/stat)
grep -q "^$usual .*/build/debug .*freeze\.c" policies || fail 'the programs are not made at the usual priority'
grep -q '^5 .*/build/debug .*core\.c' policies || fail 'the rest of that configuration is not made on what is idle'
grep -q "^$usual .*/build/optimized .*core\.c" policies || fail 'the base is not made at the usual priority'
pass

for switch in --with --without; do
    current="a program that cannot be made stops the build, $switch debug_build"
    sed -i 's/^targets = \["freeze"\]/targets = ["thaw"]/' stack/stack.toml
    expect 1 "$pystacks" build ./stack -bi --output "broken$switch" $switch debug_build
    says err "No rule to make target 'thaw'"
    pass
done
