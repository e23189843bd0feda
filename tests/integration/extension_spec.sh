#!/usr/bin/env bash
# pystacks extension add, remove, survey: specs in, specs out, and what rpm reads in them.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start add 'the spec goes to stdout, and rpm reads both packages'
module_spec fast.spec
cp fast.spec before.spec
expect 0 "$pystacks" extension add fast.spec
cmp fast.spec before.spec || fail 'the file was changed'
cp out changed.spec
says changed.spec '%{?pydebug_package:%pydebug_package -n python3-fast}'
says changed.spec '%files -n python3-fast %{?pydebug_exclusions}'
query=(rpmspec --query --queryformat '%{name}\n' --load="$source_tree/macros/macros.pydebug-compat")
expect 0 "${query[@]}" --load="$source_tree/macros/macros.pydebug" \
    --define "_pydebug_luadir $source_tree/lua" \
    --define "pydebug_specfile $PWD/changed.spec" changed.spec
says out 'python3-fast-debug'
expect 0 "${query[@]}" "${without_macros[@]}" changed.spec
says_not out 'debug'
pass

start again 'in place, twice, and back'
module_spec fast.spec
cp fast.spec before.spec
chmod 0640 fast.spec
expect 0 "$pystacks" extension add --in-place fast.spec
says err 'added to fast.spec'
says err 'python3-fast'
[ "$(stat -c %a fast.spec)" = 640 ] || fail 'the permissions changed'
cp fast.spec once.spec
expect 0 "$pystacks" extension add --in-place fast.spec
says err 'nothing to do'
cmp fast.spec once.spec || fail 'the second time changed something'
expect 0 "$pystacks" extension remove --in-place fast.spec
cmp fast.spec before.spec || fail 'not the original bytes'
says err 'removed from fast.spec'
expect 0 "$pystacks" extension remove fast.spec
says err 'nothing to do'
cmp out before.spec || fail 'not the original bytes on stdout'
pass

start beside 'a spec may lie where temporary files do, in a folder for its owner alone too'
module_spec fast.spec
mkdir -m 700 private
expect 0 env TMPDIR="$PWD" "$pystacks" extension add fast.spec
says_not err 'not proved'
expect 0 env TMPDIR="$PWD/private" "$pystacks" extension add fast.spec
says_not err 'not proved'
pass

start explain 'what was seen, with lines'
module_spec fast.spec
expect 0 "$pystacks" extension add --explain fast.spec
says err 'class py3_build'
says err 'line 7: compiles: gcc'
says err 'would include debug modules'
pass

start refuse 'a refusal names the line, the reason and a way out'
module_spec fast.spec
sed -i 's/^%build/%build\n%global parts %{?parts} more/' fast.spec
cp fast.spec before.spec
expect 1 "$pystacks" extension add --in-place fast.spec
says err 'fast.spec:22'
says err 'defines a macro'
says err 'define the macro in the preamble'
cmp fast.spec before.spec || fail 'a refused spec was changed'
expect 2 "$pystacks" extension add
expect 2 "$pystacks" extension add missing.spec
says_not err 'more reason'
sed -i 's/^%install/%include more.inc\n%include most.inc\n%install/' fast.spec
expect 1 "$pystacks" extension add fast.spec
says err '1 more reason refuses it; pystacks extension add --explain lists it'
pass

start none 'a package without modules is left alone'
module_spec fast.spec
sed -i 's/^BuildRequires: .*/BuildArch: noarch/; /_fast/d' fast.spec
expect 0 "$pystacks" extension add fast.spec
says err 'no compiled Python modules'
cmp out fast.spec || fail 'it was changed'
touch -d 2001-01-01 fast.spec
expect 0 "$pystacks" extension add --in-place fast.spec
[ "$(stat -c %Y fast.spec)" = "$(date -d 2001-01-01 +%s)" ] || fail 'it was written though there was nothing to do'
pass

start survey 'a folder, as a table and as JSON'
mkdir -p specs/deeper
module_spec specs/fast.spec
module_spec specs/deeper/refused.spec
sed -i 's/^%build/%include more\n%build/' specs/deeper/refused.spec
expect 0 "$pystacks" extension survey specs
says out 'py3_build           1        1            0              0'
says out 'included-text'
says out 'of 2 specs that have compiled modules, 50.0 % are added'
expect 0 "$pystacks" extension survey --json specs
python3 -c 'import json; specs = json.load(open("out"))["specs"]
assert [each["outcome"] for each in specs] == ["refused", "added"], specs
assert specs[0]["refusals"][0]["reason"] == "included-text"' || fail 'the JSON'
mkdir empty
expect 2 "$pystacks" extension survey empty
pass

start unclear 'the survey counts what it cannot tell apart from what has no modules'
mkdir specs
module_spec specs/fast.spec
module_spec specs/listed.spec
sed -i 's/^%files.*/& -f INSTALLED_FILES/; /python3_sitearch/d' specs/listed.spec
module_spec specs/pure.spec
sed -i 's/^BuildRequires: .*/BuildArch: noarch/; /_fast/d' specs/pure.spec
module_spec specs/of-pld.spec
sed -i 's/%{python3_sitearch}/%{py3_sitedir}/' specs/of-pld.spec
expect 0 "$pystacks" extension survey specs
says out 'all                 2        0            1              1'
says out 'of 1 more, the text does not tell whether they have any'
says out '     1  PLD Linux'
expect 1 "$pystacks" extension add specs/listed.spec
says err 'INSTALLED_FILES'
expect 0 "$pystacks" extension survey --json specs
python3 -c 'import json; data = json.load(open("out"))
assert data["counts"] == {"added": 2, "refused": 0, "cannot tell": 1, "nothing to do": 1}, data["counts"]
assert [each["modules"] for each in data["specs"]] == ["some", "cannot tell", "some", "none"], data["specs"]
assert data["specs"][2]["distribution"] == "PLD Linux"' || fail 'the JSON'
expect 0 "$pystacks" extension survey --html - specs
says out '"cannot tell"'
says_not out 'proved by rpm'
[ ! -e ./- ] || fail 'a file called -'
expect 2 "$pystacks" extension survey --json --html - specs
pass

