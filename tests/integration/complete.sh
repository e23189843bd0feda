#!/usr/bin/env bash
# What the program offers a shell that completes a command line is what --help describes.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# complete WORD…: the candidates for the last word, in the file out.
complete_words() { expect 0 "$pystacks" complete -- "$@"; }

# offers WANTED WORD…: exactly the words of WANTED are offered.
offers() {
    local wanted=$1
    shift
    complete_words "$@"
    [ "$(tr '\n' ' ' <out)" = "${wanted:+$wanted }" ] || fail "instead of '$wanted' for $*: $(tr '\n' ' ' <out)"
}

# help_of COMMAND…: its --help. From 2.5 on CLI11 writes "-o,     --option", and eight spaces more before an option
# without a letter.
help_of() {
    "$pystacks" "$@" --help >help.txt 2>&1 || fail "$* --help"
    sed -E 's/^  (-[^ ],) +--/  \1--/; s/^ {10}--/  --/' help.txt
}

# options_in_help COMMAND…: the names of all options, sorted.
options_in_help() {
    help_of "$@" >out
    sed -n 's/^  \(-[^ ]*\).*/\1/p' out | tr ',' '\n' | sort >help.list
}

# same_options COMMAND…: those that are offered are those in the help of a command, and of its subcommands.
same_options() {
    local option subcommand
    options_in_help "$@"
    complete_words "$@" -
    # An option whose value is attached (-ba) is offered once for each value.
    sed 's/^\(-[a-z]\)[a-z]$/\1/' out | sort --unique >offered.list
    diff help.list offered.list >differ || fail "$* --help and the offered options differ: $(cat differ)"
    while read -r option; do
        complete_words "$@" "$option" ''
        [ -s out ] || fail "$* $option: its type is not known to the completion of values"
    done < <(sed -n 's/^  \(-[^ ]*\) [^ ].*/\1/p' <(help_of "$@") | sed 's/.*,//; /^-[a-zA-Z]$/d' |
        while read -r option; do takes_value "$option" "$@" && echo "$option"; done)
    complete_words "$@" ''
    grep -E '^[a-z]+$' out >"subcommands.$#" || true
    while read -r subcommand; do
        grep -q "^  $subcommand " <(help_of "$@") || continue
        looked_at=$((looked_at + 1))
        same_options "$@" "$subcommand"
    done <"subcommands.$#"
}

# takes_value OPTION COMMAND…: --help writes a type in capitals, or values with | between, behind its name.
takes_value() {
    local option=$1
    shift
    help_of "$@" | grep -qE -- "^  ([^ ]*,)?$option ('?[A-Z]|[a-z]+\|)"
}

start options 'every command offers the options that its --help describes, and knows what each takes'
looked_at=0
same_options
[ "$looked_at" -gt 10 ] || fail "only $looked_at commands were looked at"
pass

start commands 'commands are offered once; those for rpm alone are not'
offers 'build' bui
offers 'record' profile ''
complete_words ''
says out verify
for hidden in stage complete rpm-worker; do says_not out "$hidden"; done
complete_words extension ''
says out survey
says_not out harvest
pass

start stacks 'stacks are those that pystacks has, and folders'
offers 'python2.7 python3.11 python3.13 python3.9' build ''
offers 'python3.11 python3.13' spec python3.1
offers 'python3.13' verify --reproducible python3.13
offers ':file *.rpm' verify ''
mkdir folder
fake_stack own
offers 'python2.7 python3.11 python3.13 python3.9 ./own' build ''
offers './own :dir' build ./o
offers ':dir' build fol
offers ':dir' build folder/
rm -r folder own
offers ':dir' build python3.13 --output d
offers '' build python3.13 another
pass

start topics 'help is completed as the command is'
offers 'extension' help ext
offers 'add' help extension ad
offers '' help build ''
complete_words help extension ''
says out survey
says_not out harvest
pass

start values 'values of options'
offers 'quick' verify --regrtest qu
offers '--regrtest=full' verify --regrtest=f
offers 'quick full none' verify --regrtest = ''
offers 'full' verify --regrtest f
offers 'quick full none' verify --regrtest =
offers '-ba -bb -bs -bp -bc -bi' build -b
offers '-bs' build -bs
offers ':none' build -j ''
offers ':file' compare --html ''
offers ':file *.spec' extension add ''
offers ':file *.spec :file *.src.rpm' extension build --stack x ''
offers ':file *.rpm' verify --only x one.rpm ''
pass

start bconds 'bconds are those of the stack that is named, as its file has them'
complete_words build python3.13 --with ''
sed -n '/^\[\[bcond\]\]/,/^$/s/^name *= *"\(.*\)"/\1/p' "$source_tree"/specs/python3.13/stack.toml \
    "$source_tree"/specs/common/python3.toml "$source_tree"/specs/common/python.toml | sort --unique >wanted
sort out | diff wanted - >differ || fail "$(cat differ)"
fake_stack stack
complete_words build ./stack --without deb
says out debug_build
complete_words build --with ''
for bcond in debug_build python2_names main_python; do grep -qx "$bcond" out || fail "no $bcond of any stack"; done
[ -z "$(sort out | uniq --repeated)" ] || fail "twice: $(sort out | uniq --repeated)"
offers 'optimizations' verify --reproducible python3.13 --with opti
printf '%%bcond check 1\n%%{?_with_docs:x}\n' >x.spec
offers 'check docs' extension build x.spec --stack . --with ''
offers ':none' extension build --with ''
offers '' build ./none --with ''
echo 'no toml' >stack/stack.toml
offers '' build ./stack --with ''
pass

start checks 'checks are those that --list shows'
complete_words verify --only ''
for check in refcount.total@debug modules.pairs@debug elf.run-path regrtest@optimized packages.lockstep@debug \
    abi.linkage@debug; do
    grep -qx "$check" out || fail "no $check"
done
offers 'gdb.core@debug' verify packages --skip gdb.core@d
pass

start descriptions 'with --describe, candidates say what they are'
expect 0 "$pystacks" complete --describe -- verify --regr
grep -qx -- $'--regrtest\tCPython.*' out || fail "$(cat out)"
pass

start bash 'bash completes words and files'
source "$source_tree/completions/pystacks.bash"
mkdir folder
touch one.spec two.txt three.rpm
# completes WANTED WORD…: what bash would insert.
completes() {
    local wanted=$1
    shift
    COMP_WORDS=("$pystacks" "$@")
    COMP_CWORD=$#
    COMPREPLY=()
    _pystacks
    printf '%s\n' "${COMPREPLY[@]}" | sort >"$folder/offered"
    [ "$(paste -sd ' ' "$folder/offered")" = "$wanted" ] || fail "instead of '$wanted' for $*: $(cat "$folder/offered")"
}
completes 'python3.13' build python3.13
completes 'folder' build fol
mkdir folder/common
(cd folder && completes 'python2.7 python3.11 python3.13 python3.9' build '')
rmdir folder/common
completes 'folder one.spec' extension add ''
completes 'folder three.rpm' compare ''
completes 'quick' verify --regrtest = qu
completes 'full none quick' verify --regrtest =
completes 'folder' build --output = f
completes 'folder one.spec three.rpm two.txt' verify --html ''
completes '' build -j ''
pass
