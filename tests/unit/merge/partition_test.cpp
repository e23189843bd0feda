#include "merge/partition.hpp"

#include <algorithm>

#include "catch.hpp"
#include "merge/file_list.hpp"
#include "trees.hpp"

using namespace pystacks;
using namespace pystacks::merge;
using namespace pystacks::merge::test;
using Mark = OwnedPath::Mark;
using Paths = std::vector<OwnedPath>;

namespace {

Partition divide(Trees& trees) {
    const auto merged = trees.merge();
    return partition(trees.stack, trees.compare(), merged);
}

Paths paths_of(const Partition& partition, const std::string& package) {
    for (const auto& candidate : partition.packages)
        if (candidate.package == package) return candidate.paths;
    FAIL("no package " << package);
    return {};
}

/// Removes the debug configuration, as its off switch does.
void switch_debug_off(Trees& trees) {
    trees.stack.configurations.pop_back();
    for (auto& package : trees.stack.packages)
        if (package.configuration == "debug") package.condition = {"0", {"stack.toml", 1}};
}

/// A stack in small: libs, main, tkinter, and debug, which requires all but tkinter.
void small_stack(Trees& trees) {
    trees.everywhere("/lib/python/os.py", "o");
    trees.everywhere("/lib/python/tkinter/__init__.py", "t");
    trees.everywhere("/bin/python", "p", 0755);
    trees.directory("optimized", "/lib/python/site-packages/__pycache__");
    trees.directory("debug", "/lib/python/site-packages/__pycache__");
    trees.file("debug", "/lib/python/_sysconfigdata_d.py", "d");
    trees.file("debug", "/lib/python/config-d/Makefile", "d");
    trees.file("debug", "/lib/python/site-packages/__pycache__/debug-was-here", "d");
    trees.file("debug", "/lib/python/tkinter/debug.txt", "d");
    trees.stack.system_directories = {"/bin", "/lib"};
    auto& debug = trees.package("debug", {});
    debug.configuration = "debug";
    debug.requires_ = {"main(x86-64) = 1", "libs"};
    trees.package("tkinter", {"/lib/python/tkinter/**"}).requires_ = {"main"};
    trees.package("main", {"/bin/*"}).requires_ = {"libs"};
    trees.package("libs", {"/lib/python/**"});
}

}  // namespace

TEST_CASE("the first package of which a pattern matches owns a file") {
    Trees trees({"optimized"});
    trees.everywhere("/lib/turtle.py", "");
    trees.everywhere("/lib/os.py", "");
    trees.stack.system_directories = {"/lib"};
    trees.package("tkinter", {"/lib/turtle.py"});
    trees.package("libs", {"/lib/**"});
    const auto result = divide(trees);
    CHECK(paths_of(result, "tkinter") == Paths{{"/lib/turtle.py", Mark::file}});
    CHECK(paths_of(result, "libs") == Paths{{"/lib/os.py", Mark::file}});
    CHECK(result.warnings.empty());
}

TEST_CASE("! takes paths back out, for a later package") {
    Trees trees({"optimized"});
    trees.everywhere("/config/Makefile", "");
    trees.everywhere("/config/Setup", "");
    trees.package("devel", {"/config/**", "!/config/Makefile"}).requires_ = {"libs"};
    trees.package("libs", {"/config/Makefile"});
    const auto result = divide(trees);
    CHECK(paths_of(result, "devel") == Paths{{"/config/Setup", Mark::file}});
    CHECK(paths_of(result, "libs") == Paths{{"/config", Mark::directory}, {"/config/Makefile", Mark::file}});
}

TEST_CASE("licences and documents are marked") {
    Trees trees({"optimized"});
    trees.everywhere("/lib/LICENSE.txt", "");
    trees.everywhere("/lib/NEWS", "");
    trees.stack.system_directories = {"/lib"};
    auto& libs = trees.package("libs", {"/lib/**"});
    libs.license_files = {"/lib/LICENSE*"};
    libs.doc_files = {"/lib/NEWS"};
    CHECK(paths_of(divide(trees), "libs") == Paths{{"/lib/LICENSE.txt", Mark::license}, {"/lib/NEWS", Mark::doc}});
}

TEST_CASE("bytecode follows its source, sourceless bytecode its own pattern") {
    Trees trees({"optimized"});
    for (const auto* path : {"/lib/turtle.py", "/lib/__pycache__/turtle.cpython-313.opt-1.pyc", "/lib/old.py",
                             "/lib/old.pyc", "/lib/__pycache__/gone.cpython-313.pyc"})
        trees.everywhere(path, "");
    trees.stack.system_directories = {"/lib"};
    trees.package("tkinter", {"/lib/turtle.py", "/lib/old.py"}).requires_ = {"libs"};
    trees.package("libs", {"/lib/**"});
    const auto result = divide(trees);
    CHECK(paths_of(result, "tkinter") == Paths{{"/lib/__pycache__/turtle.cpython-313.opt-1.pyc", Mark::file},
                                               {"/lib/old.py", Mark::file},
                                               {"/lib/old.pyc", Mark::file},
                                               {"/lib/turtle.py", Mark::file}});
    CHECK(paths_of(result, "libs") ==
          Paths{{"/lib/__pycache__", Mark::directory}, {"/lib/__pycache__/gone.cpython-313.pyc", Mark::file}});
}

