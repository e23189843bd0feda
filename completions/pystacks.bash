# bash completion for pystacks, which is asked what may come next.
_pystacks() {
    local current=${COMP_WORDS[COMP_CWORD]} program=${COMP_WORDS[0]/#\~/$HOME} line
    local -a candidates=()
    COMPREPLY=()
    mapfile -t candidates < <("$program" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    # Words are taken apart at "=": what is completed is what follows it.
    [[ $current != = ]] || current=
    for line in "${candidates[@]}"; do
        case $line in
        :none) ;;
        :dir)
            compopt -o filenames 2>/dev/null || true
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$current")
            ;;
        :file)
            compopt -o filenames 2>/dev/null || true
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
            ;;
        ':file '*)
            compopt -o filenames 2>/dev/null || true
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
                compgen -d -- "$current"
                compgen -f -X "!${line#:file }" -- "$current"
            )
            ;;
        *) COMPREPLY+=("$line") ;;
        esac
    done
}
complete -F _pystacks pystacks
