#!/usr/bin/env bash
# Builds an extension package of each form of spec by `pystacks extension build`: extension_build.sh STACK FOLDER, STACK
# being the folder with the packages of python3.13.
set -euo pipefail

stack=$1
folder=$2
rm -rf "$folder"
"$(dirname "$0")/extension_specs.sh" "$folder/specs"
read -ra forms <"$folder/specs/forms"
for form in "${forms[@]}"; do
    pystacks extension build "$folder/specs/$form.spec" --stack "$stack" --sources "$folder/specs" --unaffected \
        --output "$folder/$form" || { echo "FAILED: $form" >&2 && exit 1; }
done
