#!/usr/bin/env bash
# What is wrong with the command line or with stack.toml: exit 2, the place, and what was meant.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# with REDIRECTIONS COMMAND…: what the command's exit status is with these; messages may be in err, results in out.
with() {
    local redirections=$1 status=0
    shift
    : >out 2>err
    sh -c "exec \"\$@\" $redirections" - "$@" >out 2>err </dev/null || status=$?
    echo "$status"
}

start help 'help and version go to stdout'
expect 0 "$pystacks" --version
says out 'pystacks '
[ ! -s err ] || fail 'something on stderr'
expect 0 "$pystacks" --help
for command in build fetch spec compare doctor; do says out "$command"; done
says_not out 'rpm-worker'
expect 0 "$pystacks" build --help
says out '--without'
pass

start none 'no arguments'
expect 2 "$pystacks"
says err 'no command given'
[ ! -s out ] || fail 'something on stdout'
pass

start misspelt 'unknown subcommand, the nearest is named'
expect 2 "$pystacks" bulid
says err 'bulid'
says err 'did you mean build?'
pass

start option 'unknown option'
expect 2 "$pystacks" build python3.13 --offlin
says err 'offlin'
says err 'pystacks build --help'
expect 2 "$pystacks" build python3.13 -bx
expect 2 "$pystacks" build python3.13 -j none
pass

start typo 'what was typed wrong is named, with what was meant'
# meant WANTED WORD…: the message has WANTED, and nothing was made.
meant() {
    local wanted=$1
    shift
    expect 2 "$pystacks" "$@"
    says err "$wanted"
    [ "$(find . -mindepth 1 -not -name out -not -name err)" = '' ] || fail "$*: something was made"
}
meant 'unknown option: --wiht: did you mean --with?' build --wiht optimizations python3.13
meant 'unknown option: --off: did you mean --offline?' build python3.13 --off
meant 'unknown option: -offline: did you mean --offline?' build python3.13 -offline
meant 'pystacks fetch has no such option; ' fetch python3.13 --nodeps
meant 'unknown subcommand: ad: did you mean add?' extension ad
meant 'subcommands: check, build, add, remove, survey; see pystacks extension --help' extension ad
meant 'unknown subcommand: ad: did you mean add?' extension ad --help
meant 'subcommands: check, build, add, remove, survey; see pystacks extension --help' extension
meant 'no subcommand given' profile
meant 'did you mean pystacks extension check?' check
meant 'python3.11: pystacks build takes nothing after STACK' build python3.13 python3.11
meant 'did you mean verify?' doctor --for verfy
meant 'did you mean python3.13?' verify --reproducible pyton3.13
pass

start topics 'help of a command is what its --help prints'
for command in '' build extension 'extension add' help; do
    # shellcheck disable=SC2086 # a list of words
    expect 0 "$pystacks" $command --help
    mv out wanted
    # shellcheck disable=SC2086
    expect 0 "$pystacks" help $command
    diff wanted out >differ || fail "help $command: $(cat differ)"
done
expect 2 "$pystacks" help extension ad
says err 'did you mean add?'
expect 2 "$pystacks" help build python3.13
says err 'pystacks build has no subcommands'
pass

# Those of verify are in verify.sh.
start apart 'options that do not belong together are refused before anything is done'
# apart OPTION WORD…: refused, and OPTION is named.
apart() {
    local option=$1
    shift
    expect 2 "$pystacks" "$@"
    says err "$option"
    says err 'cannot understand the command line'
}
apart --shell extension build --stack with x.spec --shell --unaffected
apart --json doctor --json --missing-packages
apart '--without lto' build python3.13 --with lto --without lto
apart --verbose build python3.13 -q -v
apart '--log-json ./x' build python3.13 --log-file x --log-json ./x
apart '--with lto' build python3.13 --with lto -D 'with_lto 0'
[ -z "$(find . -mindepth 1 -type d)" ] || fail 'something was made'
pass

