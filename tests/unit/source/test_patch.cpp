#include "catch.hpp"
#include "patched_tree.hpp"
#include "source/patch_text.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;

namespace {

using Tree = PatchedTree;
constexpr const char* original = Tree::original;
constexpr const char* good = Tree::good;

}  // namespace

TEST_CASE("a patch that fits is applied and leaves nothing else") {
    const Tree tree;
    CHECK(tree.apply(good).empty());
    CHECK(tree.file() == "one\ntwo\nTHREE\nfour\nfive\nsix\nseven\n");
    CHECK(Scene::names(tree / "tree/dir") == std::vector<std::string>{"f.txt"});
    CHECK(Scene::names(tree / "") == std::vector<std::string>{"p.patch", "tree"});
}

TEST_CASE("an offset is no fuzz") {
    const Tree tree;
    tree.write("tree/dir/f.txt", std::string("new first line\n") + original);
    CHECK(tree.apply(good).empty());
    CHECK(has(tree.file(), "THREE"));
    CHECK(Scene::names(tree / "tree/dir") == std::vector<std::string>{"f.txt"});
}

TEST_CASE("files are made, removed and renamed") {
    const Tree tree;
    tree.write("tree/old.txt", "gone\n");
    tree.write("tree/from.txt", "same\n");
    CHECK(tree.apply("diff --git a/new/x.txt b/new/x.txt\nnew file mode 100755\n--- /dev/null\n+++ b/new/x.txt\n@@ "
                     "-0,0 +1 @@\n+made\n"
                     "diff --git a/old.txt b/old.txt\ndeleted file mode 100644\n--- a/old.txt\n+++ /dev/null\n@@ -1 "
                     "+0,0 @@\n-gone\n"
                     "diff --git a/from.txt b/to.txt\nsimilarity index 100%\nrename from from.txt\nrename to to.txt\n")
              .empty());
    CHECK(tree.file("tree/new/x.txt") == "made\n");
    CHECK(tree.file("tree/to.txt") == "same\n");
    CHECK(Scene::names(tree / "tree") == std::vector<std::string>{"dir", "new", "to.txt"});
}

TEST_CASE("two changes of one file in one patch build upon each other") {
    const Tree tree;
    const std::string second = "--- a/dir/f.txt\n+++ b/dir/f.txt\n@@ -2,3 +2,3 @@\n two\n-THREE\n+III\n four\n";
    CHECK(tree.apply(good + second).empty());
    CHECK(has(tree.file(), "\nIII\n"));
}

TEST_CASE("what would need fuzz fails, shows the hunk with its line, and changes nothing") {
    const Tree tree;
    const std::string text =
        "--- a/dir/f.txt\n+++ b/dir/f.txt\n@@ -1,3 +1,3 @@\n-one\n+ONE\n two\n three\n"
        "@@ -4,4 +4,4 @@\n four\n five\n-six\n+SIX\n SEVEN?\n";
    const std::string error = tree.apply(text);
    CHECK(has(error, (tree / "p.patch").string() + ":8: this hunk:"));
    CHECK(has(error, "    -six\n    +SIX\n     SEVEN?"));
    CHECK_FALSE(has(error, "+ONE"));
    CHECK(has(error, "no fuzz"));
    CHECK(tree.file() == original);
    CHECK(Scene::names(tree / "tree/dir") == std::vector<std::string>{"f.txt"});
}

TEST_CASE("a patch of which a later file fails changes no file") {
    const Tree tree;
    tree.write("tree/g.txt", "other\n");
    CHECK_FALSE(tree.apply(std::string(good) + "--- a/g.txt\n+++ b/g.txt\n@@ -1 +1 @@\n-unexpected\n+new\n").empty());
    CHECK(tree.file() == original);
    CHECK(tree.file("tree/g.txt") == "other\n");
}

TEST_CASE("a patch that is applied already fails and is not reversed") {
    const Tree tree;
    REQUIRE(tree.apply(good).empty());
    CHECK(has(tree.apply(good), "previously applied"));
    CHECK(has(tree.file(), "THREE"));
}

