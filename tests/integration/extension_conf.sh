#!/usr/bin/env bash
# macros.pydebug in specs with %conf.
# What is in single quotes here is for other shells to expand.
# shellcheck disable=SC2016
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=extension_lib.sh
source "$source_tree/tests/integration/extension_lib.sh"

site=/usr/lib64/python3.13/site-packages/sample

start conf 'in a spec with %conf, it is repeated first'
fake_python "$PWD"
sample_spec plain.spec
sed -e 's|^%build|%conf\n: conf %{__python3}\necho -DCONFIGURED >flags\n%{?pydebug_conf}\n&|' \
    -e 's|\n%build|&\n: build %{__python3}\ntest -s flags|' plain.spec >sample.spec
build 0 on sample.spec "${macros[@]}"
same_steps
[ "$(tr '\n' ' ' <release)" = 'conf build ' ] || fail "$(cat release)"
files on debug >list
says list "$site/plain.cpython-313d-$arch-linux-gnu.so"
pass
