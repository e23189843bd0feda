#include "compare/pairing.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::compare;

namespace {

/// A side of regular files "path=content@package".
struct Builder {
    Side side;

    Builder& package(const std::string& name, bool source = false) {
        side.is_tree = false;
        rpm::Package& made = side.packages.emplace_back();
        made.name = name;
        made.arch = "x86_64";
        made.is_source = source;
        return *this;
    }

    Builder& file(const std::string& path, const std::string& content) {
        File& made = side.files.emplace_back();
        made.path = path;
        made.type = tree::FileType::regular;
        made.digest = content;
        made.size = content.size();
        made.package = side.packages.empty() ? 0 : side.packages.size() - 1;
        return *this;
    }

    const Side& sorted() {
        std::stable_sort(side.files.begin(), side.files.end(),
                         [](const File& a, const File& b) { return a.path < b.path; });
        return side;
    }
};

std::vector<std::string> lines(const std::vector<FilePair>& pairs) {
    std::vector<std::string> result;
    for (const FilePair& pair : pairs) {
        result.push_back((pair.a != nullptr ? pair.a->path : "-") + " " + (pair.b != nullptr ? pair.b->path : "-") +
                         (pair.a != nullptr && pair.b != nullptr ? " " + std::string(name_of(pair.match)) : ""));
    }
    return result;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("files pair by path, then content, then twin, then version") {
    Builder a;
    Builder b;
    a.file("/same", "1").file("/moved/x", "22").file("/python3.13", "3").file("/lib3.13.so", "4").file("/gone", "5");
    b.file("/same", "9").file("/new/y", "22").file("/python3.13d", "8").file("/lib3.14.so", "7").file("/here", "6");
    CHECK(lines(pair_files(a.sorted(), b.sorted(), {})) ==
          Lines{"/gone -", "- /here", "/lib3.13.so /lib3.14.so version", "/moved/x /new/y content",
                "/python3.13 /python3.13d twin", "/same /same path"});
}

TEST_CASE("among files of one content twins go together, then equal names; empty files do not count") {
    Builder a;
    Builder b;
    a.file("/one/x.h", "same").file("/python3.13/x.h", "same").file("/empty", "");
    b.file("/other/x.h", "same").file("/python3.13d/x.h", "same").file("/void", "");
    CHECK(lines(pair_files(a.sorted(), b.sorted(), {})) ==
          Lines{"/empty -", "/one/x.h /other/x.h content", "/python3.13/x.h /python3.13d/x.h content", "- /void"});
}

TEST_CASE("a path that two packages have pairs within its package first") {
    Builder a;
    Builder b;
    a.package("one").file("/dir", "x").package("two").file("/dir", "y").file("/moves", "z");
    b.package("one").file("/dir", "x").file("/moves", "z").package("two").file("/dir", "y");
    const std::vector<std::size_t> partners = pair_packages(a.sorted(), b.sorted());
    CHECK(partners == std::vector<std::size_t>{0, 1});
    for (const FilePair& pair : pair_files(a.side, b.side, partners)) {
        REQUIRE(pair.a != nullptr);
        REQUIRE(pair.b != nullptr);
        CHECK(pair.a->digest == pair.b->digest);
    }
}

TEST_CASE("files of source packages and of built ones are never a pair") {
    Builder a;
    Builder b;
    a.package("p", true).file("p.spec", "same").package("q");
    b.package("r").file("/usr/p.spec", "same").package("q");
    CHECK(lines(pair_files(a.sorted(), b.sorted(), pair_packages(a.side, b.side))) ==
          Lines{"- /usr/p.spec", "p.spec -"});
}

TEST_CASE("packages pair by name, then by name without versions, and two alone whatever they are") {
    Builder a;
    Builder b;
    a.package("python3.12-libs").package("common").package("gone");
    b.package("common").package("python3.13-libs").package("here");
    CHECK(pair_packages(a.side, b.side) == std::vector<std::size_t>{1, 0, no_package});

    Builder optimized;
    Builder debug;
    CHECK(pair_packages(optimized.package("x").side, debug.package("y").side) == std::vector<std::size_t>{0});
    Builder source;
    CHECK_THROWS_WITH(pair_packages(optimized.side, source.package("x", true).side), contains_text("source package"));
    CHECK_THROWS_WITH(pair_packages(a.package("common").side, b.side), contains_text("the same name"));
}

TEST_CASE("files of a configuration with a suffix of its own have twins") {
    Builder a;
    a.package("py").file("/usr/bin/python3.13", "1").file("/l/_x.cpython-313-x86_64-linux-gnu.so", "2");
    Builder b;
    b.package("py-asan").file("/usr/bin/python3.13asan", "3").file("/l/_x.cpython-313asan-x86_64-linux-gnu.so", "4");
    CHECK(std::ranges::count_if(pair_files(a.sorted(), b.sorted(), {}),
                                [](const FilePair& pair) { return pair.match == Match::twin; }) == 0);
    b.side.suffixes = {"asan"};
    CHECK(
        lines(pair_files(a.sorted(), b.sorted(), {})) ==
        std::vector<std::string>{"/l/_x.cpython-313-x86_64-linux-gnu.so /l/_x.cpython-313asan-x86_64-linux-gnu.so twin",
                                 "/usr/bin/python3.13 /usr/bin/python3.13asan twin"});
}
