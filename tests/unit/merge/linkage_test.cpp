#include "merge/linkage.hpp"

#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "process/command.hpp"
#include "trees.hpp"

using namespace pystacks;
using namespace pystacks::merge;
using namespace pystacks::merge::test;

namespace {

/// Two libraries and modules linked to them, made by the compiler that builds these tests.
class Libraries {
public:
    Libraries() : folder_(fs::temp_directory_path(), "elf") {
        write_file_atomically(folder_.path() / "empty.c", "int nothing;\n");
        for (const std::string suffix : {"", "d"})
            link("libpy" + suffix + ".so", {"-Wl,-soname,libpy" + suffix + ".so.1"});
        link("module.so", {"-Wl,--no-as-needed", at("libpy.so")});
        link("moduled.so", {"-Wl,--no-as-needed", at("libpyd.so")});
    }
    [[nodiscard]] std::string operator[](const std::string& name) const { return read_file(folder_.path() / name); }

private:
    [[nodiscard]] std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
    void link(const std::string& name, const std::vector<std::string>& more) const {
        process::Command command;
        command.arguments = {"cc", "-shared", "-fPIC", "-o", at(name), at("empty.c")};
        command.arguments.insert(command.arguments.end(), more.begin(), more.end());
        process::run_checked(command, "cannot link");
    }
    TemporaryDirectory folder_;
};

void check(Trees& trees) {
    const auto merged = trees.merge();
    check_linkage(trees.compare(), merged);
}

}  // namespace

TEST_CASE("no file needs a library that only another configuration has") {
    const Libraries libraries;
    Trees trees;
    trees.file("optimized", "/lib/libpy.so.1", libraries["libpy.so"], 0755);
    trees.file("debug", "/lib/libpyd.so.1", libraries["libpyd.so"], 0755);
    trees.file("optimized", "/lib/m.cpython-313.so", libraries["module.so"], 0755);
    trees.everywhere("/lib/not-elf.so", "text");

    SECTION("each linked to its own") {
        trees.file("debug", "/lib/m.cpython-313d.so", libraries["moduled.so"], 0755);
        CHECK_NOTHROW(check(trees));
    }
    SECTION("a debug module linked to the optimized library") {
        trees.file("debug", "/lib/m.cpython-313d.so", libraries["module.so"], 0755);
        const auto error = error_of([&] { check(trees); });
        CHECK(error.subject() == "1 wrong link");
        CHECK_THAT(error.reason(), contains_text("\n  /lib/m.cpython-313d.so (debug) needs libpy.so.1 (optimized)"));
    }
    SECTION("an optimized module linked to the debug library") {
        trees.file("optimized", "/lib/n.so", libraries["moduled.so"], 0755);
        CHECK_THAT(error_of([&] { check(trees); }).reason(),
                   contains_text("\n  /lib/n.so (optimized) needs libpyd.so.1 (debug)"));
    }
    SECTION("a shared module suits only one of those who share it") {
        trees.everywhere("/lib/shared.so", libraries["module.so"], 0755);
        CHECK_THAT(error_of([&] { check(trees); }).reason(),
                   contains_text("/lib/shared.so (debug) needs libpy.so.1 (optimized)"));
    }
    SECTION("a library that both have suits both") {
        trees.file("debug", "/lib/libpy.so.1", libraries["libpy.so"], 0755);
        trees.everywhere("/lib/shared.so", libraries["module.so"], 0755);
        CHECK_NOTHROW(check(trees));
    }
}
