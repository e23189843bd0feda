#include "extension/build_root.hpp"

#include <sys/stat.h>

#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::extension;

namespace {

rpm::Package package(const std::string& name, const std::vector<std::string>& paths, const std::string& target = {}) {
    rpm::Package package;
    package.name = name;
    package.source_rpm = "python-1-1.src.rpm";
    for (const std::string& path : paths) {
        rpm::PackageFile file;
        file.path = path;
        file.mode = target.empty() ? S_IFREG | 0755 : S_IFLNK | 0777;
        file.link_target = target;
        package.files.push_back(file);
    }
    return package;
}

std::vector<std::pair<std::string, std::string>> pairs(std::vector<rpm::Package> packages,
                                                       python::Traits traits = python::debug_traits) {
    std::vector<std::pair<std::string, std::string>> found;
    for (const InterpreterPair& each : interpreter_pairs(scratch::PackageSet(std::move(packages)), traits))
        found.emplace_back(each.release, each.variant);
    return found;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

}  // namespace

TEST_CASE("packages are built with a release interpreter that has a debug interpreter of its version") {
    const rpm::Package release = package("python3.13", {"/usr/bin/python3.13", "/usr/bin/python3.13-config"});
    const rpm::Package debug = package("any-name", {"/usr/bin/python3.13d", "/usr/bin/python3.13d-config"});
    CHECK(pairs({release, debug}) == Pairs{{"/usr/bin/python3.13", "/usr/bin/python3.13d"}});
    CHECK(pairs({release}).empty());
    CHECK(pairs({release, package("python3.13-debug", {"/usr/share/doc/python3.13d"})}).empty());
    // A link is another name.
    CHECK(pairs({release, package("a-debug", {"/usr/bin/python3.13-debug"}, "python3.13")}).empty());
    CHECK(pairs({package("python", {"/usr/bin/python2.7"}), package("d", {"/usr/bin/python2.7-debug"})}) ==
          Pairs{{"/usr/bin/python2.7", "/usr/bin/python2.7-debug"}});
}

TEST_CASE("another configuration has its own pairs") {
    const std::vector<rpm::Package> all{package("a", {"/usr/bin/python3.13"}), package("b", {"/usr/bin/python3.13d"}),
                                        package("c", {"/usr/bin/python3.13t"})};
    CHECK(pairs(all) == Pairs{{"/usr/bin/python3.13", "/usr/bin/python3.13d"}});
    CHECK(pairs(all, {python::Trait::free_threaded}) == Pairs{{"/usr/bin/python3.13", "/usr/bin/python3.13t"}});
}
