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
[ "$(stat -c %a fast.spec)" = 640 ] || fail 'the permissions changed'
cp fast.spec once.spec
expect 0 "$pystacks" extension add --in-place fast.spec
says err 'nothing to do'
cmp fast.spec once.spec || fail 'the second time changed something'
expect 0 "$pystacks" extension remove --in-place fast.spec
cmp fast.spec before.spec || fail 'not the original bytes'
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
says err 'would take debug modules in'
pass

start refuse 'a refusal names the line, the reason and a way out'
module_spec fast.spec
sed -i 's/^%build/%build\n%global optflags %{optflags} -g/' fast.spec
cp fast.spec before.spec
expect 1 "$pystacks" extension add --in-place fast.spec
says err 'fast.spec:22'
says err 'defines a macro'
says err 'define the macro in the preamble'
cmp fast.spec before.spec || fail 'a refused spec was changed'
expect 2 "$pystacks" extension add
expect 2 "$pystacks" extension add missing.spec
pass

start none 'a package without modules is left alone'
module_spec fast.spec
sed -i 's/^BuildRequires: .*/BuildArch: noarch/; /_fast/d' fast.spec
expect 0 "$pystacks" extension add fast.spec
says err 'no compiled Python modules'
cmp out fast.spec || fail 'it was changed'
pass

start survey 'a folder, as a table and as JSON'
mkdir -p specs/deeper
module_spec specs/fast.spec
module_spec specs/deeper/refused.spec
sed -i 's/^%build/%include more\n%build/' specs/deeper/refused.spec
expect 0 "$pystacks" extension survey specs
says out 'py3_build           1        1              0'
says out 'included-text'
expect 0 "$pystacks" extension survey --json specs
python3 -c 'import json; specs = json.load(open("out"))["specs"]
assert [each["outcome"] for each in specs] == ["refused", "added"], specs
assert specs[0]["refusals"][0]["reason"] == "included-text"' || fail 'the JSON'
mkdir empty
expect 2 "$pystacks" extension survey empty
pass
