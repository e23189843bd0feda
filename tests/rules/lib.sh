# Shared by the rules. Sourced, it changes to the source tree.
# shellcheck shell=sh
set -eu
cd "$(dirname "$0")/../.."

# tracked PATTERN…: the files of the project, also those that are not committed yet.
tracked() {
    found=$(git -c safe.directory='*' ls-files --cached --others --exclude-standard -- "$@") || return
    printf '%s\n' "$found" | while IFS= read -r file; do
        if [ -f "$file" ]; then echo "$file"; fi
    done
}

# skip WHY: this rule cannot be checked here.
skip() {
    echo "SKIPPED: $*" >&2
    exit 77
}

# Worktrees have a file there.
[ -e .git ] || skip "this is not a git clone, so the project's files are unknown"

# need PROGRAM: without it there is no answer.
need() {
    command -v "$1" >/dev/null || skip "there is no $1; setup/host.sh test slow installs it"
}
