# bash completion for pystacks
_pystacks() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    local options=
    COMPREPLY=()
    if [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "build fetch profile spec compare verify extension doctor --help --version" -- "$current")
        return
    fi
    case $previous in
    --output | --sources | --root | --upgrade)
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        return
        ;;
    --html | --junit | --rpmlintrc)
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
        ;;
    --regrtest)
        mapfile -t COMPREPLY < <(compgen -W "quick full none" -- "$current")
        return
        ;;
    --only | --skip | --with | --without | -D | --define | -j | --jobs) return ;;
    esac
    case $command in
    build)
        options="-ba -bb -bs -bp -bc -bi --with --without --define --jobs --output --sources --offline --nodeps --json --help"
        ;;
    fetch) options="--sources --offline --with --without --define --help" ;;
    profile) options="--with --without --define --jobs --output --sources --offline --nodeps --name --help" ;;
    spec) options="--help" ;;
    compare) options="--all --strict --trees --html --json --jobs --help" ;;
    verify)
        options="--list --only --skip --regrtest --upgrade --rpmlintrc --root --shell --unaffected --reproducible --work --sources --with --without --define --json --junit --html --jobs --help"
        ;;
    extension) options="--json --in-place --explain --accept-unproved --html --prove --stack --output --sources --wheels --python --with --without --define --nocheck --as-is --unaffected --shell --help" ;;
    doctor) options="--json --missing-packages --help" ;;
    esac
    if [[ $command == extension && $COMP_CWORD -eq 2 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "check build add remove survey --help" -- "$current")
    elif [[ $command == profile && $COMP_CWORD -eq 2 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "record --help" -- "$current")
    elif [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    else
        local program stacks=
        program=$(type -P "${COMP_WORDS[0]}")
        [[ $command != compare && $command != verify && $command != extension && -n $program ]] && stacks=$(cd "${program%/*}/../share/pystacks/specs" 2>/dev/null && echo *)
        mapfile -t COMPREPLY < <(compgen -W "$stacks" -- "$current"; compgen -d -- "$current"
            [[ $command != compare && $command != verify && $command != extension ]] || compgen -f -X '!*.rpm' -- "$current")
    fi
}
complete -o filenames -F _pystacks pystacks
