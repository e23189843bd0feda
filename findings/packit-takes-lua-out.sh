#!/bin/sh
# A spec with a condition that compares two versions in Lua, read as packit reads it (specfile 0.41.1 with
# sanitize on, rpm 4.18.0).
# Expected: packit can read every spec that rpmspec can read, because it calls rpm's own parser.
# Actual: before it calls the parser, specfile replaces every piece of Lua that calls an unknown function by
#     %{nil}, and it does not know rpm.vercmp. What remains of the condition is a bare "%if": "unexpected end
#     of expression". With a zero before the Lua, the spec can be read, but the condition is false.
# Affected: anyone who writes conditions in Lua. packit reports an error in a valid spec. If it can read the
#     spec, it sees another spec than rpm builds.
set -eu
. "$(dirname "$0")/lib.sh"

# condition TEXT WANTED
condition() {
    {
        echo "%if $1"
        echo "%global answer yes"
        echo "%endif"
    } | spec p
    printf '%%description\n%%{summary}.\n' >>"$root/p.spec"
    inside "rpmspec -q --srpm --qf '%{VERSION}' /p.spec >/rpm
        PYTHONPATH=/lib-specfile python3 -c '
from specfile import Specfile
try:
    print(Specfile(\"/p.spec\", sanitize=True).expand(\"%{?answer}%{!?answer:no}\"))
except Exception as error:
    print(str(error).splitlines()[0])' >/packit 2>>/log"
    expect "rpm: version by %if $1" 1 "$(cat "$root/rpm")"
    expect "packit: answer by %if $1" "$2" "$(cat "$root/packit")"
}

begin
use_root packit-bookworm
versions rpm python3-rpm
for package in specfile==0.41.1 typing-extensions==4.15.0; do
    python3 -m pip download --quiet --no-deps --dest "$scratch" "$package" || skip "$package cannot be had"
done
for wheel in "$scratch"/*.whl; do python3 -m zipfile -e "$wheel" "$root/lib-specfile"; done
condition '%{lua:print(rpm.vercmp("2", "1"))}' 'unexpected end of expression:'
condition '0%{lua:print(rpm.vercmp("2", "1"))}' no
condition '0%{lua:print(1)}' yes
finish
