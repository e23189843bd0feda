// What patches look like that people and tools write, and what GNU patch gets of them.
#include "catch.hpp"
#include "patched_tree.hpp"
#include "source/patch_line.hpp"
#include "source/patch_text.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;

namespace {

using Tree = PatchedTree;

std::string checked(const std::string& text) { return parse_patch(text, "p").checked; }

constexpr const char* mail =
    "From 1a2b3c4d Mon Sep 17 00:00:00 2001\n"
    "From: Somebody <somebody@example.org>\n"
    "Date: Mon, 1 Jan 2024 00:00:00 +0000\n"
    "Subject: [PATCH 1/2] Shout\n"
    "\n"
    "It was too quiet:\n"
    "\n"
    "    @@ -2,3 +2,3 @@\n"
    "\n"
    "*** Notice: 1d is no command here. ***\n"
    "a\n"
    "---\n"
    " dir/f.txt | 2 +-\n"
    " 1 file changed, 1 insertion(+), 1 deletion(-)\n"
    "\n"
    "diff --git a/dir/f.txt b/dir/f.txt\n"
    "index 1a2b3c4..5d6e7f8 100644\n"
    "--- a/dir/f.txt\n"
    "+++ b/dir/f.txt\n"
    "@@ -2,3 +2,3 @@ one\n"
    " two\n"
    "-three\n"
    "+THREE\n"
    " four\n"
    "-- \n"
    "2.40.1\n"
    "\n";
constexpr const char* shouted = "one\ntwo\nTHREE\nfour\nfive\nsix\nseven\n";

}  // namespace

TEST_CASE("GNU patch gets the diffs alone, on the lines where they stood") {
    CHECK(checked("Words.\n# A comment.\n--- a/f 2024-01-01 10:00\n+++ b/f\n@@ -1 +1,2 @@ where\n-x\n+y\n+z\n"
                  "\\ Kein Zeilenumbruch\n# Another.\n@@ -7,1 +8,1@@\n \n# The last.\nWords.\n") ==
          "\n\n--- a/f\t2024-01-01 10:00\n+++ b/f\n@@ -1,1 +1,2 @@\n-x\n+y\n+z\n"
          "\\ No newline at end of file\n#\n@@ -7,1 +8,1 @@\n \n\n\n");
    CHECK(checked("Prereq: 1.2 x\n diff\ndiff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to  y\n"
                  "index 1a2b..3c4d 100644\nBinary files differ\n") ==
          "Prereq: 1.2\n\ndiff --git a/x b/y\n\nrename from x\nrename to y\nindex 1a2b..3c4d 100644\n\n");
    CHECK(checked("diff --git a/my file b/my file\nold mode 100644\nnew mode 100755\n--- a/my file\t\n"
                  "+++ b/my file\t\n@@ -1 +1 @@\n-x\n+y\n") ==
          "diff --git \nold mode 100644\nnew mode 100755\n--- a/my file\t\n+++ b/my file\t\n@@ -1,1 +1,1 @@\n-x\n+y\n");
}

TEST_CASE("mails of git, with prose before and after them, are applied") {
    const Tree tree;
    tree.write("tree/from.txt", "same\n");
    const std::string second =
        "From 5d6e7f8 Mon Sep 17 00:00:00 2001\nSubject: [PATCH 2/2] More\n\n---\n dir/f.txt | 0\n\n"
        "diff --git a/dir/f.txt b/dir/f.txt\nold mode 100644\nnew mode 100755\n"
        "diff --git a/from.txt b/to.txt\nsimilarity index 100%\nrename from from.txt\nrename to to.txt\n"
        "-- \n2.40.1";  // without a newline
    CHECK(tree.apply(mail + second).empty());
    CHECK(tree.file() == shouted);
    CHECK((fs::status(tree / "tree/dir/f.txt").permissions() & fs::perms::owner_exec) != fs::perms::none);
    CHECK(Scene::names(tree / "tree") == std::vector<std::string>{"dir", "to.txt"});
}

