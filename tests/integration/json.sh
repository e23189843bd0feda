#!/usr/bin/env bash
# What --json prints: every command's object has a format version, and docs/json.md has every key.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# described SECTION: what was printed last.
described() {
    python3 "$source_tree/tests/integration/described_json.py" "$source_tree/docs/json.md" "$1" out 2>problem ||
        fail "$(cat problem)"
}

start small 'compare, doctor, list and extension survey'
mkdir -p a b specs
echo one >a/text
echo two >b/text
echo three >b/other
expect 3 "$pystacks" compare a b --json
described compare
"$pystacks" doctor --json >out 2>err </dev/null || [ $? -eq 1 ] || fail 'doctor'
described doctor
expect 0 "$pystacks" list --json
described list
printf 'Name: a\nBuildRequires: gcc python3-devel\n%%build\n%%py3_build\n%%files\n%%{python3_sitearch}/*\n' \
    >specs/a.spec
printf 'Name: b\nBuildArch: noarch\n%%files\n' >specs/b.spec
expect 0 "$pystacks" extension survey specs --json
described 'extension survey'
pass

start packages 'build, verify, and compare of packages'
fake_stack stack
expect 0 "$pystacks" build ./stack --output with --json
described build
expect 0 "$pystacks" build ./stack --output without --define 'with_debug_build 0' --json
expect 0 "$pystacks" verify --unaffected with/RPMS without/RPMS --json
described verify
expect 3 "$pystacks" compare with/RPMS without/RPMS --json
described compare
package=$(echo with/RPMS/*/fake1.0-libs-1.0-*.rpm)
printf x >>"$package"
expect 1 "$pystacks" verify --unaffected with/RPMS without/RPMS --json
described verify
"$pystacks" extension check with/RPMS --json >out 2>err </dev/null || [ $? -eq 1 ] || fail "$(cat err)"
described 'extension check'
pass
