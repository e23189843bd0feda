#include <archive_entry.h>

#include "archive_builder.hpp"
#include "catch.hpp"
#include "scene.hpp"
#include "source/archive.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;
using Kind = ArchiveBuilder::Kind;

namespace {

/// Unpacks into out/ and checks that the refusal names archive and member, and that nothing was written anywhere.
std::string refusal(const Scene& scene, ArchiveBuilder& builder, const std::string& member) {
    const fs::path archive = builder.close();
    scene.write("outside/precious", "untouched");
    const std::string error = error_of([&] { unpack(archive, scene / "out"); });
    CHECK(has(error, archive.string() + ": member \"" + member + "\""));
    CHECK(Scene::names(scene / "") == std::vector<std::string>{archive.filename(), "outside"});
    CHECK(Scene::names(scene / "outside") == std::vector<std::string>{"precious"});
    CHECK(read_file(scene / "outside/precious") == "untouched");
    return error;
}

}  // namespace

TEST_CASE("names that lead out are refused") {
    const Scene scene;
    const Kind kind = GENERATE(Kind::tar_xz, Kind::zip, Kind::cpio);
    const std::string name = GENERATE(as<std::string>(), "../outside/new", "ok/../../outside/new", "a/..", "..");
    ArchiveBuilder builder(scene / "evil", kind);
    builder.file("ok/file", "x").file(name, "evil");
    CHECK(has(refusal(scene, builder, name), "\"..\""));
}

TEST_CASE("absolute names are refused") {
    const Scene scene;
    const Kind kind = GENERATE(Kind::tar, Kind::zip);
    const std::string name = (scene / "outside/new").string();
    ArchiveBuilder builder(scene / "evil", kind);
    builder.file(name, "evil");
    CHECK(has(refusal(scene, builder, name), "absolute"));
}

TEST_CASE("symbolic links that lead out are refused") {
    const Scene scene;
    const std::string target =
        GENERATE(as<std::string>(), "/etc", "../outside", "../../outside", "sub/../../../outside", "..//../outside");
    ArchiveBuilder builder(scene / "evil", Kind::tar);
    builder.directory("top/sub").symlink("top/link", target == "../outside" ? "../../outside" : target);
    CHECK(has(refusal(scene, builder, "top/link"), "link"));
}

TEST_CASE("symbolic links that lead out by way of other links are refused") {
    const Scene scene;
    // deep -> a/b/c, then deep/../../../.. is one folder above the target, although it has only as many ".." as names.
    ArchiveBuilder builder(scene / "evil", Kind::tar);
    builder.directory("a/b").symlink("short", "a/b").symlink("link", "a/b/../../short/../../../outside");
    refusal(scene, builder, "link");
}

TEST_CASE("a link that becomes a way out through a later one is refused") {
    const Scene scene;
    ArchiveBuilder builder(scene / "evil", Kind::tar);
    builder.directory("a/b/c").symlink("a/b/c/up", "x/../../..").directory("y").symlink("a/b/c/x", "../../../y");
    refusal(scene, builder, "a/b/c/up");
}

TEST_CASE("links in a circle are refused, not followed for ever") {
    const Scene scene;
    ArchiveBuilder builder(scene / "evil", Kind::tar);
    builder.symlink("one", "two").symlink("two", "one");
    refusal(scene, builder, "two");
}

TEST_CASE("members that go through a link are refused") {
    const Scene scene;
    ArchiveBuilder builder(scene / "evil", Kind::tar);
    SECTION("a file below a link to a folder") { builder.directory("d").symlink("l", "d").file("l/new", "evil"); }
    SECTION("a folder below one") { builder.directory("d").symlink("l", "d").directory("l/new"); }
    SECTION("a file below a file") { builder.file("l", "x").file("l/new", "evil"); }
    CHECK(has(refusal(scene, builder, "l/new"), "\"l\""));
}

TEST_CASE("hard links to what is outside are refused") {
    const Scene scene;
    const std::string existing =
        GENERATE(as<std::string>(), "../outside/precious", "/etc/passwd", "l", "d", "none", "d/l2/x");
    ArchiveBuilder builder(scene / "evil", Kind::tar);
    builder.directory("d").file("d/f", "x").symlink("l", "d/f").symlink("d/l2", ".").hard_link("link", existing);
    CHECK(has(refusal(scene, builder, "link"), existing == "d/l2/x" ? "goes through" : "hard link"));
}

TEST_CASE("devices, pipes and sockets are refused") {
    const Scene scene;
    const unsigned type = GENERATE(unsigned{AE_IFIFO}, unsigned{AE_IFCHR}, unsigned{AE_IFBLK});
    ArchiveBuilder builder(scene / "evil", Kind::tar);
    builder.special("dev/node", type);
    CHECK(has(refusal(scene, builder, "dev/node"), "refused"));
}

TEST_CASE("a file in the place of a folder is refused") {
    const Scene scene;
    ArchiveBuilder builder(scene / "evil", Kind::tar);
    builder.directory("d").file("d", "x");
    refusal(scene, builder, "d");
}

TEST_CASE("names that are too long or too deep are refused") {
    const Scene scene;
    ArchiveBuilder builder(scene / "evil", Kind::tar);
    std::string name = "x";
    SECTION("deep") {
        for (int i = 0; i < 300; ++i) name = "d/" + name;
    }
    SECTION("long") {
        for (int i = 0; i < 30; ++i) name = std::string(200, 'd') + "/" + name;
    }
    builder.file(name, "x");
    refusal(scene, builder, name);
}

TEST_CASE("an archive that unpacks to too much is stopped before it fills the disk") {
    const Scene scene;
    const Kind kind = GENERATE(Kind::tar_gz, Kind::tar_xz, Kind::zip);
    ArchiveBuilder builder(scene / "bomb", kind);
    for (const char* name : {"a", "b", "c"}) builder.file(name, std::string(3000000, '\0'));
    const fs::path archive = builder.close();
    CHECK(fs::file_size(archive) < 100000);
    const std::string error = error_of([&] { unpack(archive, scene / "out", UnpackLimits{7000000, 10}); });
    CHECK(has(error, "member \"c\""));
    CHECK(has(error, "7.0 MB"));
    CHECK(Scene::names(scene / "") == std::vector<std::string>{"bomb"});
    unpack(archive, scene / "out", UnpackLimits{9000000, 3});
    CHECK(fs::file_size(scene / "out/c") == 3000000);
}

TEST_CASE("an archive of too many members is stopped") {
    const Scene scene;
    ArchiveBuilder builder(scene / "bomb", Kind::tar);
    for (int i = 0; i < 11; ++i) builder.file("f" + std::to_string(i), "");
    const fs::path archive = builder.close();
    CHECK(has(error_of([&] { unpack(archive, scene / "out", UnpackLimits{1000, 10}); }), "more than 10 members"));
}

TEST_CASE("an mtree listing cannot pull files of the host into the tree") {
    const Scene scene;
    const fs::path file = scene.write("list.mtree", "#mtree\nstolen type=file contents=/etc/passwd\n");
    CHECK_FALSE(error_of([&] { unpack(file, scene / "out"); }).empty());
    CHECK_FALSE(fs::exists(scene / "out"));
}