TEST_CASE("diffs of quilt, Subversion and CVS are applied") {
    const std::string hunk = "@@ -2,3 +2,3 @@\n two\n-three\n+THREE\n four\n";
    const std::string header = GENERATE(
        as<std::string>(),
        "Description: shout\n three lines\nAuthor: Somebody\nForwarded: no\n---\nThis patch header is DEP-3.\n"
        "Index: fake-1.0/dir/f.txt\n==================\n--- fake-1.0.orig/dir/f.txt\n+++ fake-1.0/dir/f.txt\n",
        "Index: x/dir/f.txt\n==========\n--- x/dir/f.txt\t(revision 7)\n+++ x/dir/f.txt\t(working copy)\n",
        "Index: x/dir/f.txt\n=====\nRCS file: /cvs/f.txt,v\nretrieving revision 1.7\ndiff -u -p -r1.7 f.txt\n"
        "--- x/dir/f.txt\t1 Jan 2024 00:00:00 -0000\t1.7\n+++ x/dir/f.txt\t2 Jan 2024 00:00:00 -0000\n",
        "diff -Nru a/dir/f.txt b/dir/f.txt\n--- a/dir/f.txt\t2024-01-01 00:00:00.000000000 +0000\n"
        "+++ b/dir/f.txt\t2024-01-02 00:00:00.000000000 +0000\n",
        "Only in a: other\nIndex: x/dir/f.txt\n", "--- a/dir/f.txt.orig 2024-01-01\n+++ a/dir/f.txt 2024-01-02\n",
        "  Index: prose\n    diff --git of prose\n--- a/dir/f.txt\n+++ b/dir/f.txt\n");
    const Tree tree;
    INFO(header);
    CHECK(tree.apply(header + hunk).empty());
    CHECK(tree.file() == shouted);
}

TEST_CASE("what looks like a header in a hunk is content") {
    const Tree tree;
    tree.write("tree/q.sql", "-- a/../x\nselect\n*** x\n");
    CHECK(
        tree.apply("--- a/q.sql\n+++ b/q.sql\n@@ -1,3 +1,6 @@\n--- a/../x\n+++ b/../y\n+@@ -1 +1 @@\n+1d\n+.\n select\n"
                   " *** x\n")
            .empty());
    CHECK(tree.file("tree/q.sql") == "++ b/../y\n@@ -1 +1 @@\n1d\n.\nselect\n*** x\n");
}

TEST_CASE("carriage returns are taken off if the names have them, and kept otherwise") {
    const Tree tree;
    std::string text;
    for (const char* at = Tree::good; *at != '\0'; ++at)
        text += *at == '\n' ? std::string("\r\n") : std::string(1, *at);
    CHECK(tree.apply(text).empty());
    CHECK(tree.file() == shouted);
    tree.write("tree/dos.txt", "one\r\ntwo\r\n");
    CHECK(tree.apply("--- a/dos.txt\n+++ b/dos.txt\n@@ -1,2 +1,2 @@\n-one\r\n+ONE\r\n two\r\n").empty());
    CHECK(tree.file("tree/dos.txt") == "ONE\r\ntwo\r\n");
}

TEST_CASE("files without a newline at their end") {
    const Tree tree;
    tree.write("tree/x.txt", "one\ntwo");
    CHECK(tree.apply("--- a/x.txt\n+++ b/x.txt\n@@ -1,2 +1,2 @@\n-one\n+ONE\n two\n\\ No newline at end of file\n")
              .empty());
    CHECK(tree.file("tree/x.txt") == "ONE\ntwo");
    CHECK(tree.apply("--- a/x.txt\n+++ b/x.txt\n@@ -1,2 +1,2 @@\n ONE\n-two\n\\ No newline\n+two\n").empty());
    CHECK(tree.file("tree/x.txt") == "ONE\ntwo\n");
    CHECK(has(tree.apply("--- a/x.txt\n+++ b/x.txt\n@@ -1,2 +1,2 @@\n-ONE\n\\ No newline\n+one\n two\n"), "p.patch:5"));
}

