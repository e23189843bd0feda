#!/usr/bin/env bash
# Builds an extension package of each form of spec that this rpm knows, by plain rpmbuild, where the stack python3.13 is
# installed and pystacks is (inside.sh runs it in a scratch root): extension_forms.sh FOLDER.
set -euo pipefail

folder=$1
here=$(dirname "$0")
arch=$(rpm --eval '%{_arch}')
rm -rf "$folder"
"$here/extension_specs.sh" "$folder"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# build OUTPUT FORM OPTION…
build() {
    local output=$1 form=$2
    shift 2
    rpmbuild -bb --nodeps --define "_topdir $folder/top" --define "_sourcedir $folder" \
        --define "_rpmdir $folder/$output" --define 'use_source_date_epoch_as_buildtime 1' \
        --define 'clamp_mtime_to_source_date_epoch 1' --define 'build_mtime_policy clamp_to_source_date_epoch' \
        --define 'source_date_epoch_from_changelog 0' --define '_buildhost localhost' "$@" "$folder/$form.spec" \
        >"$folder/$output-$form.log" 2>&1 || {
        tail -n 40 "$folder/$output-$form.log" >&2
        fail "$form, $output"
    }
}

export SOURCE_DATE_EPOCH=1700000000
read -ra forms <"$folder/forms"
for form in "${forms[@]}"; do
    build on "$form"
    build off "$form" --without debug_build
    cmp "$folder/on/$arch/$form-1.0-1.$arch.rpm" "$folder/off/$arch/$form-1.0-1.$arch.rpm" ||
        fail "$form: the release package knows of the debug build"
    rpm --install --nodeps --nosignature "$folder/on/$arch/$form"-*.rpm
    for python in python3.13 python3.13-debug; do
        (cd / && "$python" -c 'import spam, sys, sysconfig
assert spam.answer() == 42 and spam.__file__.endswith(sysconfig.get_config_var("EXT_SUFFIX")), spam.__file__
print("ok:", sys.argv[1], spam.__file__)' "$form") || fail "$form: $python"
    done
    rpm --erase --nodeps "$form" "$form-debug"
done
pystacks extension check "$folder/on"
