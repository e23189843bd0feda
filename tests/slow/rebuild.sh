#!/usr/bin/env bash
# Plain rpmbuild on the source package gives the same bytes, in another folder, with another number of jobs.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

topdir=$folder/rebuild/elsewhere
rm -rf "$folder/rebuild"
mkdir -p "$topdir"
# The macros are not installed on a machine that only runs the tests: load them, and name the program.
rpmbuild --rebuild --nodeps \
    --load "$project/macros/macros.pystacks" \
    --define "_topdir $topdir" --define "__pystacks $pystacks" --define '_smp_build_ncpus 3' \
    "$dist"/SRPMS/*.src.rpm >"$folder/rebuild.log" 2>&1 ||
    { tail -40 "$folder/rebuild.log"; fail "rpmbuild --rebuild"; }
same_packages "$dist/RPMS" "$topdir/RPMS"
