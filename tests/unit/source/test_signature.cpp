#include "catch.hpp"
#include "scene.hpp"
#include "signing_key.hpp"
#include "source/signature.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;
using signatures::Verdict;

TEST_CASE("a good signature gives the fingerprint of its key") {
    const Scene scene;
    const SigningKey key;
    const fs::path file = scene.write("release.tar", "contents");
    key.sign(file, scene / "release.tar.asc");
    const std::string form = GENERATE(as<std::string>(), "--armor", "--no-armor");
    key.export_to(scene / "keys", form);
    CHECK(key.fingerprint().size() == 40);
    CHECK(verify_signature(file, scene / "release.tar.asc", scene / "keys") == key.fingerprint());
}

TEST_CASE("what is not signed by a key of the keyring is told apart") {
    const Scene scene;
    const SigningKey key;
    const SigningKey stranger;
    const fs::path file = scene.write("release.tar", "contents");
    const fs::path signature = scene / "release.tar.asc";
    const fs::path keyring = scene / "keys";
    key.export_to(keyring);
    key.sign(file, signature);

    SECTION("another file") {
        scene.write("release.tar", "other contents");
        CHECK(check_signature(file, signature, keyring).verdict == Verdict::bad);
        const std::string error = error_of([&] { verify_signature(file, signature, keyring); });
        CHECK(has(error, file.string()));
        CHECK(has(error, key.fingerprint().substr(24)));
    }
    SECTION("a key that is not there") {
        stranger.sign(file, signature);
        const SignatureCheck check = check_signature(file, signature, keyring);
        CHECK(check.verdict == Verdict::unknown_key);
        CHECK(has(check.reason, stranger.fingerprint().substr(24)));
        CHECK(has(error_of([&] { verify_signature(file, signature, keyring); }), "new manager"));
    }
    SECTION("no signature at all") {
        for (const char* text : {"", "<html>not found</html>\n", "-----BEGIN PGP SIGNATURE-----\n\nnonsense\n"}) {
            scene.write("release.tar.asc", text);
            CHECK(check_signature(file, signature, keyring).verdict == Verdict::none);
        }
    }
    SECTION("a keyring without keys") {
        scene.write("keys", "no key\n");
        CHECK(has(error_of([&] { verify_signature(file, signature, keyring); }), keyring.string()));
        CHECK(has(error_of([&] { verify_signature(file, signature, scene / "none"); }), "none"));
    }
    SECTION("a revoked key") {
        key.revoke();
        key.export_to(keyring);
        CHECK(check_signature(file, signature, keyring).verdict == Verdict::unusable);
        CHECK(has(error_of([&] { verify_signature(file, signature, keyring); }), "evoked"));
    }
}

TEST_CASE("a bad signature beside a good one is bad") {
    const Scene scene;
    const SigningKey key;
    const SigningKey second;
    const fs::path file = scene.write("release.tar", "contents");
    const fs::path other = scene.write("other.tar", "other contents");
    key.export_to(scene / "a");
    second.export_to(scene / "b");
    const fs::path keyring = scene.write("keys", read_file(scene / "a") + read_file(scene / "b"));
    key.sign(file, scene / "good.asc", {"--no-armor"});
    second.sign(other, scene / "bad.asc");
    const fs::path both = scene.write("both.asc", read_file(scene / "good.asc") + read_file(scene / "bad.asc"));
    CHECK_FALSE(check_signature(file, both, keyring).verdict == Verdict::good);
    CHECK(verify_signature(other, scene / "bad.asc", keyring) == second.fingerprint());
}

TEST_CASE("a key that has expired since still proves what it signed") {
    const Scene scene;
    const fs::path file = scene.write("release.tar", "contents");
    const SigningKey key({"--faked-system-time", "20200101T000000"}, "seconds=1000");
    key.export_to(scene / "keys");
    key.sign(file, scene / "asc");
    CHECK(verify_signature(file, scene / "asc", scene / "keys") == key.fingerprint());
}