start links 'links to specs are counted once, and what is left out is named'
mkdir specs
module_spec specs/fast.spec
module_spec other.spec
ln -s ../other.spec specs/other.spec
ln -s fast.spec specs/again.spec
ln -s nowhere specs/broken.spec
expect 0 "$pystacks" extension survey specs
says out 'all                 2        0            0              0'
says err 'not counted: again.spec: it is a link to a spec that is counted already'
says err 'not counted: broken.spec: it is a link to nothing'
pass

start not_a_spec 'a file that is not a spec is an error that says what it is'
printf '\355\253\356\333\003\000' >fast.rpm
printf '\n \n' >empty.spec
printf 'hello\n' >text.spec
printf 'Name: a\0b\n' >binary.spec
for command in add remove; do
    expect 2 "$pystacks" extension "$command" fast.rpm
    says err 'it is an RPM package'
    [ ! -s out ] || fail 'bytes on standard output'
    expect 2 "$pystacks" extension "$command" empty.spec
    says err 'the file is empty'
    expect 2 "$pystacks" extension "$command" text.spec
    expect 2 "$pystacks" extension "$command" --in-place binary.spec
done
pass

start unreadable 'what is not text that rpm reads is refused at once, with the reason'
mkfifo pipe.spec
module_spec fast.spec
for command in add remove; do
    expect 2 timeout 20 "$pystacks" extension "$command" pipe.spec
    says err 'it is not a regular file'
    tr '\n' '\r' <fast.spec >old-mac.spec
    expect 2 "$pystacks" extension "$command" old-mac.spec
    says err 'its lines end with CR alone'
    { printf '\357\273\277' && cat fast.spec; } >mark.spec
    expect 2 "$pystacks" extension "$command" mark.spec
    says err 'it begins with a byte order mark'
done
expect 2 timeout 20 "$pystacks" extension build pipe.spec --stack .
sed 's/^%description$/%global text %{expand:\n&/' fast.spec >open.spec
expect 1 "$pystacks" extension add open.spec
says err 'open.spec:'
says err '%global text %{expand:'
pass

start not_read 'a survey with a spec that cannot be read says so, and exits with 1'
mkdir specs
module_spec specs/fast.spec
ln -s /proc/self/mem specs/odd.spec
expect 1 "$pystacks" extension survey specs
says out 'all                 1        0            0              0'
says err 'not counted: odd.spec: '
expect 1 "$pystacks" extension survey --json specs
says out '"cannot tell": 0'
pass

start slow 'rpm is given a limit, and the message says what took too long'
module_spec fast.spec
sed 's/^License:.*/&\n%global wait %(sleep 300)/' fast.spec >slow.spec
expect 4 "$pystacks" extension add slow.spec
says err 'rpmspec had not read the original after 20 s'
says out 'pydebug_build'
sed 's/^License:.*/&\n%global many %(yes | head -c 40000000)\nURL: %{many}/' fast.spec >large.spec
expect 4 "$pystacks" extension add large.spec
says err 'not proved by rpm, so only the text was checked: '
says_not err 'checked: $'
pass

start copy 'messages name the spec, not the copy that rpm reads'
module_spec fast.spec
sed 's/^License:.*/&\n%define itself %{itself}\nURL: %{itself}/' fast.spec >self.spec
expect 4 "$pystacks" extension add self.spec
says err 'self.spec'
says_not err 'changed.spec'
pass

start long 'thousands of definitions and of uses of a folder are read in linear time'
module_spec fast.spec
awk '{print} /^%build/ {for (i = 0; i < 3000; ++i) print "%global x" i " " i}' fast.spec >definitions.spec
expect 0 "$pystacks" extension add definitions.spec
says_not err 'not proved'
printf '#!/bin/sh\necho started >>"%s/starts"\necho /usr/lib64/python3/site-packages\n' "$PWD" >counting
chmod +x counting
awk '{print} /^%files/ {for (i = 0; i < 3000; ++i) print "%{python3_sitearch}/fast/m" i ".so"}' fast.spec >folders.spec
expect 0 rpmspec --parse --load="$source_tree/macros/macros.pydebug-compat" --define "__python3 $PWD/counting" \
    folders.spec
says out '/usr/lib64/python3/site-packages/fast/m2999.so'
[ "$(wc -l <starts)" -le 1 ] || fail "the interpreter was started $(wc -l <starts) times"
pass

start words 'tags and sections are read as rpm reads them'
module_spec fast.spec
sed -i 's/^BuildRequires:/buildrequires :/; s/^%build/%BUILD/; s/^Name:/NAME:/' fast.spec
expect 0 "$pystacks" extension add fast.spec
says out '%{?pydebug_package:'
pass
