#!/usr/bin/env bash
# Two doors into the same stages: rpmbuild makes the packages that `pystacks build` makes.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start doors 'pystacks build'
fake_stack stack
expect 0 "$pystacks" build ./stack
pass

# rpmbuild_in TOPDIR ARGUMENT…: plain rpmbuild, which only has to know where pystacks and its macros are.
rpmbuild_in() {
    local topdir=$1
    shift
    rpmbuild --load "$source_tree/macros/macros.pystacks" --define "__pystacks $pystacks" --define "_topdir $topdir" \
        --nodeps "$@"
}

current='rpmbuild --rebuild of the source package: the same bytes'
expect 0 rpmbuild_in "$PWD/rebuilt" --rebuild dist/SRPMS/*.src.rpm
same_packages rebuilt/RPMS dist/RPMS
same_packages dist/RPMS rebuilt/RPMS
pass

# What rpmbuild -ba adds to binary packages is the digest of the source package beside them.
told_apart() {
    local tags='Sourcepkgid\|Cookie\|Sha1header\|Sha256header\|Sigsize\|Longsigsize\|Sigmd5'
    rpm --query --package --nosignature --xml "$1" | sed '/<rpmTag name="\('"$tags"'\)">/,/<\/rpmTag>/d'
}

current='rpmbuild -bs of the spec: the same source package'
mkdir -p spec
cp -R dist/SPECS dist/SOURCES spec/
# The program's own path is not given: rpm keeps the expanded spec in the package.
expect 0 rpmbuild --load "$source_tree/macros/macros.pystacks" --define "_topdir $PWD/spec" -bs spec/SPECS/fake1.0.spec
cmp spec/SRPMS/*.src.rpm dist/SRPMS/*.src.rpm || fail 'the source packages differ'
pass

current='rpmbuild -ba of the spec: the same but for the source package it names'
expect 0 rpmbuild_in "$PWD/spec" -ba spec/SPECS/fake1.0.spec
for package in dist/RPMS/*/*.rpm; do
    told_apart "$package" >ours
    told_apart "spec/${package#dist/}" >theirs
    cmp ours theirs || fail "$package: $(diff ours theirs | head -20)"
done
pass

current='rpmbuild --without debug_build, and the other spelling'
expect 0 rpmbuild_in "$PWD/without" --rebuild --without debug_build dist/SRPMS/*.src.rpm
expect 0 rpmbuild_in "$PWD/defined" --rebuild --define 'with_debug_build 0' dist/SRPMS/*.src.rpm
same_packages without/RPMS defined/RPMS
if ls without/RPMS/*/fake1.0-debug-1* 2>/dev/null; then fail 'there is a debug package'; fi
find without defined -name '*-debuginfo-*' -delete -o -name '*-debugsource-*' -delete
same_packages dist/RPMS without/RPMS
pass
