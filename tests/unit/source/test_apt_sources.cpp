#include "catch.hpp"
#include "scene.hpp"
#include "source/apt_sources.hpp"

using namespace pystacks::source;
using namespace pystacks::source::test;

namespace {

constexpr const char* vendor = "deb [arch=amd64] https://vendor.invalid/linux bookworm main\n";

}  // namespace

TEST_CASE("the main archive of Debian's deb822 sources") {
    const Scene scene;
    scene.write("apt/sources.list.d/a-vendor.list", vendor);
    scene.write("apt/sources.list.d/debian.sources",
                "Types: deb\n# a comment\nURIs: http://mirror.invalid/debian\nSuites: bookworm bookworm-updates\n"
                "Components: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n"
                "Types: deb\nURIs: http://mirror.invalid/debian-security\nSuites: bookworm-security\nComponents: main\n"
                "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n");
    const auto archive = main_archive(read_apt_sources(scene / "apt"), "bookworm");
    REQUIRE(archive);
    CHECK(source_stanza(*archive, "trixie") ==
          "Types: deb-src\nURIs: http://mirror.invalid/debian\nSuites: trixie\nComponents: main\n"
          "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n");
}

TEST_CASE("the main archive of a sources.list") {
    const Scene scene;
    scene.write("apt/sources.list",
                "# deb http://old.invalid/debian bookworm main\n"
                "deb [ arch=amd64 signed-by=/k.gpg ] http://mirror.invalid/debian/ bookworm main contrib # comment\n"
                "deb http://mirror.invalid/debian-security bookworm-security main\n"
                "nonsense\n");
    scene.write("apt/sources.list.d/vendor.list", vendor);
    scene.write("apt/sources.list.d/left-over.list.save", "deb http://saved.invalid/debian bookworm main\n");
    const auto archive = main_archive(read_apt_sources(scene / "apt"), "bookworm");
    REQUIRE(archive);
    CHECK(archive->uris == std::vector<std::string>{"http://mirror.invalid/debian/"});
    CHECK(archive->signed_by == "/k.gpg");
}

TEST_CASE("suites whose names move, and Ubuntu") {
    const auto moving = parse_one_line_sources("deb http://mirror.invalid/debian sid main\n");
    CHECK(main_archive(moving, "forky"));
    CHECK(main_archive(moving, ""));
    const auto ubuntu = parse_deb822_sources(
        "Types: deb deb-src\nURIs: http://mirror.invalid/ubuntu/\nSuites: noble noble-updates\nComponents: main "
        "universe\n"
        "Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg\n");
    CHECK(main_archive(ubuntu, "noble"));
}

TEST_CASE("what is no main archive of this release is not taken for one") {
    CHECK_FALSE(main_archive({}, "bookworm"));
    CHECK_FALSE(main_archive(parse_one_line_sources("deb http://m.invalid/debian bullseye main\n"), "bookworm"));
    CHECK_FALSE(main_archive(parse_one_line_sources("deb http://m.invalid/debian bookworm contrib\n"), "bookworm"));
    CHECK_FALSE(main_archive(parse_one_line_sources("deb http://m.invalid/vendor stable main\n"), "bookworm"));
    CHECK_FALSE(main_archive(parse_deb822_sources("Enabled: no\nTypes: deb\nURIs: http://m.invalid/debian\n"
                                                  "Suites: bookworm\nComponents: main\n"),
                             "bookworm"));
    CHECK(main_archive(parse_one_line_sources(vendor), "bookworm"));  // better than nothing
}

TEST_CASE("a key that stands in the sources keeps its shape") {
    const auto entries = parse_deb822_sources(
        "Types: deb\nURIs: http://mirror.invalid/debian\nSuites: trixie\nComponents: main\nSigned-By:\n"
        " -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQIN\n -----END PGP PUBLIC KEY BLOCK-----\n");
    REQUIRE(entries.size() == 1);
    CHECK(has(source_stanza(entries[0], "sid"),
              "Signed-By: \n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQIN\n -----END PGP PUBLIC KEY BLOCK-----\n"));
}

TEST_CASE("the release's name is read from os-release") {
    const Scene scene;
    CHECK(version_codename(scene.write("a", "ID=debian\nVERSION_CODENAME=bookworm\n")) == "bookworm");
    CHECK(version_codename(scene.write("b", "VERSION_CODENAME=\"noble\"\n")) == "noble");
    CHECK(version_codename(scene.write("c", "ID=fedora\n")).empty());
    CHECK(version_codename(scene / "none").empty());
}
