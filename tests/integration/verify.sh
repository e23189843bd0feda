#!/usr/bin/env bash
# pystacks verify: what it says to wrong calls, and its comparisons of builds. The test plan itself needs a real
# interpreter, and has a slow test.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start usage 'wrong calls are told what is wrong'
mkdir empty
expect 2 "$pystacks" verify
says err 'PACKAGES is required'
expect 2 "$pystacks" verify ./nowhere
says err 'there is no such file or folder'
expect 2 "$pystacks" verify ./empty
says err 'there is no package in it'
expect 2 "$pystacks" verify --unaffected ./empty
says err 'it takes two folders'
expect 2 "$pystacks" verify --reproducible a b
says err 'it takes one stack'
echo 'no package' >bad.rpm
expect 2 "$pystacks" verify bad.rpm
says err 'bad.rpm'
pass

start builds 'two builds under unlike circumstances give the same bytes'
fake_stack stack
expect 0 "$pystacks" verify --reproducible ./stack --work twice -j 2
says out 'passed       reproducible.fake1.0-debug '
says out 'passed       reproducible.fake1.0.src '
says out ' 0 failed'
pass

current='one byte that differs is named'
package=$(echo twice/first/RPMS/*/fake1.0-libs-1.0-*.rpm)
cp -r twice/first/RPMS changed
printf x >>"changed/${package#twice/first/RPMS/}"
cp -r twice/second/in-a-longer-folder/RPMS without
expect 2 "$pystacks" verify --unaffected changed without
says err 'there is a -debug package in it'
rm without/*/fake1.0-debug-1.0-*.rpm
expect 1 "$pystacks" verify --unaffected changed without
says out 'failed       unaffected.fake1.0-libs '
says out 'passed       unaffected.fake1.0-devel '
pass
