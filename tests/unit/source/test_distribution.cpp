#include "base/hash.hpp"
#include "catch.hpp"
#include "fake_apt.hpp"
#include "scene.hpp"
#include "source/distribution.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;

namespace {

struct Asked {
    Scene scene;
    FakeApt apt{scene};
    DistributionRequest request{"python3.13", "trixie", "3.13.5", sha256("tarball"), {}};

    DistributionFiles fetch() {
        make_directories(scene / "scratch");
        return fetch_from_distribution(request, apt.host(), scene / "scratch");
    }
    std::string error() {
        return error_of([this] { (void)fetch(); });
    }
};

}  // namespace

TEST_CASE("a source package of the wanted version brings file and signature") {
    Asked asked;
    asked.apt.add("python3.13", "3.13.5-2", "python3.13_3.13.5.orig.tar.xz", "tarball", "signature");
    asked.apt.add("python3.13", "3.13.9-1", "python3.13_3.13.9.orig.tar.xz", "newer");
    const DistributionFiles files = asked.fetch();
    CHECK(read_file(files.file) == "tarball");
    REQUIRE(files.signature);
    CHECK(read_file(*files.signature) == "signature");
    CHECK(files.version == "3.13.5-2");
}

TEST_CASE("the newest package of a version is taken, and rather one that has the bytes") {
    Asked asked;
    asked.apt.add("python3.13", "3.13.5-9", "python3.13_3.13.5.orig.tar.xz", "tarball");
    asked.apt.add("python3.13", "3.13.5-10", "python3.13_3.13.5.orig.tar.xz", "tarball");
    asked.apt.add("python3.13", "3.13.5-11", "python3.13_3.13.5.orig.tar.xz", "repacked");
    const DistributionFiles files = asked.fetch();
    CHECK(files.version == "3.13.5-10");
    CHECK_FALSE(files.signature);
}

TEST_CASE("other bytes are told with both digests, and not downloaded") {
    Asked asked;
    asked.apt.add("python3.13", "3.13.5-2", "python3.13_3.13.5.orig.tar.xz", "repacked");
    const std::string error = asked.error();
    CHECK(has(error, sha256("repacked")));
    CHECK(has(error, sha256("tarball")));
    CHECK(has(error, "3.13.5-2"));
    CHECK_FALSE(has(asked.apt.log(), "downloaded"));
}

TEST_CASE("a mirror that lacks another file of the package still has the wanted one") {
    Asked asked;
    asked.apt.add("python3.13", "3.13.5-2", "python3.13_3.13.5.orig.tar.xz", "tarball");
    asked.apt.lose_a_file();
    CHECK(read_file(asked.fetch().file) == "tarball");

    Asked other;
    other.apt.add("python3.13", "3.13.5-2", "python3.13_3.13.5.orig.tar.xz", "tarball");
    other.scene.write("apt/mirror/python3.13_3.13.5-2/python3.13_3.13.5.orig.tar.xz", "evil");
    other.apt.lose_a_file();
    CHECK(has(other.error(), "404 Not Found"));
}

TEST_CASE("a mirror that gives other bytes than its index says is found out") {
    Asked asked;
    asked.apt.add("python3.13", "3.13.5-2", "python3.13_3.13.5.orig.tar.xz", "tarball");
    asked.scene.write("apt/mirror/python3.13_3.13.5-2/python3.13_3.13.5.orig.tar.xz", "evil");
    CHECK(has(asked.error(), sha256("evil")));
}

TEST_CASE("what is not there is told") {
    Asked asked;
    SECTION("the version") {
        asked.apt.add("python3.13", "3.13.9-1", "python3.13_3.13.9.orig.tar.xz", "newer");
        CHECK(has(asked.error(), "it does not have version 3.13.5, only: 3.13.9-1"));
    }
    SECTION("the package") { CHECK(has(asked.error(), "no such source package")); }
    SECTION("the suite") {
        asked.request.suite = "woody";
        const std::string error = asked.error();
        CHECK(has(error, "python3.13 (woody)"));
        CHECK(has(error, "does not have a Release file"));
    }
    SECTION("the main archive") {
        asked.scene.write("apt/targets", "Packages|http://vendor.invalid/x/|stable|other|" +
                                             (asked.scene / "etc/apt/sources.list").string() + ":1\n");
        CHECK(has(asked.error(), "names no main archive"));
    }
    SECTION("the client") {
        const Environment path("PATH", asked.scene / "nothing");
        CHECK(has(asked.error(), "this host has no package manager that pystacks can use (apt-get)"));
    }
}

TEST_CASE("apt works in a configuration of its own") {
    Asked asked;
    asked.apt.add("python3.13", "3.13.5-2", "python3.13_3.13.5.orig.tar.xz", "tarball");
    (void)asked.fetch();
    const std::string seen = asked.apt.configuration();
    const std::string scratch = (asked.scene / "scratch/apt").string();
    for (const char* setting :
         {"Dir::State \"", "Dir::State::lists \"", "Dir::Cache \"", "Dir::Etc::SourceList \"", "Dir::Log \""}) {
        CHECK(has(seen, setting + scratch + "/"));
    }
    for (const char* setting :
         {"Dir::Etc::Main", "Dir::Etc::Parts", "Dir::Etc::SourceParts", "Dir::Etc::PreferencesParts"}) {
        CHECK(has(seen, std::string(setting) + " \"/dev/null\";"));
    }
    CHECK(has(seen, "Acquire::http::Proxy \"http://proxy.invalid:3128\";"));
    CHECK_FALSE(has(seen, "Post-Invoke"));
    CHECK_FALSE(has(seen, "IndexTargets"));
    CHECK(read_file(asked.scene / "scratch/apt/pystacks.sources") ==
          "Types: deb-src\nURIs: http://mirror.invalid/debian/\nSuites: trixie\nComponents: main\nSigned-By: /k.gpg\n");
    CHECK(Scene::names(asked.scene / "etc/apt") == std::vector<std::string>{"sources.list"});
}

TEST_CASE("a file that is there already is not downloaded for its signature") {
    Asked asked;
    asked.apt.add("python3.13", "3.13.5-2", "python3.13_3.13.5.orig.tar.xz", "tarball", "signature");
    asked.request.have = asked.scene.write("have.tar.xz", "tarball");
    REQUIRE(asked.fetch().signature);
    CHECK_FALSE(has(asked.apt.log(), "downloaded python3.13_3.13.5.orig.tar.xz\n"));
    CHECK(has(asked.apt.log(), "downloaded python3.13_3.13.5.orig.tar.xz.asc\n"));
}

TEST_CASE("source records are read, damaged ones too") {
    const auto records = parse_source_records(
        "Package: a\nVersion: 1-1\nChecksums-Sha256:\n 11 2 a.dsc\n 22 3 a.orig.tar.gz\nHomepage: x\n 33 4 "
        "no-file\n\n\n"
        "Version: 2\nPackage: b\nChecksums-Sha256:\n broken\n");
    REQUIRE(records.size() == 2);
    CHECK(records[0].files.size() == 2);
    CHECK(records[0].files[1].name == "a.orig.tar.gz");
    CHECK(records[1].package == "b");
    CHECK(records[1].files.empty());
    CHECK(parse_source_records("").empty());
}
