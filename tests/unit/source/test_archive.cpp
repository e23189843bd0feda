#include <algorithm>
#include <array>
#include <fstream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include "archive_builder.hpp"
#include "catch.hpp"
#include "scene.hpp"
#include "source/archive.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;
using Kind = ArchiveBuilder::Kind;

namespace {

struct stat status_of(const fs::path& path) {
    struct stat status {};
    REQUIRE(lstat(path.c_str(), &status) == 0);
    return status;
}

/// The umask of a careful administrator, for the time of a test.
class Umask {
public:
    explicit Umask(mode_t mask) : before_(umask(mask)) {}
    Umask(const Umask&) = delete;
    Umask& operator=(const Umask&) = delete;
    ~Umask() { umask(before_); }

private:
    mode_t before_;
};

void truncate_to(const fs::path& file, double share) {
    fs::resize_file(file, static_cast<std::uintmax_t>(static_cast<double>(fs::file_size(file)) * share));
}

std::string noise(std::size_t size) {
    std::string text(size, ' ');
    std::uint32_t state = 1;
    for (char& c : text) c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
    return text;
}

}  // namespace

TEST_CASE("each kind of archive unpacks to the same files") {
    const Scene scene;
    const Kind kind = GENERATE(Kind::tar, Kind::tar_gz, Kind::tar_xz, Kind::zip, Kind::cpio);
    const fs::path archive = ArchiveBuilder(scene / "a", kind)
                                 .directory("top")
                                 .file("top/a.py", "import b\n")
                                 .file("top/sub/run", "#!/bin/sh\n", 0755)
                                 .close();
    unpack(archive, scene / "out");
    CHECK(read_file(scene / "out/top/a.py") == "import b\n");
    CHECK(read_file(scene / "out/top/sub/run") == "#!/bin/sh\n");
    CHECK(Scene::names(scene / "") == std::vector<std::string>{"a", "out"});
}

TEST_CASE("modes are normal whatever archive and umask say, and times are kept") {
    const Scene scene;
    const fs::path archive = ArchiveBuilder(scene / "a.tar", Kind::tar)
                                 .directory("d", 01700, 1111111111)
                                 .file("d/setuid", "x", 06755)
                                 .file("d/secret", "x", 0600, 1234567890)
                                 .file("d/odd", "x", 0611)
                                 .file("unnamed/f", "x", 0100)
                                 .close();
    {
        const Umask umask(0077);
        unpack(archive, scene / "out");
    }
    CHECK((status_of(scene / "out").st_mode & 07777U) == 0755U);
    CHECK((status_of(scene / "out/d").st_mode & 07777U) == 0755U);
    CHECK((status_of(scene / "out/unnamed").st_mode & 07777U) == 0755U);
    CHECK((status_of(scene / "out/d/setuid").st_mode & 07777U) == 0755U);
    CHECK((status_of(scene / "out/d/secret").st_mode & 07777U) == 0644U);
    CHECK((status_of(scene / "out/d/odd").st_mode & 07777U) == 0644U);
    CHECK((status_of(scene / "out/unnamed/f").st_mode & 07777U) == 0755U);
    CHECK(status_of(scene / "out/d/secret").st_mtime == 1234567890);
    CHECK(status_of(scene / "out/d").st_mtime == 1111111111);
    CHECK(status_of(scene / "out/d/secret").st_uid == geteuid());
}

TEST_CASE("links that stay inside are kept") {
    const Scene scene;
    const fs::path archive = ArchiveBuilder(scene / "a.tar", Kind::tar)
                                 .file("top/lib/real", "text")
                                 .symlink("top/bin/link", "../lib/real")
                                 .symlink("top/dangling", "not/there")
                                 .symlink("top/dir", "lib/.")
                                 .hard_link("top/second", "top/lib/real")
                                 .close();
    unpack(archive, scene / "out");
    CHECK(read_file(scene / "out/top/bin/link") == "text");
    CHECK(fs::read_symlink(scene / "out/top/dangling") == "not/there");
    CHECK(fs::equivalent(scene / "out/top/second", scene / "out/top/lib/real"));
}

TEST_CASE("the last of equal members wins") {
    const Scene scene;
    const fs::path archive = ArchiveBuilder(scene / "a.tar", Kind::tar)
                                 .file("f", "first")
                                 .symlink("l", "f")
                                 .file("f", "second")
                                 .file("l", "no longer a link")
                                 .close();
    unpack(archive, scene / "out");
    CHECK(read_file(scene / "out/f") == "second");
    CHECK(read_file(scene / "out/l") == "no longer a link");
}

TEST_CASE("names with bytes that no locale knows survive") {
    const Scene scene;
    const std::string name = "d/\xC3\xA4\xFF name\nwith newline";
    unpack(ArchiveBuilder(scene / "a.tar", Kind::tar).file(name, "x").close(), scene / "out");
    CHECK(read_file(scene / "out" / name) == "x");
}

TEST_CASE("a truncated archive is told and leaves nothing") {
    const Scene scene;
    const Kind kind = GENERATE(Kind::tar, Kind::tar_gz, Kind::tar_xz, Kind::zip, Kind::cpio);
    const double share = GENERATE(0.1, 0.5, 0.9);
    const fs::path archive =
        ArchiveBuilder(scene / "a", kind).file("top/f", noise(200000)).file("top/g", noise(50000)).close();
    truncate_to(archive, share);
    const std::string error = error_of([&] { unpack(archive, scene / "out"); });
    CHECK(has(error, archive.string()));
    CHECK(has(error, "truncated"));
    CHECK(Scene::names(scene / "") == std::vector<std::string>{"a"});
}

TEST_CASE("what is no archive is told") {
    const Scene scene;
    const std::string contents = GENERATE(as<std::string>(), "", "<html>404</html>\n", "\x1f\x8b\x08", "PK\x03\x04");
    const fs::path file = scene.write("a.tar.xz", contents);
    CHECK(has(error_of([&] { unpack(file, scene / "out"); }), file.string()));
    CHECK_FALSE(fs::exists(scene / "out"));
    CHECK(has(error_of([&] { unpack(scene / "none", scene / "out"); }), "none"));
}

TEST_CASE("what a killed run left is replaced, a finished folder is not") {
    const Scene scene;
    scene.write("out.partial/half", "x");
    const fs::path archive = ArchiveBuilder(scene / "a.tar", Kind::tar).file("f", "x").close();
    unpack(archive, scene / "out");
    CHECK(Scene::names(scene / "out") == std::vector<std::string>{"f"});
    CHECK(has(error_of([&] { unpack(archive, scene / "out"); }), "exists already"));
    CHECK(Scene::names(scene / "out") == std::vector<std::string>{"f"});
}

TEST_CASE("progress rises to the size of the archive") {
    const Scene scene;
    Recorder recorder;
    const fs::path archive = ArchiveBuilder(scene / "a.tar", Kind::tar).file("f", noise(3000000)).close();
    unpack(archive, scene / "out", {}, &recorder);
    const auto events = recorder.of(report::ProgressEvent::Kind::advanced);
    REQUIRE_FALSE(events.empty());
    CHECK(events.back().total == fs::file_size(archive));
    CHECK(std::is_sorted(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.done < b.done; }));
}