start absent 'folders and files that are not there are an error at once'
fake_stack stack
mkdir folder
# absent WHY WORD…: refused because of it, and nothing was made.
absent() {
    local why=$1
    shift
    expect 2 "$pystacks" "$@"
    says err "$why"
    for made in dist sources x reproducible extensions; do [ ! -e "$made" ] || fail "$*: there is $made"; done
}
absent '--sources: none: there is no such folder' build ./stack --sources none
absent '--sources: out: it is not a folder' build ./stack --sources out
absent '--sources: none: there is no such folder' profile record ./stack --sources none
touch folder/x.spec
absent 'none: there is no such folder' extension build --stack folder folder/x.spec --sources none
absent '--wheels: none: there is no such file or folder' extension build --stack folder folder/x.spec --wheels none
absent '--html: none/x.html: there is no folder ' compare folder stack --html none/x.html
absent '--html: - does not mean standard output here: use /dev/stdout' compare folder stack --html -
absent 'none: there is no such folder' extension survey none
absent 'stack: it is a folder, not a file' extension add stack
pass

start unfetched 'a fetch that fails is told once, and leaves no empty folder'
fake_stack stack
sed -i '/^\[\[source\]\]/,/^$/s|^url = .*|url = "http://127.0.0.1:1/fake-%{version}.tar.gz"|' stack/stack.toml
expect 1 "$pystacks" build ./stack
[ "$(grep -c 'every way failed' err)" -eq 1 ] || fail 'it is not told once'
[ -z "$(find dist -type d -empty)" ] || fail "empty: $(find dist -type d -empty)"
expect 1 "$pystacks" fetch ./stack --sources there
[ "$(grep -c 'every way failed' err)" -eq 1 ] || fail 'it is not told once'
pass

start list 'stacks are listed, with where they come from'
expect 0 "$pystacks" list
for stack in python2.7 python3.9 python3.11 python3.13; do
    grep -qE "^$stack +[0-9.]+ +/.*/specs/$stack\$" out || fail "no $stack"
done
says_not out common
expect 0 "$pystacks" list --json
python3 -c 'import json; print(*(each["name"] for each in json.load(open("out"))["stacks"]))' >names
[ "$(cat names)" = 'python2.7 python3.11 python3.13 python3.9' ] || fail "$(cat names)"
pass

start version 'the version names the commit'
expect 0 "$pystacks" --version
if [ -e "$source_tree/.git" ] && commit=$(git -C "$source_tree" rev-parse --short=12 HEAD 2>/dev/null); then
    grep -qE "^pystacks [0-9.]+ \(commit [0-9a-f]{12}(\+changes)?\)\$" out || fail "$(cat out), at $commit"
fi
pass

start empty "a file's name that is empty, as that of an unset variable is"
expect 2 "$pystacks" build python3.13 --output ''
says err 'the name is empty'
expect 2 "$pystacks" spec python3.13 --log-file ''
says err 'the name is empty'
pass

start temporary 'a folder of temporary files that is not there'
expect 2 env TMPDIR=/nonexistent "$pystacks" doctor python3.13
says err '/nonexistent: '
says err 'set TMPDIR'
pass

start stack 'unknown stack, the nearest is named'
expect 2 "$pystacks" spec pyhton3.13
says err 'pyhton3.13'
says err 'python3.13'
mkdir empty
expect 2 "$pystacks" spec ./empty
pass

start nonsense 'stack.toml that is no TOML'
mkdir stack
printf 'format = 1\n[stack\n' >stack/stack.toml
expect 2 "$pystacks" build ./stack
says err 'stack.toml:2'
head -c 4096 /dev/urandom >stack/stack.toml
expect 2 "$pystacks" build ./stack
: >stack/stack.toml
expect 2 "$pystacks" build ./stack
[ ! -e dist ] || fail 'a build folder was made'
pass

start key 'unknown key, the nearest is named'
fake_stack stack
sed -i 's/^summary = "Version/sumary = "Version/' stack/stack.toml
expect 2 "$pystacks" spec ./stack
says err "stack.toml:$(grep -n '^sumary' stack/stack.toml | cut -d: -f1)"
says err 'sumary'
says err 'summary'
pass

