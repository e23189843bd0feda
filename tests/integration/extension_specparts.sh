#!/usr/bin/env bash
# Packages that the build declares, by macros.pydebug or by the spec itself: parts of the spec, which rpm reads
# since 4.19. Much of what stands in single quotes here is for other shells to expand.
# shellcheck disable=SC2016
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=extension_lib.sh
source "$source_tree/tests/integration/extension_lib.sh"

rpm_is 4.18.90 || skip 'rpm reads parts of specs from 4.19 on'

no_modules='/^%install/,/^%{?pydebug_install}/s|^install.*||'
site=/usr/lib64/python3.13/site-packages/sample

start none 'where the build has no modules, there is no -debug package, and nothing else is missing'
fake_python "$PWD"
dynamic_spec excluded.spec
sed -i "$no_modules" excluded.spec
sed 's|^%files.*|%files|' excluded.spec >sample.spec
for spec in sample excluded; do
    build 0 none $spec.spec "${without_macros[@]}"
    build 0 on $spec.spec "${macros[@]}"
    [ "$(packages on)" = sample ] || fail "$(packages on)"
    if [ $spec = sample ]; then same_packages on/RPMS none/RPMS; else expect 0 "$pystacks" compare none/RPMS on/RPMS; fi
done
pass

start some 'of several packages, those have a -debug package that have modules'
fake_python "$PWD"
dynamic_spec sample.spec
cat >extra <<'END'
%package extra
Summary: No modules
%description extra
Words.
%{?pydebug_package:%pydebug_package -d -n sample-extra -m **/none*}
%files extra
END
sed -i -e '/pydebug_package/r extra' -e 's|package -d}|package -d -n sample -m **/sample/*}|' sample.spec
build 0 on sample.spec "${macros[@]}"
[ "$(packages on)" = $'sample\nsample-debug\nsample-extra' ] || fail "$(packages on)"
pass

start own 'packages that the spec itself declares while it builds are declared once'
fake_python "$PWD"
sample_spec plain.spec
cat >parts <<'END'
(printf '%%s\n' '%%package more' 'Summary: More' '%%description more' 'Words.'; echo '%%files more') \
    >>%{specpartsdir}/more.specpart
(echo '%%package least'; printf '%%s\n' 'Summary: Least' '%%description least' 'Words.' '%%files least') \
    >>"$RPM_SPECPARTS_DIR"/least.specpart
END
sed -e '/^touch %{buildroot}/r parts' plain.spec >sample.spec
build 0 on sample.spec "${macros[@]}"
[ "$(packages on)" = $'sample\nsample-debug\nsample-least\nsample-more' ] || fail "$(packages on)"
pass

start debuginfo 'debug information of such a package goes into the same -debuginfo packages'
fake_python "$PWD"
sample_spec static.spec
dynamic_spec dynamic.spec
for spec in static dynamic; do
    expect 0 rpmbuild -bb --nodeps --define "_topdir $PWD/top" --define "_rpmdir $PWD/$spec/RPMS" \
        --define "__python3 $PWD/bin/python3.13" --define '_enable_debug_packages 1' \
        --define '_debuginfo_subpackages 1' \
        --define '_debugsource_packages 1' "${macros[@]}" $spec.spec
done
packages static >static.list
packages dynamic | cmp - static.list || fail "$(packages dynamic)"
if grep -qx sample-debug-debuginfo static.list; then
    for each in dynamic static; do
        rpm --query --list --package $each/RPMS/"$arch"/sample-debug-debuginfo-*.rpm >$each.list
    done
    says dynamic.list "$site/plain.cpython-313d-$arch-linux-gnu.so"
else
    echo 'this rpm makes no -debuginfo packages of its own accord'
fi
pass
