#include <algorithm>

#include "catch.hpp"
#include "scene.hpp"
#include "source/apt_sources.hpp"

using namespace pystacks::source;
using namespace pystacks::source::test;

namespace {

constexpr const char* debians_key = "/usr/share/keyrings/debian-archive-keyring.gpg";

AptEntry entry(const std::string& uri, const std::string& suite, const std::string& signed_by = {}) {
    return {uri, suite, "main", {}, 0, signed_by};
}

const AptEntry vendor = entry("https://vendor.invalid/linux/", "bookworm");

}  // namespace

TEST_CASE("what apt prints of its archives is read, each once") {
    const auto entries = parse_index_targets(
        "W: Unable to read /etc/apt/sources.list.d/x.list - open (13: Permission denied)\n"
        "Packages|http://mirror.invalid/debian/|bookworm|main|/etc/apt/sources.list.d/debian.sources:2\n"
        "Packages|http://mirror.invalid/debian/|bookworm|main|/etc/apt/sources.list.d/debian.sources:2\n"
        "DEP-11|http://mirror.invalid/debian/|bookworm|main|/etc/apt/sources.list.d/debian.sources:2\n"
        "Packages|http://flat.invalid/x/|./|$(COMPONENT)|/etc/apt/sources.list:5\n"
        "Sources|http://mirror.invalid/debian/|sid|contrib|/etc/apt/a folder/x.list:12\n"
        "Packages|http://mirror.invalid/debian/|sid|main|nowhere\n");
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].uri == "http://mirror.invalid/debian/");
    CHECK(entries[0].suite == "bookworm");
    CHECK(entries[0].component == "main");
    CHECK(entries[0].file == "/etc/apt/sources.list.d/debian.sources");
    CHECK(entries[0].number == 2);
    CHECK(entries[2].file == "/etc/apt/a folder/x.list");
    CHECK(entries[2].number == 12);
}

TEST_CASE("the key of a line of sources.list") {
    const std::string text =
        "# deb [signed-by=/old.gpg] http://old.invalid/debian bookworm main\n"
        "deb [ arch=amd64 signed-by=/k.gpg ] http://mirror.invalid/debian/ bookworm main contrib # comment\n"
        "deb http://[::1]/debian bookworm main\n";
    CHECK(signed_by_of_line(text, 2) == "/k.gpg");
    CHECK(signed_by_of_line(text, 3).empty());
    CHECK(signed_by_of_line(text, 0).empty());
    CHECK(signed_by_of_line(text, 9).empty());
}

TEST_CASE("the key of a stanza: comments are no stanza, and disabled ones are counted") {
    const std::string text =
        "# a comment\n\n# another\n\nTypes: deb\nEnabled: no\nSigned-By: /old.gpg\n\n\n"
        "Types: deb\n# a comment\nsigned-by: /k.gpg\nComponents: main\n\n"
        "Types: deb\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQIN\n"
        " -----END PGP PUBLIC KEY BLOCK-----\nComponents: main\n more\n";
    CHECK(signed_by_of_stanza(text, 1) == "/old.gpg");
    CHECK(signed_by_of_stanza(text, 2) == "/k.gpg");
    CHECK(signed_by_of_stanza(text, 4).empty());
    CHECK(has(source_stanza(entry("http://mirror.invalid/debian", "trixie", signed_by_of_stanza(text, 3)), "sid"),
              "Signed-By: \n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQIN\n -----END PGP PUBLIC KEY BLOCK-----\n"));
}

TEST_CASE("the distribution's own archive is preferred") {
    const AptEntry security = entry("http://mirror.invalid/debian-security/", "bookworm-security", debians_key);
    const auto archive =
        main_archive({vendor, security, entry("http://mirror.invalid/debian/", "bookworm", debians_key)}, "bookworm");
    REQUIRE(archive);
    CHECK(source_stanza(*archive, "trixie") ==
          "Types: deb-src\nURIs: http://mirror.invalid/debian/\nSuites: trixie\nComponents: main\n"
          "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n");
    CHECK(main_archive({vendor}, "bookworm"));  // better than nothing
}

TEST_CASE("suites whose names move, and Ubuntu") {
    const std::vector<AptEntry> moving{entry("http://mirror.invalid/debian/", "sid")};
    CHECK(main_archive(moving, "forky"));
    CHECK(main_archive(moving, ""));
    CHECK(main_archive({entry("http://mirror.invalid/ubuntu/", "noble")}, "noble"));
}

TEST_CASE("what is no main archive of this release is not taken for one") {
    CHECK_FALSE(main_archive({}, "bookworm"));
    CHECK_FALSE(main_archive({entry("http://m.invalid/debian/", "bullseye")}, "bookworm"));
    CHECK_FALSE(main_archive({{"http://m.invalid/debian/", "bookworm", "contrib", {}, 0, {}}}, "bookworm"));
    CHECK_FALSE(main_archive({entry("http://m.invalid/vendor/", "stable")}, "bookworm"));
}

// Hidden: CMake adds it where there is an apt-get.
TEST_CASE("apt itself says which archives there are", "[.apt]") {
    const Scene scene;
    scene.write("apt/sources.list",
                "# deb http://old.invalid/debian bookworm main\n"
                "deb [ arch=amd64 signed-by=/k.gpg ] http://mirror.invalid/debian/ bookworm main contrib # comment\n");
    scene.write("apt/sources.list.d/left-over.list.save", "deb http://saved.invalid/debian bookworm main\n");
    scene.write("apt/sources.list.d/debian.sources",
                "Types: deb\nEnabled: no\nURIs: http://off.invalid/debian\nSuites: bookworm\nComponents: main\n\n"
                "Types: deb deb-src\n# a comment\nURIs: http://deb822.invalid/debian\nSuites: bookworm trixie\n"
                "Components: main\nSigned-By: /d.gpg\n");
    std::vector<std::string> found;
    for (const AptEntry& each : read_apt_sources(scene / "apt")) {
        found.push_back(each.uri + " " + each.suite + " " + each.component + " " + each.signed_by);
    }
    std::sort(found.begin(), found.end());
    CHECK(found == std::vector<std::string>{"http://deb822.invalid/debian/ bookworm main /d.gpg",
                                            "http://deb822.invalid/debian/ trixie main /d.gpg",
                                            "http://mirror.invalid/debian/ bookworm contrib /k.gpg",
                                            "http://mirror.invalid/debian/ bookworm main /k.gpg"});
}

TEST_CASE("the release's name is read from os-release") {
    const Scene scene;
    CHECK(version_codename(scene.write("a", "ID=debian\nVERSION_CODENAME=bookworm\n")) == "bookworm");
    CHECK(version_codename(scene.write("b", "VERSION_CODENAME=\"noble\"\n")) == "noble");
    CHECK(version_codename(scene.write("c", "ID=fedora\n")).empty());
    CHECK(version_codename(scene / "none").empty());
}