start bcond 'unknown bcond, the nearest is named'
fake_stack stack
expect 2 "$pystacks" build ./stack --without debug_biuld
says err 'debug_biuld'
says err 'did you mean debug_build?'
expect 2 "$pystacks" build ./stack --with nothing_like_it
says err 'tracing'
expect 2 "$pystacks" build ./stkac
says err 'did you mean ./stack?'
expect 0 "$pystacks" build ./stack -bp -D 'with_debug_biuld 0'
says err 'warning: '
says err 'did you mean with_debug_build?'
expect 2 "$pystacks" build ./stack -D lonely
says err 'lonely'
pass

start spec 'the spec is printed, and rpm reads it'
fake_stack stack
expect 0 "$pystacks" spec ./stack
mv out fake1.0.spec
expect 0 rpmspec --query --queryformat '%{name}\n' fake1.0.spec
says out 'fake1.0-debug'
expect 0 rpmspec --query --queryformat '%{name}\n' --without debug_build fake1.0.spec
if grep -qx 'fake1.0-debug' out; then fail 'there is a debug package'; fi
pass

start full 'standard output that is full'
status=0
"$pystacks" spec python3.13 >/dev/full 2>err || status=$?
[ "$status" -eq 1 ] || fail "exit status $status"
says err 'cannot write the results'
[ "$(with '>/dev/full' "$pystacks" extension survey "$source_tree" --json)" -eq 1 ] || fail 'much at once'
says err 'cannot write the results: standard output: No space left on device'
says_not err 'unexpected'
[ "$(with '>/dev/full' "$pystacks" --help)" -eq 1 ] || fail 'the help'
[ "$(grep -c 'cannot write the results' err)" -eq 1 ] || fail 'it is not said once'
pass

start closed 'standard descriptors that the caller has closed'
fake_stack stack
mkdir a b
echo a >a/text
echo b >b/text
for redirections in '2>&-' '2>&- <&-'; do
    [ "$(with "$redirections" "$pystacks" bulid)" -eq 2 ] || fail "a wrong command: $redirections"
    [ "$(with "$redirections" "$pystacks" spec ./none)" -eq 2 ] || fail "spec of no stack: $redirections"
    [ "$(with "$redirections" "$pystacks" spec ./stack)" -eq 0 ] || fail "spec: $redirections"
    [ "$(with "$redirections" "$pystacks" compare a b --html page.html)" -eq 3 ] || fail "compare: $redirections"
    [ "$(with "$redirections" "$pystacks" compare a none)" -eq 2 ] || fail "compare with nothing: $redirections"
    [ "$(with "$redirections" "$pystacks" verify none)" -eq 2 ] || fail "verify: $redirections"
    [ "$(with "$redirections" "$pystacks" extension check none)" -eq 2 ] || fail "extension check: $redirections"
    [ "$(with "$redirections" "$pystacks" extension survey a)" -eq 2 ] || fail "extension survey: $redirections"
    [ "$(with "$redirections" "$pystacks" fetch ./stack --sources a/text)" -eq 1 ] || fail "fetch: $redirections"
    [ "$(with "$redirections" "$pystacks" fetch ./stack)" -eq 0 ] || fail "fetch: $redirections"
    [ "$(with "$redirections" "$pystacks" build ./stack -bp --log-json log.json)" -eq 0 ] || fail "build: $redirections"
    [ "$(with "$redirections" "$pystacks" build ./stack -bp --log-file /dev/stderr)" -eq 2 ] ||
        fail "a log on what is closed: $redirections"
done
[ "$(head -c 15 page.html)" = '<!DOCTYPE html>' ] || fail 'messages are in a page'
python3 -c 'import json; [json.loads(line) for line in open("log.json")]' || fail 'messages are in a log'
pass

