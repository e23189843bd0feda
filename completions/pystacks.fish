# fish completion for pystacks, which is asked what may come next.
function __pystacks_candidates
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    set -l current (commandline --current-token --cut-at-cursor)
    # What a file in --option=FILE has before it.
    set -l before (string match --regex '^--[^=]*=' -- $current)
    set -l typed (string replace --regex '^--[^=]*=' '' -- $current)
    for line in ($words[1] complete --describe -- $words[2..] "$current" 2>/dev/null)
        switch $line
            case ':none'
            case ':dir'
                string replace --regex '^' -- "$before" (__fish_complete_directories "$typed")
            case ':file'
                string replace --regex '^' -- "$before" (__fish_complete_path "$typed")
            case ':file *'
                set -l suffix (string escape --style=regex -- (string replace ':file *' '' -- $line))
                set -l paths (__fish_complete_path "$typed" | string match --regex "^[^\t]*(?:/|$suffix)(?:\t.*)?\$")
                string replace --regex '^' -- "$before" $paths
            case '*'
                echo $line
        end
    end
end
complete --command pystacks --no-files --arguments '(__pystacks_candidates)'
