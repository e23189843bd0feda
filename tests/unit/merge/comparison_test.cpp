#include "merge/comparison.hpp"

#include <sys/stat.h>

#include "catch.hpp"
#include "trees.hpp"

using namespace pystacks;
using namespace pystacks::merge;
using namespace pystacks::merge::test;
using Kind = PathVerdict::Kind;

namespace {

constexpr auto optimized = "optimized";
constexpr auto debug = "debug";

std::string reason(const Trees& trees, const std::string& path) {
    const auto result = verdict(trees.compare(), path);
    REQUIRE(result.kind == Kind::conflict);
    return result.reason;
}

stack::Alias interpreter_alias() { return {"/bin/python3.13", "/bin/python${ldversion}", {"stack.toml", 7}}; }

}  // namespace

TEST_CASE("what is the same everywhere is shared, and the base's is taken") {
    Trees trees;
    trees.everywhere("/lib/os.py", "import sys\n");
    for (const auto* name : {optimized, debug}) trees.symlink(name, "/lib/link.py", "os.py");
    const auto comparison = trees.compare();
    for (const auto* path : {"/lib", "/lib/os.py", "/lib/link.py"}) {
        CHECK(verdict(comparison, path).kind == Kind::shared);
        CHECK(verdict(comparison, path).winner == optimized);
    }
    CHECK(verdict(comparison, "/lib/os.py").reason == "same bytes");
    CHECK(verdict(comparison, "/lib/link.py").reason == "same symlink target");
    CHECK_NOTHROW(require_no_conflicts(trees.stack, comparison));
}

TEST_CASE("modes of directories do not matter, as all are packaged alike") {
    Trees trees;
    trees.everywhere("/lib/os.py", "");
    fs::permissions(trees.root(debug) / "lib", fs::perms(0700));
    CHECK(verdict(trees.compare(), "/lib").kind == Kind::shared);
}

TEST_CASE("what one configuration installs is its own") {
    Trees trees;
    trees.file(optimized, "/lib/a.so", "a");
    trees.file(debug, "/lib/ad.so", "ad");
    const auto comparison = trees.compare();
    CHECK(verdict(comparison, "/lib/a.so").kind == Kind::own);
    CHECK(verdict(comparison, "/lib/a.so").winner == optimized);
    CHECK(verdict(comparison, "/lib/ad.so").kind == Kind::own);
    CHECK(verdict(comparison, "/lib/ad.so").winner == debug);
    CHECK_FALSE(comparison.installed_by_base(verdict(comparison, "/lib/ad.so")));
}

TEST_CASE("what several install alike without the base is own to the first of them") {
    Trees trees({"optimized", "debug", "freethreading"});
    trees.file(debug, "/lib/x", "x");
    trees.file("freethreading", "/lib/x", "x");
    const auto result = verdict(trees.compare(), "/lib/x");
    CHECK(result.kind == Kind::own);
    CHECK(result.winner == debug);
    CHECK(result.configurations == std::vector<std::string>{"debug", "freethreading"});
}

TEST_CASE("a conflict says what differs") {
    Trees trees;
    SECTION("sizes and the first differing line of text") {
        trees.file(optimized, "/bin/idle", "#!/bin/python3.13\nx\n");
        trees.file(debug, "/bin/idle", "#!/bin/python3.13d\nx\n");
        CHECK(reason(trees, "/bin/idle") ==
              "20 bytes in optimized, 21 in debug; line 1: “#!/bin/python3.13” / “#!/bin/python3.13d”");
    }
    SECTION("no lines of what is not text") {
        trees.file(optimized, "/bin/x", std::string("\0a", 2));
        trees.file(debug, "/bin/x", std::string("\0b", 2));
        CHECK(reason(trees, "/bin/x") == "2 bytes in both optimized and debug, but not the same");
    }
    SECTION("modes of the same bytes") {
        trees.file(optimized, "/bin/x", "x", 0755);
        trees.file(debug, "/bin/x", "x", 0644);
        CHECK(reason(trees, "/bin/x") == "same bytes, but mode 0755 in optimized, 0644 in debug");
    }
    SECTION("targets of symlinks") {
        trees.symlink(optimized, "/bin/x", "a");
        trees.symlink(debug, "/bin/x", "b");
        CHECK(reason(trees, "/bin/x") == "leads to a in optimized, to b in debug");
    }
    SECTION("types") {
        trees.file(optimized, "/bin/x", "x");
        trees.symlink(debug, "/bin/x", "b");
        CHECK(reason(trees, "/bin/x") == "a file in optimized, a symlink in debug");
    }
    SECTION("line by line even when one file ends first, and nothing that a terminal would obey") {
        trees.file(optimized, "/x", "a\n");
        trees.file(debug, "/x", "a\n\x1b[2Jb\n");
        CHECK_THAT(reason(trees, "/x"), contains_text("line 2: “” / “ [2Jb”"));
    }
}

