#!/usr/bin/env bash
# The pages of verify, compare and survey in a real browser at a phone's width: none is wider than the window, names can
# be read whole, and the arrow keys work as soon as the page is there.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    fail "no chromium: setup/host.sh slow installs it"
work=$folder/narrow
rm -rf "$work"
mkdir -p "$work/home" "$work/specs" "$work/a" "$work/b"
cd "$work"

# ---- the pages, of small inputs with long names ----------------------------------------------------------------------
path=usr/lib64/python3.13/site-packages/a_package_with_a_long_name/a_module.cpython-313-x86_64-linux-gnu.so
for side in a b; do
    mkdir -p "$side/${path%/*}"
    echo $side >"$side/$path"
done
"$pystacks" compare a b --html compare.html >compare.out || [ $? -eq 3 ] || fail compare

# package TOPDIR DEBUG: sample, and sample-debug if DEBUG is 1.
package() {
    cat >sample.spec <<SPEC
Name: sample
Version: 1
Release: 1
Summary: A package with a file whose name is long
License: MIT
BuildArch: noarch
%description
Words.
%if $2
%package debug
Summary: Its debug build
Provides: pystacks(configuration:debug) pystacks(variant-of:optimized) pystacks(suffix:d) pystacks(trait:debug)
%description debug
Words.
%files debug
%endif
%install
mkdir -p %{buildroot}/$(dirname "$path")
echo $2 >%{buildroot}/$path
%files
/$path
SPEC
    rpmbuild -bb --quiet --define "_topdir $PWD/$1" sample.spec >log 2>&1 || fail "$(cat log)"
}
package with 1
package without 0
"$pystacks" verify --unaffected with/RPMS without/RPMS --html verify.html >verify.out && fail 'they do not differ'

for name in a-spec-with-a-name-that-is-long-enough-to-need-two-lines another; do
    printf 'Name: %s\nVersion: 1\nRelease: 1\nSummary: Words\nLicense: MIT\nBuildRequires: gcc python3-devel\n' \
        "$name" >"specs/$name.spec"
    printf '%%description\nWords.\n%%build\n%%py3_build\n%%install\n%%py3_install\n%%files\n%%{python3_sitearch}/*\n' \
        >>"specs/$name.spec"
done
"$pystacks" extension survey specs --html survey.html >survey.out || fail survey

# ---- what a browser makes of them ------------------------------------------------------------------------------------
# A window of a browser cannot be that narrow; a frame can. The title says what was measured.
measure() {
    cat >frame.html <<HTML
<body><iframe id="page" src="$1" width="400" height="900" style="border: 0"></iframe>
<script>
onload = () => setTimeout(() => {
  const inner = document.getElementById("page").contentDocument;
  const press = (key) => inner.activeElement.dispatchEvent(
    new inner.defaultView.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const paths = [...inner.querySelectorAll(".row .path")];
  const cut = paths.filter((each) => each.scrollHeight > each.clientHeight || each.scrollWidth > each.clientWidth);
  press("ArrowDown");
  const chosen = inner.querySelector(".row[aria-selected=true]");
  document.title = "MEASURED width " + inner.documentElement.scrollWidth + " paths " + paths.length +
    " cut " + cut.length + " chosen " + (chosen ? "yes" : "no") +
    " red " + [...inner.querySelectorAll(".failed")].filter((each) => each.textContent.startsWith("0")).length;
}, 500);
</script>
HTML
    HOME=$work/home timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
        --allow-file-access-from-files --virtual-time-budget=20000 --window-size=520,1000 --dump-dom \
        "file://$work/frame.html" 2>browser.log | grep -m 1 -oE 'MEASURED [^<]*' ||
        fail "the browser ended: $(tail browser.log)"
}

for page in verify compare survey; do
    found=$(measure $page.html)
    width=$(sed -E 's/.*width ([0-9]+).*/\1/' <<<"$found")
    [ "$width" -le 400 ] || fail "$page.html is $width pixels wide"
    [[ $found == *'red 0'* ]] || fail "$page.html shows 0 failed in red"
    if [ $page = verify ]; then continue; fi
    [[ $found == *'cut 0'* && $found != *'paths 0'* ]] || fail "$page.html cuts names: $found"
    [[ $found == *'chosen yes'* ]] || fail "the arrow keys do nothing in $page.html: $found"
done
pass 'the pages can be read at 400 pixels, and the arrow keys work at once'