current='results that cannot be written are an error, whatever else is closed'
for redirections in '>&-' '>&- <&-' '>/dev/full' '>&- 2>&-' '>&- 2>&- <&-'; do
    for command in 'spec ./stack' 'compare a b' 'compare a b --json' 'doctor --json' 'fetch ./stack' '--version' \
        'build ./stack -bs' 'build ./stack -bs --json'; do
        # shellcheck disable=SC2086 # a list of words
        [ "$(with "$redirections" "$pystacks" $command)" -eq 1 ] || fail "$command $redirections"
        case $redirections in
        *'2>&-'*) ;;
        *) says err 'cannot write the results: standard output: ' ;;
        esac
    done
done
pass

start foreign 'names that are no name of ours command no terminal'
fake_stack stack
escape=$(printf '\033')
mkdir "a${escape}[2J" b
printf 'Name: x\nVersion: 1\n# %s[2J\n%%description\n%%build\n%%{python3} setup.py build %s[2J\n%%install\n%%files\n' \
    "$escape" "$escape" >x.spec
echo a >"a${escape}[2J/text"
expect 3 "$pystacks" compare "a${escape}[2J" b
says_not out "$escape"
expect 0 "$pystacks" fetch ./stack --sources "a${escape}[2J"
says out "a${escape}[2J/fake-1.0.tar.gz"
says_not err "$escape"
on_a_terminal "$pystacks" fetch ./stack --sources "a${escape}[2J"
says screen 'a\x1b[2J/fake-1.0.tar.gz'
says_not screen "$escape"
"$pystacks" extension add x.spec --explain >out 2>err || true
says_not err "$escape"
pass

current='colours where a terminal has them, and NO_COLOR is not set'
mkdir empty
TERM=xterm on_a_terminal env PATH="$PWD/empty" "$pystacks" doctor
says screen "${escape}[31mmissing:${escape}[m make"
TERM=xterm NO_COLOR=1 on_a_terminal env PATH="$PWD/empty" "$pystacks" doctor
says_not screen "$escape"
TERM=vt100 on_a_terminal env PATH="$PWD/empty" "$pystacks" doctor
says_not screen "$escape"
env PATH="$PWD/empty" TERM=xterm "$pystacks" doctor >out || true
says_not out "$escape"
pass

current='what a program reads stays as it is'
expect 0 "$pystacks" extension remove x.spec
cmp out x.spec || fail 'the spec is another'
on_a_terminal "$pystacks" extension remove x.spec
says screen '# \x1b[2J'
says_not screen "$escape"
pass

start doctor 'doctor says what is missing, by exit code and as JSON'
status=0
"$pystacks" doctor python3.13 --json >out 2>err || status=$?
[ "$status" -le 1 ] || fail "exit status $status"
python3 -c 'import json, sys; found = json.load(open("out")); sys.exit(bool(found["missing"]) != int(sys.argv[1]))' \
    "$status" || fail 'the list and the exit status disagree'
mkdir bin
for program in /usr/bin/*; do
    case ${program##*/} in make | gmake) ;; *) ln -s "$program" bin/ ;; esac
done
expect 1 env PATH="$PWD/bin" "$pystacks" doctor
says out 'missing: make'
expect 0 env PATH="$PWD/bin" "$pystacks" doctor --missing-packages
grep -qx make out || fail 'make is not in the list of packages'
pass

start paths 'what is wrong with a path that is given is said at once, whatever the command'
mkdir specs empty
ln -s nowhere.spec link.spec
for command in 'extension add' 'extension check' 'extension build --stack empty' 'compare empty' verify; do
    # Word splitting is wanted: a command and its options.
    # shellcheck disable=SC2086
    expect 2 "$pystacks" $command link.spec
    says err 'link.spec: it is a link to nowhere.spec, and there is no such file'
done
expect 2 "$pystacks" extension survey specs --html none/page.html
says err "cannot survey: --html none/page.html: there is no folder $PWD/none"
expect 2 "$pystacks" extension survey specs --html specs
says err 'it is a folder'
pass
