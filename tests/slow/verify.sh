#!/usr/bin/env bash
# `pystacks verify`: the packages pass; each of several damages is named by the check that is for it.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need_root

here=$(dirname "$0")
results=$folder/verify
rm -rf "$results"
mkdir -p "$results/tmp"
# A folder for temporary files of this test's own: somebody else may verify something at the same time.
export TMPDIR=$results/tmp

# failed_checks FILE: the names of what failed, from the JSON.
failed_checks() {
    python3 - "$1" <<'END'
import json, sys
print(*[check["name"] for check in json.load(open(sys.argv[1]))["checks"] if check["status"] == "failed"])
END
}

# ---- all of the plan, on the packages as they are --------------------------------------------------------------------
mounts=$(sort /proc/self/mounts)
"$pystacks" verify "$dist/RPMS" --regrtest test_struct,test_gc --junit "$results/all.xml" --html "$results/all.html" \
    >"$results/all.txt" 2>"$results/all.log" || {
    cat "$results/all.txt"
    fail "verify"
}
grep -E ' 0 failed' "$results/all.txt" >/dev/null || fail "no verdict"
python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$results/all.xml"
[ -z "$(find "$TMPDIR" -maxdepth 1 -name 'pystacks-verify.*')" ] || fail "verify left something in $TMPDIR"
[ "$mounts" = "$(sort /proc/self/mounts)" ] || fail "verify left a mount"
pass "$(tail -n 1 "$results/all.txt")"

# ---- killed: nothing of it stays but an empty folder, which the next run removes -------------------------------------
"$pystacks" verify "$dist/RPMS" --regrtest none >/dev/null 2>&1 &
victim=$!
sleep 4
kill -KILL "$victim"
wait "$victim" 2>/dev/null || true
sleep 1
[ "$mounts" = "$(sort /proc/self/mounts)" ] || fail "a killed verify left a mount"
pgrep --full "$TMPDIR/pystacks-verify\." >/dev/null && fail "a killed verify left a process"
left=$(find "$TMPDIR" -mindepth 1 -path "$TMPDIR/pystacks-verify.*" | wc -l)
[ "$left" -le 1 ] || fail "a killed verify left $left files"
find "$TMPDIR" -maxdepth 1 -name 'pystacks-verify.*' -exec touch -d '1 hour ago' {} +
"$pystacks" verify "$dist/RPMS" --only packages.modes >/dev/null 2>&1
[ -z "$(find "$TMPDIR" -maxdepth 1 -name 'pystacks-verify.*')" ] || fail "what a killed run left is still there"
pass "a killed run leaves no mount, no process, and nothing for long"

# ---- a root that exists: only with these very packages in it --------------------------------------------------------
# shellcheck disable=SC2016  # the inner shell's own
unshare --mount --propagation private bash -euo pipefail -c '
    mount -t tmpfs tmpfs "$1"
    mkdir "$1/upper" "$1/work" "$1/root"
    mount -t overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" overlay "$1/root"
    "$2" verify --root "$1/root" "$3" >"$1/before" 2>/dev/null && exit 1
    grep -q "^failed .*packages.installed .*does not have" "$1/before"
    find "$3" -name "*.rpm" -exec env HOME=/var/lib rpm --root "$1/root" --install --nodeps {} +
    "$2" verify --root "$1/root" --only packages.installed --only interpreter.runs@debug "$3" >"$1/after" 2>/dev/null
    grep -q " 2 passed, 0 failed" "$1/after"
' sh "$(mktemp -d -p "$results")" "$pystacks" "$dist/RPMS" 2>"$results/root.log" || {
    cat "$results/root.log"
    fail "--root"
}
pass "--root takes a root with these packages, and no other"

# ---- damages ---------------------------------------------------------------------------------------------------------
# damage NAME PACKAGE COMMAND DROPPED CHECK...: every CHECK has to fail, and nothing that COMMAND has no part in.
damage() {
    local name=$1 package=$2 command=$3 dropped=$4 status=0
    shift 4
    local set=$results/$name
    mkdir "$set"
    find "$dist/RPMS" -name '*.rpm' -exec ln -s {} "$set/" \;
    rm "$set/$package-"[0-9]*.rpm
    "$here/repackage.sh" "$dist/RPMS/$arch/$package-"[0-9]*.rpm "$set" "$command" "$dropped"
    "$pystacks" verify "$set" --regrtest none --skip packages.rpmlint --skip 'extension.*' --json \
        >"$results/$name.json" 2>"$results/$name.log" || status=$?
    [ "$status" -eq 1 ] || { tail "$results/$name.log"; fail "$name: status $status"; }
    local failed
    failed=$(failed_checks "$results/$name.json" | tr ' ' '\n' | sort | tr '\n' ' ')
    [ "$failed" = "$(printf '%s\n' "$@" | sort | tr '\n' ' ')" ] || fail "$name: expected $*, failed: $failed"
    pass "$name: $failed"
}

dynload=usr/lib64/$stack/lib-dynload
optimized_json=$folder/_json.so
rpm2cpio "$dist/RPMS/$arch/$stack-libs-"[0-9]*.rpm |
    cpio --quiet --extract --to-stdout "./$dynload/_json.cpython-313-x86_64-linux-gnu.so" >"$optimized_json"

damage swapped-module "$stack-debug" "cp '$optimized_json' $dynload/_json.cpython-313d-x86_64-linux-gnu.so" '' \
    abi.same-bytes@debug abi.build-folders@debug
damage missing-module "$stack-debug" "rm $dynload/_json.cpython-313d-x86_64-linux-gnu.so" '' \
    content.complete@debug modules.pairs@debug modules.list@debug
damage missing-bytecode "$stack-libs" "rm usr/lib64/$stack/__pycache__/textwrap.cpython-313.pyc" '' \
    bytecode.untouched@optimized bytecode.untouched@debug
damage run-path "$stack-libs" "patchelf --set-rpath /opt/lib $dynload/_bz2.cpython-313-x86_64-linux-gnu.so" '' \
    elf.run-path
damage mode "$stack-libs" "chmod 0600 usr/lib64/$stack/textwrap.py" '' packages.modes
damage dropped-library "$stack-libs" true 'libbz2\.so\.1\.0.*' elf.required
damage dropped-lockstep "$stack-debug" true "$stack-libs\\(.*" packages.lockstep@debug

# ---- what docs/verifying.md shows is what comes out ------------------------------------------------------------------
# The lines of its examples, which are indented, against all that was printed here; commands and long explanations that
# depend on where packages lie are not in them.
"$pystacks" verify "$results/mode" --only packages.modes >"$results/mode.txt" 2>/dev/null && fail "it passes alone"
cat "$results/all.txt" "$results/mode.txt" >"$results/printed"
grep -E '^    +[^ ]' "$project/docs/verifying.md" |
    grep -Ev '^ +pystacks |unaffected\.|reproducible\.|python[23]\.[0-9]+/' | sed -E 's/^ {4}//' |
    while IFS= read -r line; do
        grep -qF -- "$line" "$results/printed" || fail "docs/verifying.md shows what is not printed: $line"
    done
pass "docs/verifying.md shows what is printed"