TEST_CASE("what the base does not install goes to the package of its configuration, before all patterns") {
    Trees trees;
    small_stack(trees);
    const auto result = divide(trees);
    CHECK(paths_of(result, "debug") == Paths{{"/lib/python/_sysconfigdata_d.py", Mark::file},
                                             {"/lib/python/config-d", Mark::directory},
                                             {"/lib/python/config-d/Makefile", Mark::file},
                                             {"/lib/python/site-packages/__pycache__/debug-was-here", Mark::file},
                                             {"/lib/python/tkinter", Mark::directory},
                                             {"/lib/python/tkinter/debug.txt", Mark::file}});
}

TEST_CASE("a directory is owned by the package that all others in it require") {
    Trees trees;
    small_stack(trees);
    const auto result = divide(trees);
    CHECK(paths_of(result, "libs") == Paths{{"/lib/python", Mark::directory},
                                            {"/lib/python/os.py", Mark::file},
                                            {"/lib/python/site-packages", Mark::directory},
                                            {"/lib/python/site-packages/__pycache__", Mark::directory}});
    // debug has a file there too, but does not require tkinter: both own it.
    CHECK(paths_of(result, "tkinter") ==
          Paths{{"/lib/python/tkinter", Mark::directory}, {"/lib/python/tkinter/__init__.py", Mark::file}});
    CHECK(paths_of(result, "main") == Paths{{"/bin/python", Mark::file}});
}

TEST_CASE("the base packages' lists are the same bytes with and without the debug configuration") {
    Trees with;
    Trees without;
    small_stack(with);
    small_stack(without);
    switch_debug_off(without);
    const auto both = divide(with);
    const auto alone = divide(without);
    CHECK(alone.packages.size() == 3);
    for (const auto& package : alone.packages)
        CHECK(render_file_list({package.package, paths_of(both, package.package)}) == render_file_list(package));
}

TEST_CASE("an empty directory needs a pattern") {
    Trees trees({"optimized"});
    trees.directory("optimized", "/lib/python/empty");
    trees.everywhere("/lib/python/os.py", "");
    trees.package("libs", {"/lib/python/*.py"});
    CHECK_THAT(error_of([&] { divide(trees); }).reason(), contains_text("\n  /lib/python/empty"));
    trees.stack.packages.front().files.emplace_back("/lib/python/empty");
    CHECK(paths_of(divide(trees), "libs").at(2) == OwnedPath{"/lib/python/empty", Mark::directory});
}

TEST_CASE("system directories are owned by nobody, even when they are empty") {
    Trees trees({"optimized"});
    trees.everywhere("/usr/bin/python", "");
    trees.directory("optimized", "/usr/lib");
    trees.stack.system_directories = {"/usr", "/usr/{bin,lib}"};
    trees.package("main", {"/usr/bin/*"});
    CHECK(paths_of(divide(trees), "main") == Paths{{"/usr/bin/python", Mark::file}});
}

TEST_CASE("what lies below /usr/lib/debug is left to find-debuginfo") {
    Trees trees({"optimized"});
    trees.everywhere("/usr/lib/debug/usr/lib64/libpython.so-gdb.py", "");
    trees.everywhere("/usr/bin/python", "");
    trees.stack.system_directories = {"/usr", "/usr/bin"};
    trees.package("main", {"/usr/**"});
    CHECK(paths_of(divide(trees), "main") == Paths{{"/usr/bin/python", Mark::file}});
}

TEST_CASE("a path that no package claims stops the build") {
    Trees trees({"optimized"});
    for (int number = 10; number < 35; ++number) trees.everywhere("/lib/f" + std::to_string(number), "");
    trees.everywhere("/bin/x", "");
    trees.package("main", {"/bin/*"});
    const auto error = error_of([&] { divide(trees); });
    CHECK(error.subject() == "25 unclaimed");
    CHECK_THAT(error.reason(),
               contains_text("\n  /lib/f10") && contains_text("\n  /lib/f29") && contains_text("… and 5 more"));
    CHECK_THAT(error.reason(), !contains_text("/lib/f30") && !contains_text("/bin"));
    CHECK_THAT(error.hint(), contains_text("`files` of a [[package]] in stack.toml"));
}

TEST_CASE("a base package cannot sweep up what another configuration installs") {
    Trees trees;
    small_stack(trees);
    trees.stack.packages.front().configuration.clear();
    const auto error = error_of([&] { divide(trees); });
    CHECK(error.subject() == "tkinter");
    CHECK_THAT(error.reason(), contains_text("/lib/python/tkinter/__init__.py, which is optimized's") &&
                                   contains_text("/lib/python/tkinter/debug.txt, which is debug's"));
    CHECK_THAT(error.hint(), contains_text("configuration = \"debug\""));
}

TEST_CASE("no package may claim what is the base's own") {
    Trees trees;
    small_stack(trees);
    trees.stack.packages.back().configuration = "optimized";
    CHECK(error_of([&] { divide(trees); }).kind() == ErrorKind::usage);
}

TEST_CASE("patterns that match nothing are warned of, empty ones are not patterns") {
    Trees trees({"optimized"});
    trees.everywhere("/bin/x", "");
    trees.stack.system_directories = {"/bin"};
    trees.package("main", {"/bin/*", "/lib/*.so", "", "!/never"}).place = {trees.stack.file, 9};
    CHECK(divide(trees).warnings ==
          std::vector<std::string>{"stack.toml:9: the pattern /lib/*.so of main matches nothing"});
}

TEST_CASE("packages that are switched off take no part") {
    Trees trees({"optimized"});
    trees.everywhere("/bin/x", "");
    trees.stack.system_directories = {"/bin"};
    trees.package("off", {"/bin/*"}).condition = {"0", {"stack.toml", 4}};
    trees.package("on", {"/bin/*"});
    const auto result = divide(trees);
    REQUIRE(result.packages.size() == 1);
    CHECK(paths_of(result, "on").size() == 1);
}
