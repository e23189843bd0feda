#!/bin/sh
# A build condition that is turned off in two ways at once (rpm 4.18, 4.20).
# Expected: --without foo turns foo off, `with_foo 0` turns foo off, and so do both together.
# Actual: %{with foo} asks whether with_foo is *defined*; its value does not matter. So `with_bar 0` turns on
#     a condition that is off by default, and `with_foo 0` overrides --without foo.
# Affected: anyone who combines conditions from a generated list of macros with a user's options.
set -eu
. "$(dirname "$0")/lib.sh"

begin
for name in rpm-bookworm rpm-trixie; do
    use_root "$name"
    versions rpm
    spec p <<'SPEC'
%bcond foo 1
%bcond bar 0
%description
foo %{with foo}, bar %{with bar}
SPEC
    # Of the options $1.
    condition() {
        inside "rpmspec $1 -q --qf '%{DESCRIPTION}' /p.spec"
    }
    expect "no option" "foo 1, bar 0" "$(condition '')"
    expect "--without foo" "foo 0, bar 0" "$(condition '--without foo')"
    expect "-D 'with_foo 0' -D 'with_bar 0'" "foo 1, bar 1" "$(condition "-D 'with_foo 0' -D 'with_bar 0'")"
    expect "--without foo -D 'with_foo 0'" "foo 1, bar 0" "$(condition "--without foo -D 'with_foo 0'")"
done
finish
