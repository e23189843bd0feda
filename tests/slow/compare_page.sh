#!/usr/bin/env bash
# The page of the real packages, read in a real browser: search finds, the detail pane shows, nothing is fetched.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    fail "no chromium: setup/host.sh slow installs it"
# The packages without the debug configuration are picked out of all.
work=$folder/compare
rm -rf "$work"
mkdir -p "$work/home" "$work/optimized"
cp "$dist/RPMS/$arch/"*.rpm "$work/optimized/"
rm "$work/optimized/$stack-debug-"[0-9]*.rpm
page=$work/page.html

status=0
"$pystacks" compare --html "$page" "$work/optimized" "$dist/RPMS" >"$work/out" || status=$?
[ "$status" -eq 3 ] || fail "compare ended with $status"
tail -n 1 "$work/out" | grep -qx 'The packages differ.' || fail "$(tail -n 1 "$work/out")"

# All names of hosts lead nowhere, and a report of every request is kept.
browse() {
    HOME=$work/home timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
        --host-resolver-rules='MAP * ~NOTFOUND' --window-size=1440,900 --virtual-time-budget=20000 "$@" \
        2>"$work/browser.log"
}

# shown ADDRESS: what a reader sees, as text: the document after its scripts ran, without the scripts.
shown() {
    browse --dump-dom "file://$page$1" >"$work/dom.html" ||
        fail "the browser ended with $?: $(tail "$work/browser.log")"
    python3 - "$work/dom.html" <<'PYTHON'
import re, sys
dom = open(sys.argv[1], encoding="utf-8").read()
dom = re.sub(r"(?s)<script.*?</script>|<style.*?</style>", "", dom)
print(re.sub(r"<[^>]*>", " ", dom))
PYTHON
}

says() { grep -qE -- "$2" <<<"$1" || fail "the page does not show: $2"; }

text=$(shown '')
says "$text" 'The packages differ\.'
says "$text" 'only in B +[0-9,]+ paths, [0-9.]+ MB'
says "$text" 'only in A +0 paths, 0 B'
says "$text" 'Largest differences'
pass 'the first sight says how much is shared and how much is whose'

text=$(shown '#search=_sqlite3.cpython')
says "$text" '[0-9]+ of [0-9,]{5,} paths'
says "$text" '/lib-dynload/ *_sqlite3\.cpython-.*d-'
[ "$(grep -o 'class="row"' "$work/dom.html" | wc -l)" -lt 20 ] || fail 'the search shows too much'
pass 'a search leaves the files that have the words'

text=$(shown "#path=/usr/bin/${stack}d")
says "$text" "Package: +$stack-debug"
says "$text" 'Only B has it\.'
says "$text" '[0-9.]+ kB \([0-9,]+\)'
pass 'the detail pane shows a file'

text=$(shown "#package=$stack-debug")
says "$text" 'Only B has this package\.'
rows=$(grep -o 'class="row"' "$work/dom.html" | wc -l)
[ "$rows" -lt 100 ] || fail "the list has $rows rows in the document"
pass 'the detail pane shows a package; the list holds only the rows that can be seen'

# A copy of the page that presses keys, and leaves in its title what then is shown and how long it took.
keys=$work/keys.html
sed '$d' "$page" >"$keys"
cat >>"$keys" <<'SCRIPT'
<script>
{
const seen = [];
const press = (key) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const heading = () => document.querySelector("#detail h2").textContent;
const crumbs = () => document.querySelectorAll("#crumbs button").length;
const start = performance.now();
press("ArrowDown"); seen.push("down " + heading());
press("/"); seen.push("focus " + document.activeElement.id);
search.value = "lib-dynload/_ssl.cpython"; search.dispatchEvent(new Event("input"));
press("Enter"); seen.push("found " + heading());
press("Enter"); seen.push("deep " + crumbs());
press("Escape"); seen.push("search " + JSON.stringify(search.value));
press("Escape"); seen.push("deep " + crumbs());
press("ArrowRight"); seen.push("right " + heading());
press("Escape"); seen.push("rest " + heading());
const count = 8;
const each = ((performance.now() - start) / count).toFixed(0);
document.title = `KEYS ${seen.join("; ")}; ${each} ms a key, ${files.length} files`;
}
</script>
</html>
SCRIPT
browse --dump-dom "file://$keys" >"$work/dom.html"
title=$(grep -m 1 -oE '<title>KEYS [^<]*' "$work/dom.html") || fail 'the script that presses keys did not end'
for part in 'down [a-z]' 'focus search' 'found _ssl\.cpython' 'deep 2' 'search ""' 'deep 1' 'right [^;]' \
    'rest Overview'; do
    says "$title" "$part"
done
pass "the keys do what the page says: ${title#*KEYS }"

# Of an optimized module and its debug twin: what ELF says of them.
status=0
"$pystacks" compare --html "$page" "$work/optimized/$stack-libs-"*.rpm "$dist/RPMS/$arch/$stack-debug-"[0-9]*.rpm \
    >"$work/out" || status=$?
[ "$status" -eq 3 ] || fail "compare ended with $status"
text=$(shown "#search=libpython&path=/usr/lib64/lib${stack}d.so.1.0")
says "$text" 'soname'
says "$text" "lib${stack}d\.so\.1\.0"
says "$text" 'Sections that differ'
pass 'the debug libpython is shown beside its optimized twin'

if grep -nE 'https?://[^"<> ]*\.(js|css|png|svg|woff)|<(link|img|iframe)|src=|@import|url\(' "$page" | head; then
    fail 'the page asks for something from elsewhere'
fi
grep -q "default-src 'none'" "$page" || fail 'the page may fetch'
pass 'nothing is fetched'

for scheme in 0 1; do
    browse --blink-settings="preferredColorScheme=$scheme" --screenshot="$work/page-$scheme.png" "file://$page"
    [ -s "$work/page-$scheme.png" ] || fail 'no picture'
done
cmp -s "$work/page-0.png" "$work/page-1.png" && fail 'dark and light look the same'
pass "pictures of it in dark and light: $work/page-0.png, $work/page-1.png"
