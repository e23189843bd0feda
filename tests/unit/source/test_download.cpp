#include "catch.hpp"
#include "loopback_server.hpp"
#include "scene.hpp"
#include "source/download.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;

namespace {

std::string long_text() {
    std::string text;
    for (int i = 0; i < 40000; ++i) text += std::to_string(i) + "\n";
    return text;
}

}  // namespace

TEST_CASE("a file is downloaded, with progress in bytes and the program's name") {
    const Scene scene;
    LoopbackServer server;
    Recorder recorder;
    const std::string text = long_text();
    server.serve("/f", {.body = text});
    download(server.url("/f"), scene / "f.part", &recorder);
    CHECK(read_file(scene / "f.part") == text);
    REQUIRE(server.requests().size() == 1);
    CHECK(server.requests()[0].user_agent.starts_with("pystacks/"));
    const auto events = recorder.of(report::ProgressEvent::Kind::advanced);
    REQUIRE_FALSE(events.empty());
    CHECK(events.back().done == text.size());
    CHECK(events.back().total == text.size());
    CHECK(events.back().phase == "fetch");
    CHECK(events.back().lane == "stack");
}

TEST_CASE("a lost connection is taken up where it was lost") {
    const Scene scene;
    LoopbackServer server;
    const std::string text = long_text();
    server.serve("/f", {.body = text, .cut_after = text.size() / 4, .cuts = 2});
    download(server.url("/f"), scene / "f.part", nullptr);
    CHECK(read_file(scene / "f.part") == text);
    REQUIRE(server.requests().size() == 3);
    CHECK(server.requests()[1].range_start == text.size() / 4);
    CHECK(server.requests()[2].range_start == text.size() / 4 * 2);
}

TEST_CASE("what an earlier run left is gone on with") {
    const Scene scene;
    LoopbackServer server;
    const std::string text = long_text();
    scene.write("f.part", text.substr(0, 1000));
    const bool resumes = GENERATE(true, false);
    server.serve("/f", {.body = text, .resumes = resumes});
    download(server.url("/f"), scene / "f.part", nullptr);
    CHECK(read_file(scene / "f.part") == text);
    CHECK(server.requests()[0].range_start == 1000U);
}

TEST_CASE("a partial file that is longer than the whole is started anew") {
    const Scene scene;
    LoopbackServer server;
    scene.write("f.part", std::string(100, 'x'));
    server.serve("/f", {.body = "short"});
    download(server.url("/f"), scene / "f.part", nullptr);
    CHECK(read_file(scene / "f.part") == "short");
}

TEST_CASE("a server that never gets on is given up, and what arrived stays") {
    const Scene scene;
    LoopbackServer server;
    const std::string text = long_text();
    SECTION("it always stops at the same byte") {
        server.serve("/f", {.body = text, .resumes = false, .cut_after = 1000, .cuts = 1000});
        const std::string error = error_of([&] { download(server.url("/f"), scene / "f.part", nullptr); });
        CHECK(has(error, server.url("/f")));
        CHECK(read_file(scene / "f.part") == text.substr(0, 1000));
    }
    SECTION("it says nothing") {
        server.serve("/f", {.body = text, .cut_after = 0, .cuts = 1000});
        CHECK_FALSE(error_of([&] { download(server.url("/f"), scene / "f.part", nullptr); }).empty());
    }
    CHECK(server.requests().size() < 10);
}

TEST_CASE("answers that are no file are errors with the status") {
    const Scene scene;
    LoopbackServer server;
    const int status = GENERATE(403, 404, 500, 503);
    server.serve("/f", {.body = "sorry", .status = status});
    const std::string error = error_of([&] { download(server.url("/f"), scene / "f.part", nullptr); });
    CHECK(has(error, server.url("/f")));
    CHECK(has(error, "the server answers " + std::to_string(status)));
    CHECK(fs::file_size(scene / "f.part") == 0);
}

TEST_CASE("redirects are followed to http and nowhere else") {
    const Scene scene;
    LoopbackServer server;
    server.serve("/there", {.body = "text"});
    server.serve("/ok", {.body = "", .status = 302, .location = "/there"});
    download(server.url("/ok"), scene / "f.part", nullptr);
    CHECK(read_file(scene / "f.part") == "text");

    scene.write("secret", "of the host");
    server.serve("/evil", {.body = "", .status = 302, .location = "file://" + (scene / "secret").string()});
    CHECK_FALSE(error_of([&] { download(server.url("/evil"), scene / "g.part", nullptr); }).empty());
    CHECK(fs::file_size(scene / "g.part") == 0);
    CHECK_FALSE(
        error_of([&] { download("file://" + (scene / "secret").string(), scene / "h.part", nullptr); }).empty());

    server.serve("/loop", {.body = "", .status = 302, .location = "/loop"});
    CHECK_FALSE(error_of([&] { download(server.url("/loop"), scene / "i.part", nullptr); }).empty());
}

TEST_CASE("the proxy of the environment is asked") {
    const Scene scene;
    LoopbackServer proxy;
    const Environment proxied("http_proxy", proxy.url(""));
    const Environment direct("no_proxy", "");
    proxy.serve("http://pystacks.invalid/f", {.body = "through the proxy"});
    download("http://pystacks.invalid/f", scene / "f.part", nullptr);
    CHECK(read_file(scene / "f.part") == "through the proxy");
}

TEST_CASE("what has a scheme is a URL") {
    CHECK(has_scheme("https://example.org/x"));
    CHECK(has_scheme("ftp://example.org/x"));
    CHECK_FALSE(has_scheme("release.tar.gz"));
    CHECK_FALSE(has_scheme("folder/a:b"));
    CHECK_FALSE(has_scheme(":x"));
    CHECK_FALSE(has_scheme(""));
}