TEST_CASE("what is neither file, directory nor symlink cannot be packaged") {
    Trees trees;
    trees.directory(debug, "/run");
    REQUIRE(::mkfifo((trees.root(debug) / "run/pipe").c_str(), 0600) == 0);
    CHECK_THAT(reason(trees, "/run/pipe"), contains_text("device, socket or pipe in debug"));
}

TEST_CASE("a directory against a file is settled by nothing") {
    Trees trees;
    trees.file(optimized, "/lib/x", "file");
    trees.file(debug, "/lib/x/below", "in a directory");
    trees.stack.rules.push_back({"/lib/x", optimized, "wishful", {}, {"stack.toml", 3}});
    CHECK_THAT(reason(trees, "/lib/x"), contains_text("a file in optimized, a directory in debug"));
}

TEST_CASE("an alias explains a short name that each configuration has for its own file") {
    Trees trees;
    trees.stack.aliases.push_back(interpreter_alias());
    trees.file(optimized, "/bin/python3.13", "release", 0755);
    trees.file(debug, "/bin/python3.13d", "debug", 0755);
    SECTION("as a hard link") { trees.hard_link(debug, "/bin/python3.13", "/bin/python3.13d"); }
    SECTION("as a copy") { trees.file(debug, "/bin/python3.13", "debug", 0755); }
    SECTION("as a symlink") { trees.symlink(debug, "/bin/python3.13", "python3.13d"); }
    SECTION("as an absolute symlink, which means a path of the tree") {
        trees.symlink(debug, "/bin/python3.13", "/bin/python3.13d");
    }
    const auto comparison = trees.compare();
    CHECK(verdict(comparison, "/bin/python3.13").kind == Kind::alias);
    CHECK(verdict(comparison, "/bin/python3.13").winner == optimized);
    CHECK(verdict(comparison, "/bin/python3.13d").kind == Kind::own);
    CHECK(comparison.warnings.empty());
}

TEST_CASE("an alias that does not hold leaves a conflict that says why") {
    Trees trees;
    trees.stack.aliases.push_back(interpreter_alias());
    trees.file(optimized, "/bin/python3.13", "release", 0755);
    trees.file(debug, "/bin/python3.13", "debug", 0755);
    SECTION("the long name is not there") {
        CHECK_THAT(reason(trees, "/bin/python3.13"),
                   contains_text("the alias of stack.toml:7 does not hold: debug does not install /bin/python3.13d"));
    }
    SECTION("the long name is another file") {
        trees.file(debug, "/bin/python3.13d", "something else", 0755);
        CHECK_THAT(reason(trees, "/bin/python3.13"), contains_text("it is not the same as /bin/python3.13d in debug"));
    }
    SECTION("the long name is the short one") {
        trees.stack.aliases.front().of = "/bin/python3.13";
        CHECK_THAT(reason(trees, "/bin/python3.13"), contains_text("in debug it is an alias of itself"));
    }
    SECTION("a symlink leads in circles") {
        fs::remove(trees.root(debug) / "bin/python3.13");
        trees.symlink(debug, "/bin/python3.13", "python3.13d");
        trees.symlink(debug, "/bin/python3.13d", "python3.13");
        CHECK_THAT(reason(trees, "/bin/python3.13"), contains_text("does not hold"));
    }
}

TEST_CASE("an alias does not hold when the long name is lost as well") {
    Trees trees;
    trees.stack.aliases.push_back({"/bin/python3.13", "/bin/real", {"stack.toml", 7}});
    trees.stack.rules.push_back({"/bin/real", optimized, "the rule that loses it", {}, {"stack.toml", 9}});
    for (const auto* name : {optimized, debug})
        for (const auto* path : {"/bin/python3.13", "/bin/real"}) trees.file(name, path, name, 0755);
    CHECK_THAT(reason(trees, "/bin/python3.13"), contains_text("/bin/real of debug is itself taken from optimized"));
}

