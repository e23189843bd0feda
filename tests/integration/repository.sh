#!/usr/bin/env bash
# pystacks build --repository: a folder that dnf can install from.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start wrong 'what cannot become a repository is said before anything is built'
fake_stack stack
touch file
expect 2 "$pystacks" build ./stack --repository file
says err 'it is not a folder'
expect 2 "$pystacks" build ./stack -bc --repository repository
says err 'with -bc there are no binary packages'
expect 2 "$pystacks" build ./stack --sign nobody
says err '--repository'
expect 2 "$pystacks" build ./stack --repository repository --sign nobody@example.org
says err 'nobody@example.org'
[ ! -e dist ] || fail 'something was built'
pass

start unsigned 'the packages, with data of all that are there'
fake_stack stack
expect 0 "$pystacks" build ./stack --repository repository
says err 'repository: repository, '
names() { find "$@" -name '*.rpm' -printf '%f\n' | sort; }
[ "$(names repository)" = "$(names dist/RPMS)" ] || fail "packages: $(names repository)"
for package in repository/*.rpm; do
    cmp "$package" dist/RPMS/*/"$(basename "$package")" || fail 'another package'
    grep -q "href=\"$(basename "$package")\"" repository/repodata/primary.xml || fail "not in the data: $package"
done
[ -z "$(find repository -name '.pystacks*' -o -name '*.asc')" ] || fail 'something is left'
mv repository/fake1.0-debug-1.0-1.*.rpm repository/fake1.0-debug-0.9-1.rpm
expect 0 "$pystacks" build ./stack --repository repository
says err 'up to date'
[ "$(grep -c '<package type' repository/repodata/primary.xml)" -eq "$(names repository | wc -l)" ] || fail 'not all'
pass
