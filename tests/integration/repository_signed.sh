#!/usr/bin/env bash
# pystacks build --repository --sign, with a key that is made for it.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
for program in rpmsign gpg; do
    command -v $program >/dev/null || skip "this host has no $program"
done

start signed 'signed: the copies alone, and the data'
fake_stack stack
expect 0 "$pystacks" build ./stack -bb
mkdir -m 700 "$HOME/.gnupg"
gpg --batch --quiet --passphrase '' --quick-generate-key 'Nobody <nobody@example.org>' default default never \
    >out 2>err || fail 'no key'
sha256sum dist/RPMS/*/*.rpm >before
expect 0 "$pystacks" build ./stack -bb --repository signed --sign nobody@example.org
says err 'signed by nobody@example.org'
sha256sum --quiet --check before || fail 'the packages of the build have changed'
gpg --batch --verify signed/repodata/repomd.xml.asc signed/repodata/repomd.xml >out 2>err || fail 'a bad signature'
mkdir rpmdb
rpmkeys --dbpath "$PWD/rpmdb" --import signed/RPM-GPG-KEY >out 2>err || fail 'rpm does not take the key'
for package in signed/*.rpm; do
    rpmkeys --dbpath "$PWD/rpmdb" --checksig --verbose "$package" >out 2>err || fail "rpm does not accept $package"
    # rpm 4.18: "Signature, key ID ID: OK"; rpm 6: "signature, key fingerprint: ID: OK".
    grep -qiE 'signature, key (ID|fingerprint:) [0-9a-f]+: OK' out || fail "not signed: $package"
done
gpgconf --kill gpg-agent
pass
