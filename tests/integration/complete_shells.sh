#!/usr/bin/env bash
# The completions of zsh and fish, in zsh and fish. bash: complete.sh.
# What is in single quotes here is for other shells to expand.
# shellcheck disable=SC2016
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

for shell in zsh fish; do
    command -v "$shell" >/dev/null || skip "there is no $shell"
done

# files: some to complete.
files() {
    mkdir folder
    touch one.spec two.txt
}

start fish 'fish completes words, and files of the kind that is wanted'
files
mkdir "$folder/bin"
ln -s "$pystacks" "$folder/bin/pystacks"
# fish_completes WANTED LINE
fish_completes() {
    expect 0 env PATH="$folder/bin:$PATH" fish --no-config \
        --command "source $source_tree/completions/pystacks.fish; complete --do-complete '$2'"
    cut -f1 out | tr '\n' ' ' >names
    [ "$(cat names)" = "${1:+$1 }" ] || fail "instead of '$1' for '$2': $(cat names)"
}
fish_completes 'build' 'pystacks bui'
fish_completes 'python3.13' 'pystacks spec python3.13'
fish_completes 'folder/' 'pystacks build python3.13 --output fol'
fish_completes '--output=folder/' 'pystacks build python3.13 --output=fol'
fish_completes 'folder/ one.spec' 'pystacks extension add '
fish_completes 'quick' 'pystacks verify --regrtest qui'
fish_completes '' 'pystacks build -j '
expect 0 env PATH="$folder/bin:$PATH" fish --no-config \
    --command "source $source_tree/completions/pystacks.fish; complete --do-complete 'pystacks doctor --miss'"
grep -q $'^--missing-packages\tprint only' out || fail "no description: $(cat out)"
pass

start zsh 'zsh gets words with descriptions, and completes files itself'
files
# What zsh's own functions do with the candidates is not of interest here.
cat >completed.zsh <<'END'
_call_program() { shift; eval "$*"; }
_describe() { [[ $1 == -V ]] && shift; print -rl -- "${(@P)2}"; }
_files() { print -r -- "files $*"; }
compset() { print -r -- "compset $*"; }
completed() { local -a words=("$@"); local CURRENT=$#; source $completions/_pystacks; }
completed "$@"
END
# zsh_completes WANTED WORD…
zsh_completes() {
    local wanted=$1
    shift
    expect 0 env completions="$source_tree/completions" zsh --no-rcs completed.zsh "$pystacks" "$@"
    [ "$(cat out)" = "$wanted" ] || fail "instead of '$wanted' for $*: $(cat out)"
}
zsh_completes 'build:build the packages of a stack' bui
zsh_completes 'python3.13:stack' spec python3.13
zsh_completes 'files -/' spec folder/
zsh_completes 'files -g *.spec' extension add ''
zsh_completes $'compset -P *=\nfiles -/' build python3.13 --output=fol
zsh_completes '' build -j ''
zsh_completes '--missing-packages:print only the names of the packages to install, for scripts; exit 0' doctor --miss
pass

current='zsh itself shows them'
mkdir home
printf '%s\n' "fpath=('$source_tree/completions' \$fpath)" 'autoload -Uz compinit' 'compinit -u -d "$HOME/dump"' \
    >home/.zshrc
cat >typed.zsh <<'END'
# Types into a zsh on a terminal of its own, and prints the line that is there after the tab.
zmodload zsh/zpty
zpty shell env HOME=$PWD/home TERM=dumb PATH=$bin:$PATH zsh -i
zpty -w shell 'PS1=ready; bindkey "^I" complete-word'
zpty -w -n shell $'pystacks doctor --miss\t\n'
zpty -w shell exit
local text
while zpty -r shell text; do print -rn -- $text; done
END
mkdir bin
printf '#!/bin/sh\nif [ "$1" = complete ]; then exec "%s" "$@"; fi\necho "called with: $*"\n' "$pystacks" >bin/pystacks
chmod +x bin/pystacks
expect 0 env bin="$PWD/bin" zsh --no-rcs typed.zsh
says out 'called with: doctor --missing-packages'
pass
