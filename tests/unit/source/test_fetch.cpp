#include "base/hash.hpp"
#include "catch.hpp"
#include "fake_apt.hpp"
#include "loopback_server.hpp"
#include "scene.hpp"
#include "source/fetch.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;

namespace {

const std::string contents(100000, 'p');

/// A stack folder, a source folder, a server with /p/x.tar.xz, and a distribution.
struct Fetching {
    Scene scene;
    LoopbackServer server;
    FakeApt apt{scene};
    Recorder recorder;
    stack::Source source;
    FetchOptions options;

    Fetching() {
        make_directories(scene / "stack");
        source.url = server.url("/p/x.tar.xz");
        source.sha256 = sha256(contents);
        options.folder = scene / "sources";
        options.progress = &recorder;
        options.host = apt.host();
    }
    Fetched fetch() { return source::fetch(source, "3.13.5", scene / "stack", options); }
    std::string error() {
        return error_of([this] { (void)fetch(); });
    }
    void with_distribution() {
        source.distribution = stack::DistributionSource{"python3.13", {"woody", "trixie"}};
        apt.add("python3.13", "3.13.5-2", "python3.13_3.13.5.orig.tar.xz", contents);
    }
    [[nodiscard]] std::vector<std::string> names() const { return Scene::names(options.folder); }
    [[nodiscard]] static std::string rejected(const std::string& text) {
        return "x.tar.xz.rejected-" + sha256(text).substr(0, 8);
    }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a right file in the source folder needs no network") {
    Fetching f;
    f.scene.write("sources/x.tar.xz", contents);
    f.options.network = GENERATE(FetchOptions::Network::allowed, FetchOptions::Network::offline);
    const Fetched fetched = f.fetch();
    CHECK(fetched.file == f.scene / "sources/x.tar.xz");
    CHECK(fetched.origin == "source folder");
    CHECK_FALSE(fetched.signature);
    CHECK(f.server.requests().empty());
    CHECK(f.apt.log().empty());
    CHECK(f.recorder.of(report::ProgressEvent::Kind::skipped).size() == 1);
}

TEST_CASE("a file is downloaded into a folder that did not exist, and found there the next time") {
    Fetching f;
    f.server.serve("/p/x.tar.xz", {.body = contents});
    CHECK(f.fetch().origin == f.source.url);
    CHECK(read_file(f.scene / "sources/x.tar.xz") == contents);
    CHECK(f.names() == Names{"x.tar.xz"});
    CHECK(f.recorder.of(report::ProgressEvent::Kind::started).size() == 1);
    CHECK(f.recorder.of(report::ProgressEvent::Kind::finished).size() == 1);
    CHECK(f.fetch().origin == "source folder");
    CHECK(f.server.requests().size() == 1);
}

TEST_CASE("a wrong file in the source folder is set aside and the search goes on") {
    Fetching f;
    f.scene.write("sources/x.tar.xz", "old release");
    f.server.serve("/p/x.tar.xz", {.body = contents});
    CHECK(f.fetch().origin == f.source.url);
    CHECK(f.names() == Names{"x.tar.xz", Fetching::rejected("old release")});
    CHECK(f.recorder.told(sha256("old release")));
    CHECK(f.recorder.told(f.source.sha256));
}

TEST_CASE("wrong bytes from the server never get the name, and the distribution is asked") {
    Fetching f;
    f.server.serve("/p/x.tar.xz", {.body = "<html>error page</html>"});
    SECTION("which has them") {
        f.with_distribution();
        CHECK(f.fetch().origin == "distribution source package python3.13 3.13.5-2 (trixie)");
        CHECK(f.names() == Names{"x.tar.xz", Fetching::rejected("<html>error page</html>")});
        CHECK(read_file(f.scene / "sources/x.tar.xz") == contents);
    }
    SECTION("which is not there either: both digests, each way, and what to do") {
        const std::string error = f.error();
        CHECK(has(error, f.source.url + ": the downloaded file has sha256 " + sha256("<html>error page</html>") +
                             ", expected " + f.source.sha256));
        // It is the file that is missing: its folder was made, where it was.
        CHECK(has(error, (f.scene / "sources/x.tar.xz").string() + ": there is no such file"));
        CHECK(has(error, "put it there: " + (f.scene / "sources/x.tar.xz").string()));
        CHECK(f.names() == Names{Fetching::rejected("<html>error page</html>")});
        CHECK(f.recorder.of(report::ProgressEvent::Kind::failed).empty());  // whoever catches the error tells it
    }
}

TEST_CASE("when the URL fails the suites are asked in order") {
    Fetching f;
    f.with_distribution();
    CHECK(f.fetch().origin == "distribution source package python3.13 3.13.5-2 (trixie)");
    CHECK(f.names() == Names{"x.tar.xz"});
}

TEST_CASE("when every way fails each is listed") {
    Fetching f;
    f.source.distribution = stack::DistributionSource{"python3.13", {"woody", "trixie"}};
    f.options.also_look_in = {f.scene.write("other/x.tar.xz", "another").parent_path()};
    const std::string error = f.error();
    CHECK(has(error, "cannot fetch: x.tar.xz"));
    CHECK(has(error, sha256("another")));
    CHECK(has(error, "the server answers 404"));
    CHECK(has(error, "python3.13 (woody)"));
    CHECK(has(error, "python3.13 (trixie): there is no such source package"));
    CHECK(has(error, f.source.sha256));
    CHECK(f.names().empty());
    CHECK(Scene::names(f.scene / "other") == Names{"x.tar.xz"});
}

TEST_CASE("offline goes nowhere") {
    Fetching f;
    f.with_distribution();
    f.server.serve("/p/x.tar.xz", {.body = contents});
    f.options.network = FetchOptions::Network::offline;
    CHECK(has(f.error(), "not asked (offline)"));
    CHECK(f.server.requests().empty());
    CHECK(f.apt.log().empty());
}

TEST_CASE("other folders are looked in, and only read") {
    Fetching f;
    f.options.also_look_in = {f.scene / "none", f.scene.write("other/x.tar.xz", contents).parent_path()};
    CHECK(f.fetch().origin == (f.scene / "other").string());
    CHECK(read_file(f.scene / "sources/x.tar.xz") == contents);
    CHECK(f.names() == Names{"x.tar.xz"});
    CHECK(f.server.requests().empty());
}

TEST_CASE("a download that was killed goes on") {
    Fetching f;
    f.server.serve("/p/x.tar.xz", {.body = contents});
    SECTION("in the middle") {
        f.scene.write("sources/x.tar.xz.part", contents.substr(0, 60000));
        (void)f.fetch();
        REQUIRE(f.server.requests().size() == 1);
        CHECK(f.server.requests()[0].range_start == 60000U);
    }
    SECTION("before the renaming") {
        f.scene.write("sources/x.tar.xz.part", contents);
        (void)f.fetch();
        CHECK(f.server.requests().empty());
    }
    SECTION("with the beginning of something else") {
        f.scene.write("sources/x.tar.xz.part", "something else");
        (void)f.fetch();
        CHECK(f.server.requests().size() == 2);
    }
    CHECK(read_file(f.scene / "sources/x.tar.xz") == contents);
    CHECK(f.names() == Names{"x.tar.xz"});
}

TEST_CASE("a connection that is cut leaves what arrived for the next run") {
    Fetching f;
    f.server.serve("/p/x.tar.xz", {.body = contents, .cut_after = 30000, .cuts = 1});
    CHECK(f.fetch().origin == f.source.url);
    CHECK(f.server.requests().size() == 2);
    CHECK(f.names() == Names{"x.tar.xz"});
}

TEST_CASE("a source without scheme is a file beside stack.toml") {
    Fetching f;
    f.source.url = "extra.txt";
    f.source.sha256.clear();
    CHECK(has(f.error(), "extra.txt"));
    const fs::path file = f.scene.write("stack/extra.txt", "text");
    CHECK(f.fetch().file == file);
    CHECK(f.fetch().origin == "beside stack.toml");
    f.source.sha256 = sha256("other text");
    CHECK(has(f.error(), sha256("text") + ", expected " + sha256("other text")));
    CHECK(Scene::names(f.scene / "stack") == Names{"extra.txt"});
    f.source.url = "../extra.txt";
    CHECK(has(f.error(), "beside stack.toml"));
}

TEST_CASE("descriptions that cannot be right are usage errors") {
    Fetching f;
    SECTION("no file name") { f.source.url = f.server.url("/p/"); }
    SECTION("dots") { f.source.url = f.server.url("/p/.."); }
    SECTION("no digest") { f.source.sha256 = ""; }
    SECTION("a short digest") { f.source.sha256 = "abc"; }
    try {
        (void)f.fetch();
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
    }
    CHECK(f.server.requests().empty());
}

TEST_CASE("a scheme that pystacks does not speak is one of the ways that failed") {
    Fetching f;
    f.source.url = "gopher://127.0.0.1/x.tar.xz";
    CHECK(has(f.error(), "gopher://127.0.0.1/x.tar.xz: "));
}
