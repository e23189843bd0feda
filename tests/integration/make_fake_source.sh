#!/bin/sh
# make_fake_source.sh DIR: makes the fake interpreter's stack in DIR: stack.toml with its checksum, the files beside it,
# and fake-1.0.tar.gz. The archive has the same bytes wherever and whenever it is made.
set -eu

if [ $# -ne 1 ]; then
    echo "usage: make_fake_source.sh DIR" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
target=$1
mkdir -p "$target"
target=$(cd "$target" && pwd)

cp -R "$here/fake-python/stack/." "$target/"
tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' --mtime=@1700000000 \
    --transform='s,^\./,fake-1.0/,;s,^\.$,fake-1.0,' -C "$here/fake-python/source" -cf "$target/fake-1.0.tar" .
gzip -9 -n -f "$target/fake-1.0.tar"
checksum=$(sha256sum "$target/fake-1.0.tar.gz" | cut -d' ' -f1)
sed "s/@SHA256@/$checksum/" "$here/fake-python/stack/stack.toml" >"$target/stack.toml"