TEST_CASE("a patch for a file that is not there fails") {
    const Tree tree;
    const std::string error = tree.apply("--- a/none.txt\n+++ b/none.txt\n@@ -1 +1 @@\n-x\n+y\n");
    CHECK(has(error, "p.patch"));
    CHECK(has(error, "none.txt"));
    CHECK(Scene::names(tree / "tree") == std::vector<std::string>{"dir"});
    CHECK_FALSE(tree.apply(good, 0).empty());  // the wrong number of components
}

TEST_CASE("patches that leave the tree are refused") {
    const Tree tree;
    tree.write("outside.txt", "x\n");
    fs::create_symlink("..", tree / "tree/up");
    fs::create_symlink("/", tree / "tree/root");
    const std::string hunk = "@@ -1 +1 @@\n-x\n+evil\n";
    const std::string name =
        GENERATE(as<std::string>(), "a/../outside.txt", "a/up/outside.txt", "a/dir/../../outside.txt");
    CHECK(has(tree.apply("--- " + name + "\n+++ " + name + "\n" + hunk), "p.patch:1"));
    CHECK(has(tree.apply("--- a/dir/f.txt\n+++ " + name + "\n" + hunk), "p.patch:2"));
    CHECK(has(tree.apply("diff --git a/dir/f.txt " + name + "\nrename from dir/f.txt\nrename to x\n"), "p.patch:1"));
    CHECK(has(tree.apply("diff --git a/dir/f.txt b/x\nrename from dir/f.txt\nrename to " + name.substr(2) + "\n"),
              "p.patch:3"));
    CHECK(has(tree.apply("--- /etc/x\n+++ /etc/x\n" + hunk, 0), "absolute"));
    CHECK(tree.file("outside.txt") == "x\n");
    CHECK(tree.file() == original);
}

TEST_CASE("what GNU patch would do beyond changing files is refused") {
    const Tree tree;
    CHECK(has(
        tree.apply("diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc/passwd\n"),
        "symbolic links"));
    CHECK(has(tree.apply("diff --git a/b b/b\nindex 1..2 100644\nGIT binary patch\nliteral 1\n"), "binary"));
    CHECK(has(tree.apply("--- a/dir/f.txt\n+++ b/dir/f.txt\n1d\n!touch " + (tree / "tree/owned").string() + "\n.\n"),
              "no unified hunk"));
    CHECK(has(tree.apply("1d\n!touch " + (tree / "tree/owned").string() + "\n.\n"), "no unified hunk"));
    CHECK_FALSE(fs::exists(tree / "tree/owned"));
    CHECK(has(tree.apply("--- \"a/f\\303\\244\"\n+++ b/f\n@@ -1 +1 @@\n-x\n+y\n"), "quoted"));
}

TEST_CASE("a patch that cannot be read as one is told with its line") {
    const Tree tree;
    CHECK(has(tree.apply("Just words.\n"), "no unified hunk"));
    CHECK(has(tree.apply(""), "no unified hunk"));
    CHECK(has(tree.apply("--- a/dir/f.txt\n+++ b/dir/f.txt\n@@ -1,3 +1,3 @@\n-one\n+ONE"), "p.patch:3"));
    CHECK(has(tree.apply("--- a/dir/f.txt\n+++ b/dir/f.txt\n@@ -1,3 +1,3 @@\n-one\nnonsense\n"), "p.patch:5"));
    CHECK(has(error_of([&] { apply_patch(tree / "none.patch", 1, tree / "tree"); }), "none.patch"));
    CHECK(has(error_of([&] { apply_patch(tree.write("p", good), 1, tree / "nowhere"); }), "nowhere"));
    CHECK(tree.file() == original);
}

TEST_CASE("components are taken off as patch does") {
    CHECK(strip_components("a/b/c", 1) == "b/c");
    CHECK(strip_components("a//b", 1) == "b");
    CHECK(strip_components("/a/b", 1) == "a/b");
    CHECK(strip_components("a/b", 0) == "a/b");
    CHECK(strip_components("a", 1).empty());
}