TEST_CASE("a rule says whose file is taken") {
    Trees trees;
    trees.file(optimized, "/bin/idle3.13", "o");
    trees.file(debug, "/bin/idle3.13", "d");
    trees.stack.rules.push_back({"/bin/{idle,pydoc}3.13", optimized, "the same script", {}, {"stack.toml", 5}});
    const auto result = verdict(trees.compare(), "/bin/idle3.13");
    CHECK(result.kind == Kind::rule);
    CHECK(result.winner == optimized);
    CHECK(result.reason == "the same script");
}

TEST_CASE("a rule settles what two configurations have and the base has not") {
    Trees trees({"optimized", "debug", "freethreading"});
    trees.file(debug, "/lib/x", "d");
    trees.file("freethreading", "/lib/x", "t");
    CHECK(verdict(trees.compare(), "/lib/x").kind == Kind::conflict);
    trees.stack.rules.push_back({"/lib/x", "freethreading", "newer", {}, {"stack.toml", 5}});
    CHECK(verdict(trees.compare(), "/lib/x").winner == "freethreading");
}

TEST_CASE("no rule may take a path of the base from another configuration") {
    Trees trees;
    trees.file(optimized, "/bin/idle3.13", "o");
    trees.file(debug, "/bin/idle3.13", "d");
    trees.stack.rules.push_back({"/bin/idle3.13", debug, "prefer debug", {}, {"stack.toml", 42}});
    const auto error = error_of([&] { (void)trees.compare(); });
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.subject() == "stack.toml:42");
    CHECK_THAT(error.reason(), contains_text("would take /bin/idle3.13 from debug, but optimized installs it too"));
}

TEST_CASE("a rule whose winner does not install the path settles nothing") {
    Trees trees({"optimized", "debug", "freethreading"});
    trees.file(optimized, "/x", "o");
    trees.file(debug, "/x", "d");
    trees.stack.rules.push_back({"/x", "freethreading", "r", {}, {"stack.toml", 5}});
    CHECK_THAT(reason(trees, "/x"),
               contains_text("the rule of stack.toml:5 names freethreading, which does not install it"));
}

TEST_CASE("aliases and rules that settle nothing are warned of") {
    Trees trees;
    trees.everywhere("/bin/idle3.13", "same");
    trees.stack.aliases.push_back(interpreter_alias());
    trees.stack.rules.push_back({"/bin/idle3.13", optimized, "r", {}, {"stack.toml", 5}});
    CHECK(trees.compare().warnings ==
          std::vector<std::string>{"stack.toml:7: the alias of /bin/python3.13 settles nothing",
                                   "stack.toml:5: the rule of /bin/idle3.13 settles nothing"});
    SECTION("but not while a configuration is switched off") {
        auto some = trees.scan();
        some.pop_back();
        CHECK(compare(trees.stack, some).warnings.empty());
    }
}

TEST_CASE("all conflicts are told at once, with the lines that would settle them") {
    Trees trees;
    trees.file(optimized, "/bin/python3.13", "release", 0755);
    trees.file(debug, "/bin/python3.13d", "debug", 0755);
    trees.hard_link(debug, "/bin/python3.13", "/bin/python3.13d");
    trees.file(optimized, "/bin/idle", "o");
    trees.file(debug, "/bin/idle", "d");
    const auto error = error_of([&] { require_no_conflicts(trees.stack, trees.compare()); });
    CHECK(error.kind() == ErrorKind::failed);
    CHECK(error.subject() == "2 paths");
    CHECK_THAT(error.reason(),
               contains_text("\n  /bin/idle: 1 bytes in both") && contains_text("\n  /bin/python3.13: "));
    CHECK_THAT(error.hint(),
               contains_text("[[alias]]\npath = \"/bin/python3.13\"\nof = \"/bin/python${ldversion}\"\n"));
    CHECK_THAT(error.hint(), contains_text("[[rule]]\npath = \"/bin/idle\"\nwinner = \"optimized\"\nreason = \"…\"\n"));
}

TEST_CASE("a rule that is switched off neither settles nor is warned of") {
    Trees trees;
    trees.file(optimized, "/bin/idle3.13", "release");
    trees.file(debug, "/bin/idle3.13", "debug");
    trees.stack.rules.push_back({"/bin/idle3.13", optimized, "r", {"0", {"stack.toml", 6}}, {"stack.toml", 5}});
    const auto comparison = trees.compare();
    CHECK(comparison.warnings.empty());
    CHECK(verdict(comparison, "/bin/idle3.13").kind == Kind::conflict);
}
