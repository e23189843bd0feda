#!/usr/bin/env bash
# A package that the build declares, with any rpm. What only newer ones can do with it: extension_specparts.sh.
# Much of what stands in single quotes here is for other shells to expand.
# shellcheck disable=SC2016
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=extension_lib.sh
source "$source_tree/tests/integration/extension_lib.sh"

no_modules='/^%install/,/^%{?pydebug_install}/s|^install.*||'

start same 'a package that the build declares is the one that the spec would have declared'
fake_python "$PWD"
sample_spec static.spec
dynamic_spec dynamic.spec
build 0 static static.spec "${macros[@]}"
build 0 dynamic dynamic.spec "${macros[@]}"
[ "$(packages dynamic)" = $'sample\nsample-debug' ] || fail "$(packages dynamic)"
same_packages dynamic/RPMS static/RPMS
expect 0 rpmspec --query --queryformat '%{name}\n' "${macros[@]}" --define "__python3 $PWD/bin/python3.13" dynamic.spec
if rpm_is 4.18.90; then says_not out sample-debug; else says out sample-debug; fi
pass

if ! rpm_is 4.18.90; then
    start without 'an rpm that reads no parts of specs makes a package without files where there are no modules'
    fake_python "$PWD"
    dynamic_spec sample.spec
    sed -i "$no_modules" sample.spec
    build 0 on sample.spec "${macros[@]}"
    [ "$(packages on)" = $'sample\nsample-debug' ] || fail "$(packages on)"
    expect 0 rpm --query --list --package on/RPMS/"$arch"/sample-debug-*.rpm
    says out '(contains no files)'
    pass
fi
