#!/usr/bin/env bash
# All four stacks are installed in one root, where each passes (slow_build and slow_stack_… build them); and an
# extension of Python 2 built by distutils goes to the interpreter that it was built with.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need_root

stacks=$folder/stacks
"$pystacks" verify "$dist/RPMS" "$stacks"/python*/RPMS --regrtest test_struct,test_gc \
    >"$stacks/verified.txt" 2>"$stacks/verified.log" || {
    cat "$stacks/verified.txt"
    fail "the four stacks in one root"
}
# Everything that a debug interpreter ever offered, 2.7's does.
for check in refcount trace-refs malloc count-allocs lltrace call-profile tsc; do
    grep -E "^(failed|not offered) +python2\.7/$check" "$stacks/verified.txt" && fail "2.7 does not offer $check"
    grep -qE "^passed +python2\.7/$check" "$stacks/verified.txt" || fail "$check was not looked at"
done
grep -E '^    passed +python[23]' "$project/docs/verifying.md" | sed -E 's/^ {4}//' | while IFS= read -r line; do
    grep -qF -- "$line" "$stacks/verified.txt" || fail "docs/verifying.md shows what is not printed: $line"
done
pass "$(tail -n 1 "$stacks/verified.txt")"

# ---- MarkupSafe for both interpreters of 2.7, by distutils ----------------------------------------------------------
mkdir -p "$stacks/markupsafe"
PYSTACKS=$pystacks "$project/examples/fetch-sources.sh" "$sources" python2-markupsafe >/dev/null
archive=$sources/markupsafe_1.1.1.orig.tar.gz
# /tmp is another one in there, so the archive goes in as text.
cat >"$stacks/markupsafe/inside.sh" <<INSIDE
set -eu
mkdir /tmp/m
cd /tmp/m
base64 --decode <<'ARCHIVE' | tar -xz --strip-components=1
$(base64 "$archive")
ARCHIVE
printf '%s\n' 'from distutils.core import Extension, setup' \
    'setup(name="MarkupSafe", version="1.1.1", package_dir={"": "src"}, packages=["markupsafe"],' \
    '      ext_modules=[Extension("markupsafe._speedups", ["src/markupsafe/_speedups.c"])])' >setup.py
# In one folder, one after the other, as a spec with a loop over interpreters does.
for python in python2.7 python2.7-debug; do
    \$python setup.py --quiet build >/dev/null 2>&1
    \$python setup.py --quiet install --root /tmp/root >/dev/null 2>&1
done
cd /tmp/root
find . -name '_speedups*.so' | sort
site=/tmp/root/usr/lib64/python2.7/site-packages
[ -d \$site ] || site=/tmp/root/usr/lib/python2.7/site-packages
for python in python2.7 python2.7-debug; do
    PYTHONPATH=\$site \$python -c "import markupsafe._speedups as s; print s.__file__.split('/')[-1]" 2>/dev/null
done
rm \$site/markupsafe/_speedups_d.so
for python in python2.7 python2.7-debug; do
    PYTHONPATH=\$site \$python -c "import markupsafe._speedups" 2>/dev/null && echo "\$python loads" ||
        echo "\$python refuses"
done
python-debug -c 'print 1' 2>/tmp/stderr | od -An -c
sed 's/[0-9][0-9]*/N/' /tmp/stderr
INSIDE
sh=$("$pystacks" verify --shell "$stacks/python2.7/RPMS" <"$stacks/markupsafe/inside.sh" 2>/dev/null |
    sed 's/^\(# *\)*//')
expected='./usr/lib64/python2.7/site-packages/markupsafe/_speedups.so
./usr/lib64/python2.7/site-packages/markupsafe/_speedups_d.so
_speedups.so
_speedups_d.so
python2.7 loads
python2.7-debug refuses
   1  \n
[N refs]'
[ "$(echo "$sh" | sed '/^$/d')" = "$expected" ] || fail "MarkupSafe: $sh"
pass "each interpreter of 2.7 loads the _speedups that was built for it, and no other"
