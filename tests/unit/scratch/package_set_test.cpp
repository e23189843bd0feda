#include "scratch/package_set.hpp"

#include <sys/stat.h>

#include "base/error.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::scratch;

namespace {

rpm::Package package(const std::string& name, const std::vector<std::string>& paths) {
    rpm::Package result;
    result.name = name;
    result.version = "1";
    result.release = "1";
    result.arch = "x86_64";
    for (const std::string& path : paths) {
        rpm::PackageFile file;
        file.path = path;
        file.mode = S_IFREG | 0644U;
        result.files.push_back(file);
    }
    return result;
}

}  // namespace

TEST_CASE("names say what is debuginfo, and nothing else") {
    CHECK(role_of(package("python3.13", {})) == Role::program);
    CHECK(role_of(package("python3.13-debug", {})) == Role::program);
    CHECK(role_of(package("python3.13-debuginfo", {})) == Role::debuginfo);
    CHECK(role_of(package("python3.13-debugsource", {})) == Role::debuginfo);
    rpm::Package source = package("python3.13", {});
    source.is_source = true;
    CHECK(role_of(source) == Role::source);
}

TEST_CASE("a path leads to its package and its file") {
    const PackageSet packages({package("base", {"/usr/bin/a"}), package("base-debug", {"/usr/bin/b"})});
    REQUIRE(packages.owner("/usr/bin/b") != nullptr);
    CHECK(packages.owner("/usr/bin/b")->name == "base-debug");
    CHECK(packages.file("/usr/bin/a")->path == "/usr/bin/a");
    CHECK(packages.owner("/usr/bin/c") == nullptr);
}

TEST_CASE("packages of several builds have the configurations of all") {
    std::vector<rpm::Package> packages;
    for (const auto& [version, name] : {std::pair{"3.11", "a"}, {"3.13", "b"}}) {
        for (const char* flags : {"", "d"}) {
            packages.push_back(package(std::string(name) + flags, {std::string("/usr/bin/python") + version + flags}));
            packages.back().source_rpm = std::string(name) + "-1-1.src.rpm";
        }
    }
    packages.push_back(package("bt", {"/usr/bin/python3.13t"}));
    packages.back().source_rpm = "b-1-1.src.rpm";
    const PackageSet set(packages);
    REQUIRE(set.configurations().size() == 3);
    CHECK(set.base().name == "optimized");
    CHECK(set.of_configuration("optimized").size() == 2);
    CHECK(set.of_configuration("debug").size() == 2);
    CHECK(set.of_configuration("freethreading").size() == 1);
    CHECK(set.by_source().at("a-1-1.src.rpm").configurations().size() == 2);
    CHECK(PackageSet(std::vector<rpm::Package>{}).variants().empty());
}

TEST_CASE("a folder without packages is a mistake of the call") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-packages");
    write_file_atomically(folder.path() / "note.txt", "no package");
    CHECK_THROWS_WITH(PackageSet::read({folder.path()}), contains_text("there is no package in it"));
    write_file_atomically(folder.path() / "broken.rpm", "no package");
    CHECK_THROWS_WITH(PackageSet::read({folder.path()}), contains_text("broken.rpm"));
}