TEST_CASE("blanks that an editor has taken off are put back") {
    const Tree tree;
    tree.write("tree/x.txt", "one\n\nthree\n\n");
    CHECK(tree.apply("--- a/x.txt\n+++ b/x.txt\n@@ -1,4 +1,4 @@\n-one\n+ONE\n\n three\n").empty());
    CHECK(tree.file("tree/x.txt") == "ONE\n\nthree\n\n");
    tree.write("tree/y.txt", "one\n\ttwo\n");
    CHECK(tree.apply("--- a/y.txt\n+++ b/y.txt\n@@ -1,2 +1,2 @@\n-one\n+ONE\n\ttwo\n").empty());
    CHECK(tree.file("tree/y.txt") == "ONE\n\ttwo\n");
}

TEST_CASE("files whose names have blanks") {
    const Tree tree;
    tree.write("tree/my file", "x\n");
    CHECK(tree.apply("--- a/my file\t2024-01-01\n+++ b/my file\t2024-01-02\n@@ -1 +1 @@\n-x\n+y\n").empty());
    CHECK(tree.file("tree/my file") == "y\n");
    CHECK(has(tree.apply("diff --git a/my file b/your file\nrename from my file\nrename to your file\n"), "p.patch:1"));
}

TEST_CASE("when a file is not there, GNU patch's message has the line of the patch and no empty lines") {
    const Tree tree;
    const std::string error =
        tree.apply(std::string(Tree::good) + "\n\n# Words.\n--- a/none.txt\n+++ b/none.txt\n@@ -1 +1 @@\n-x\n+y\n");
    CHECK(has(error, "input line 15"));
    CHECK(has(error, "\n|--- a/none.txt\n|+++ b/none.txt\n"));
    CHECK_FALSE(has(error, "|\n"));
}

TEST_CASE("names end where GNU patch ends them") {
    const auto name = [](std::string_view text) { return std::string(name_and_stamp(text).name); };
    CHECK(name("a/x") == "a/x");
    CHECK(name(" a/x  ") == "a/x");
    CHECK(name("a/x 2024-01-01 10:00") == "a/x");
    CHECK(name("a/my x\t2024-01-01 10:00") == "a/my x");
    CHECK(name("a/x \t2024-01-01\t1.7") == "a/x");
    CHECK(name_and_stamp("a/x \t2024-01-01\t1.7").stamp == "2024-01-01\t1.7");
    CHECK(name("").empty());
    CHECK(name(" \t ").empty());
}

TEST_CASE("commands of the other formats") {
    for (const char* line : {"1d", "12,13c", "a", "7a ", "3i", "1s/.//"}) CHECK(is_ed_command(line));
    for (const char* line : {"", "1", "1,d", "1,2a", "add", "s/a/b/", "d!", "1c1"}) CHECK_FALSE(is_ed_command(line));
    for (const char* line : {"1d0", "1,2c3,4", "7a8 "}) CHECK(is_normal_command(line));
    for (const char* line : {"", "1", "a", "1b2", "1c2 x"}) CHECK_FALSE(is_normal_command(line));
}

TEST_CASE("the numbers of a hunk") {
    const auto range = hunk_range("@@ -1,2 +3 @@ f()");
    REQUIRE(range);
    CHECK(range->old_start == 1);
    CHECK(range->old_lines == 2);
    CHECK(range->new_start == 3);
    CHECK(range->new_lines == 1);
    CHECK(hunk_range("@@ -1,2+3@@"));
    for (const char* line : {"@@ -1,2 +3", "@@ -1, +3 @@", "@@ 1 +3 @@", "@@ -1 3 @@", "@@@ -1 -1 +1 @@@",
                             "@@ -99999999999999999999999 +1 @@"}) {
        CHECK_FALSE(hunk_range(line));
    }
}
