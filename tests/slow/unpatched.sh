#!/usr/bin/env bash
# CPython 2.7, optimized, with our patches and without, built and installed with the same switches: what differs is what
# tests/golden/python2.7-patched.txt lists, with its reason, and nothing else.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

golden=$project/tests/golden/python2.7-patched.txt
patches=$project/specs/python2.7/patches
work=$folder/unpatched
rm -rf "$work"
mkdir -p "$work/fetch"
(cd "$work/fetch" && "$pystacks" fetch "$project/specs/python2.7" --sources "$sources" >/dev/null)
archive=$(find "$sources" "$work/fetch" -name Python-2.7.18.tgz 2>/dev/null | head -n 1)

# The same paths for both, as far as anything can tell: what is built records the mapped folder.
build() {
    local top=$work/$1
    mkdir -p "$top/build" "$top/root"
    tar -xf "$archive" -C "$top"
    if [ "$1" = patched ]; then
        for patch in "$patches"/*.patch; do
            patch --quiet -d "$top/Python-2.7.18" -p1 --fuzz=0 <"$patch"
        done
    fi
    (
        cd "$top/build"
        export SOURCE_DATE_EPOCH=1587340800 PYTHONDONTWRITEBYTECODE=1 OPT='-DNDEBUG -O2 -g' CFLAGS='' LINKCC=gcc
        ../Python-2.7.18/configure --prefix=/usr --enable-shared --enable-unicode=ucs4 --enable-ipv6 \
            --with-system-expat --with-system-ffi --with-dbmliborder=gdbm:ndbm >configure.log 2>&1
        make -j "$(nproc)" CC="gcc -ffile-prefix-map=$top/=/usr/src/debug/" >make.log 2>&1
        make install CC="gcc -ffile-prefix-map=$top/=/usr/src/debug/" DESTDIR="$top/root" >install.log 2>&1
    ) || fail "see $top/build/*.log"
    find "$top/root" \( -name '*.pyc' -o -name '*.pyo' \) -delete
    grep -rlI "$top" "$top/root" | xargs --no-run-if-empty sed -i "s|$top/|/usr/src/debug/|g"
}
build unpatched &
build patched
wait "$!" || fail "the unpatched build"

"$pystacks" compare --trees --json "$work/unpatched/root" "$work/patched/root" >"$work/comparison.json" || [ $? -eq 3 ]
python3 - "$work/comparison.json" >"$work/differences.txt" <<'PYTHON'
import json, sys
for difference in json.load(open(sys.argv[1]))["differences"]:
    print(difference["verdict"], difference["path"])
PYTHON
sort -o "$work/differences.txt" "$work/differences.txt"
sed -e 's/#.*//' -e '/^ *$/d' "$golden" | awk '{ print $1, $2 }' | sort >"$work/expected.txt"
diff -u "$work/expected.txt" "$work/differences.txt" || fail "what the patches change is not what $golden lists"
pass "$(wc -l <"$work/differences.txt") paths differ from unpatched 2.7.18, each for a reason that is listed"

# ---- the ELF files that differ, differ in code and not in what others see of them ------------------------------------
visible() {
    readelf --dynamic --wide "$1" | grep -E 'NEEDED|SONAME|RPATH|RUNPATH'
    nm --dynamic --format=posix "$1" | cut -d ' ' -f 1,2 | sort
}
while read -r verdict path; do
    case $path in
    *.so | *.so.*) [ "$verdict" = different ] || continue ;;
    *) continue ;;
    esac
    diff <(visible "$work/unpatched/root$path") <(visible "$work/patched/root$path") >"$work/visible.diff" || {
        # _ssl asks OpenSSL for what it did not ask before (BIO_…); nothing else may change.
        case $path in */_ssl.so) others='^[<>] [^B]' ;; *) others='^[<>]' ;; esac
        if grep "$others" "$work/visible.diff"; then fail "$path: the lines above are new (>) or gone (<)"; fi
    }
done <"$work/differences.txt"
pass "sonames, needed libraries and symbols are those of the unpatched build"
