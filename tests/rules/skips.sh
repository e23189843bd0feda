#!/bin/sh
# Tests that are skipped are found among ctest's results: skips.sh SOURCE-TREE FOLDER
set -eu
tree=$1
folder=$2
rm -rf "$folder"
mkdir -p "$folder"

# results NAME STATUS: ctest's results with a test that passes and one that ends with that status.
results() {
    mkdir "$folder/$1"
    cat >"$folder/$1/CTestTestfile.cmake" <<END
add_test(passes sh -c "exit 0")
add_test(other sh -c "exit $2")
set_tests_properties(other PROPERTIES SKIP_RETURN_CODE 77)
END
    ctest --test-dir "$folder/$1" --output-junit "$folder/$1.xml" >"$folder/$1.log" 2>&1
}

results none 0
"$tree/tests/none_skipped.py" "$folder/none.xml"
results one 77
if "$tree/tests/none_skipped.py" "$folder/none.xml" "$folder/one.xml" 2>"$folder/one.err"; then
    echo 'FAILED: a skipped test was not found' >&2
    exit 1
fi
grep -q '^skipped: other ' "$folder/one.err" || {
    echo "FAILED: it is not named: $(cat "$folder/one.err")" >&2
    exit 1
}
rm -rf "$folder"
