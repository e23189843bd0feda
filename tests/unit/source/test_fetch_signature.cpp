#include "base/hash.hpp"
#include "catch.hpp"
#include "fake_apt.hpp"
#include "loopback_server.hpp"
#include "scene.hpp"
#include "signing_key.hpp"
#include "source/fetch.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;

namespace {

const std::string contents = "signed contents\n";
using Names = std::vector<std::string>;

const SigningKey& manager() {
    static const SigningKey key;
    return key;
}

/// x.tar.xz lies in the source folder; its signature is x.tar.xz.asc, wherever a test puts it.
struct Signed {
    Scene scene;
    LoopbackServer server;
    FakeApt apt{scene};
    Recorder recorder;
    stack::Source source;
    FetchOptions options;
    std::string signature;

    Signed() {
        scene.write("sources/x.tar.xz", contents);
        make_directories(scene / "stack");
        manager().export_to(scene / "stack/keys.asc");
        manager().sign(scene / "sources/x.tar.xz", scene / "made.asc");
        signature = read_file(scene / "made.asc");
        source.url = server.url("/x.tar.xz");
        source.sha256 = sha256(contents);
        source.signature = server.url("/x.tar.xz.asc");
        source.keyring = "keys.asc";
        options.folder = scene / "sources";
        options.progress = &recorder;
        options.host = apt.host();
    }
    Fetched fetch() { return source::fetch(source, "3.13.5", scene / "stack", options); }
    std::string error() {
        return error_of([this] { (void)fetch(); });
    }
    void expect_verified() {
        const Fetched fetched = fetch();
        CHECK(fetched.verified_by == manager().fingerprint());
        CHECK(fetched.keyring == scene / "stack/keys.asc");
        REQUIRE(fetched.signature);
        CHECK(read_file(*fetched.signature) == signature);
    }
    [[nodiscard]] Names names() const { return Scene::names(options.folder); }
};

}  // namespace

TEST_CASE("a signature is found wherever it may be") {
    Signed s;
    SECTION("in the source folder, offline") {
        s.scene.write("sources/x.tar.xz.asc", s.signature);
        s.options.network = FetchOptions::Network::offline;
        s.expect_verified();
    }
    SECTION("in another folder") {
        s.options.also_look_in = {s.scene.write("other/x.tar.xz.asc", s.signature).parent_path()};
        s.expect_verified();
        CHECK(s.names() == Names{"x.tar.xz", "x.tar.xz.asc"});
    }
    SECTION("beside stack.toml") {
        s.scene.write("stack/x.tar.xz.asc", s.signature);
        s.expect_verified();
        CHECK(s.names() == Names{"x.tar.xz", "x.tar.xz.asc"});
    }
    SECTION("at its URL, once") {
        s.server.serve("/x.tar.xz.asc", {.body = s.signature});
        s.expect_verified();
        s.expect_verified();
        CHECK(s.server.requests().size() == 1);
        CHECK(s.names() == Names{"x.tar.xz", "x.tar.xz.asc"});
    }
    SECTION("in the distribution's source package, without downloading the file again") {
        s.source.distribution = stack::DistributionSource{"python3.13", {"trixie"}};
        s.apt.add("python3.13", "3.13.5-2", "p.orig.tar.xz", contents, s.signature);
        s.expect_verified();
        CHECK(s.names() == Names{"x.tar.xz", "x.tar.xz.asc"});
        CHECK_FALSE(has(s.apt.log(), "downloaded p.orig.tar.xz\n"));
    }
    SECTION("together with the file from the source package, asked once") {
        fs::remove(s.scene / "sources/x.tar.xz");
        s.source.distribution = stack::DistributionSource{"python3.13", {"trixie"}};
        s.apt.add("python3.13", "3.13.5-2", "p.orig.tar.xz", contents, s.signature);
        s.expect_verified();
        const std::string log = s.apt.log();
        CHECK(log.find("update") == log.rfind("update"));
    }
}

TEST_CASE("an error page in the place of the signature is set aside, and the search goes on") {
    Signed s;
    s.server.serve("/x.tar.xz.asc", {.body = "<html>log in first</html>"});
    s.source.distribution = stack::DistributionSource{"python3.13", {"trixie"}};
    s.apt.add("python3.13", "3.13.5-2", "p.orig.tar.xz", contents, s.signature);
    s.expect_verified();
    CHECK(s.names() == Names{"x.tar.xz", "x.tar.xz.asc",
                             "x.tar.xz.asc.rejected-" + sha256("<html>log in first</html>").substr(0, 8)});
}

TEST_CASE("a bad signature sets file and signature aside") {
    Signed s;
    const fs::path other = s.scene.write("other.tar", "other contents");
    manager().sign(other, s.scene / "sources/x.tar.xz.asc");
    const std::string bad = read_file(s.scene / "sources/x.tar.xz.asc");
    const std::string error = s.error();
    CHECK(has(error, "cannot trust: " + (s.scene / "sources/x.tar.xz").string()));
    CHECK(has(error, "does not match the file"));
    CHECK(s.names() == Names{"x.tar.xz.asc.rejected-" + sha256(bad).substr(0, 8),
                             "x.tar.xz.rejected-" + sha256(contents).substr(0, 8)});
}

TEST_CASE("a bad signature beside stack.toml is not touched") {
    Signed s;
    const fs::path other = s.scene.write("other.tar", "other contents");
    manager().sign(other, s.scene / "stack/x.tar.xz.asc");
    CHECK(has(s.error(), "does not match the file"));
    CHECK(Scene::names(s.scene / "stack") == Names{"keys.asc", "x.tar.xz.asc"});
}

TEST_CASE("a key that is not in the keyring is an error that says what to do") {
    Signed s;
    const SigningKey stranger;
    stranger.sign(s.scene / "sources/x.tar.xz", s.scene / "sources/x.tar.xz.asc");
    const std::string error = s.error();
    CHECK(has(error, stranger.fingerprint().substr(24)));
    CHECK(has(error, (s.scene / "stack/keys.asc").string()));
    CHECK(s.names() == Names{"x.tar.xz", "x.tar.xz.asc"});
}

TEST_CASE("a signature that cannot be had is an error, unless the stack says otherwise") {
    Signed s;
    s.options.network = GENERATE(FetchOptions::Network::allowed, FetchOptions::Network::offline);
    SECTION("required") {
        const std::string error = s.error();
        CHECK(has(error, "x.tar.xz.asc cannot be had"));
        CHECK(has(error, "signature-required = false"));
        CHECK(has(error, s.options.network == FetchOptions::Network::offline ? "offline" : "404"));
        CHECK(s.names() == Names{"x.tar.xz"});
    }
    SECTION("not required") {
        s.source.signature_required = false;
        const Fetched fetched = s.fetch();
        CHECK_FALSE(fetched.signature);
        CHECK(fetched.verified_by.empty());
        CHECK(s.recorder.told("warning: x.tar.xz"));
    }
}

TEST_CASE("a bad signature is an error even where none is required") {
    Signed s;
    s.source.signature_required = false;
    const fs::path other = s.scene.write("other.tar", "other contents");
    manager().sign(other, s.scene / "sources/x.tar.xz.asc");
    CHECK(has(s.error(), "cannot trust"));
}

TEST_CASE("a missing keyring is told") {
    Signed s;
    fs::remove(s.scene / "stack/keys.asc");
    CHECK(has(s.error(), "keys.asc does not exist"));
}
