// What is refused although GNU patch would apply it. Each of these would only change files of the tree.
#include "catch.hpp"
#include "patched_tree.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;

namespace {

/// With a second file, for what follows the diff of the first.
struct Tree : PatchedTree {
    Tree() { write("tree/g.txt", "red\ngreen\n"); }
    /// @p text is refused with a message that has @p part in it, and changes nothing.
    void refuses(const std::string& text, const std::string& part, int strip = 1) const {
        INFO(text);
        const std::string error = apply(text, strip);
        INFO(error);
        CHECK(has(error, part));
        CHECK(file() == original);
        CHECK(file("tree/g.txt") == "red\ngreen\n");
        CHECK(names(*this / "tree") == std::vector<std::string>{"dir", "g.txt"});
    }
};

const std::string first = Tree::good;  // nine lines
const std::string context =
    "*** a/g.txt\n--- b/g.txt\n***************\n*** 1,2 ****\n! red\n  green\n--- 1,2 ----\n! RED\n  green\n";
const std::string normal = "Index: a/g.txt\n1c1\n< red\n---\n> RED\n";
const std::string ed = "Index: a/g.txt\n1c\nRED\n.\n";
const std::string hunk_of_g = "@@ -1,2 +1,2 @@\n-red\n+RED\n green\n";
const std::string unified = "--- a/g.txt\n+++ b/g.txt\n" + hunk_of_g;

}  // namespace

TEST_CASE("a second format in a patch is refused, with its line") {
    const Tree tree;
    tree.refuses(first + context, "p.patch:12: no unified hunk begins here, but a context diff");
    tree.refuses(first + normal, "p.patch:11: no unified hunk begins here, but a normal diff");
    tree.refuses(first + ed, "p.patch:11: no unified hunk begins here, but an ed script");
    tree.refuses(first + "Index: a/g.txt\n2d\n", "p.patch:11: no unified hunk begins here, but an ed script");
    tree.refuses(first + "\nWords.\n" + context + first, "p.patch:14: no unified hunk begins here, but a context diff");
    tree.refuses(first + "--- a/g.txt\n+++ b/g.txt\n" + context.substr(context.find("****")), "but a context diff");
    tree.refuses(first + "--- a/g.txt\n+++ b/g.txt\n" + normal.substr(normal.find('1')), "but a normal diff");
    tree.refuses(first + context, "`diff -u`");
}

TEST_CASE("a patch in another format is refused, with the line where it begins") {
    const Tree tree;
    tree.refuses(context, "p.patch:3: no unified hunk begins here, but a context diff");
    tree.refuses(normal, "p.patch:2: no unified hunk begins here, but a normal diff");
    tree.refuses(ed, "p.patch:2: no unified hunk begins here, but an ed script");
    tree.refuses(context + first, "p.patch:3: no unified hunk begins here, but a context diff");
    tree.refuses("*** b/g.txt\n--- a/g.txt\n" + hunk_of_g, "p.patch:1: no unified hunk begins here, but the header");
}

TEST_CASE("however the names of another format are written, it is refused") {
    const Tree tree;
    std::string indented;
    for (std::size_t at = 0; at < context.size(); at = context.find('\n', at) + 1)
        indented += "  " + context.substr(at, context.find('\n', at) + 1 - at);
    tree.refuses(first + indented, "p.patch:12: no unified hunk begins here, but a context diff");
    tree.refuses(first + "# A comment.\n" + context, "p.patch:13: no unified hunk begins here, but a context diff");
    tree.refuses(first + "Index: a/g.txt\r\n1c1\r\n< red\r\n---\r\n> RED\r\n", "but a normal diff");
}

TEST_CASE("links are not made, changed or removed") {
    const Tree tree;
    const std::string header = "diff --git a/l b/l\n";
    const std::string target = "--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+g.txt\n\\ No newline at end of file\n";
    for (const std::string modes :
         {"new file mode 120000\n", "new file mode  120000\n", "  new file mode 120000\n", "new file mode 120000\r\n",
          "index 0000000..1a2b3c4 120000\n", "index 0000000..1a2b3c4  120000\n", "new mode 120000\n",
          "old mode 120000\nnew mode 100644\n", "deleted file mode 120000\n", "Xnew mode 120777\n"}) {
        tree.refuses(header + modes + target, "p.patch:2");
        tree.refuses(header + modes + target, "symbolic links");
        tree.refuses(first + header + modes, "p.patch:11");
    }
    tree.refuses(header + "old mode 100644\nnew mode 120000\n", "p.patch:3");
    tree.refuses(header + "new file mode 160000\nindex 0000000..1a2b3c4\n" + target, "submodules");
    tree.refuses(header + "new file mode 040000\n" + target, "is not the mode of a file");
    tree.refuses(header + "new file mode 100644 x\n" + target, "is not the mode of a file");
}

TEST_CASE("a name that is a link is refused") {
    const Tree tree;
    fs::create_symlink("g.txt", tree / "tree/dir/l");
    CHECK(has(tree.apply("--- a/dir/l\n+++ /dev/null\n@@ -1 +0,0 @@\n-../g.txt\n\\ No newline at end of file\n"),
              "p.patch:1: the name \"a/dir/l\" is a symbolic link"));
    CHECK(has(tree.apply("--- /dev/null\n+++ b/dir/l\n@@ -0,0 +1 @@\n+x\n"), "p.patch:2"));
    CHECK(has(tree.apply("diff --git a/dir/l b/m\nrename from dir/l\nrename to m\n"), "is a symbolic link"));
    CHECK(fs::read_symlink(tree / "tree/dir/l") == "g.txt");
    CHECK_FALSE(fs::exists(tree / "tree/m"));
}

TEST_CASE("an indented diff is refused") {
    const Tree tree;
    tree.refuses(first + "  --- a/g.txt\n  +++ b/g.txt\n  @@ -1,2 +1,2 @@\n  -red\n  +RED\n   green\n",
                 "p.patch:10: GNU patch would read this indented text as a diff");
    tree.refuses(first + "X--- a/g.txt\nX+++ b/g.txt\n" + hunk_of_g, "p.patch:10: GNU patch would read this indented");
    tree.refuses("\tdiff --git a/g.txt b/h.txt\n\trename from g.txt\n\trename to h.txt\n", "p.patch:1");
    tree.refuses("- --- a/g.txt\n- +++ b/g.txt\n" + hunk_of_g, "indented");
    tree.refuses("Index: a/g.txt\n  " + hunk_of_g, "p.patch:2: GNU patch would read this indented");
}

TEST_CASE("a hunk that GNU patch would skip is refused") {
    const Tree tree;
    tree.refuses(first + "\n" + hunk_of_g, "p.patch:11: this hunk belongs to no file");
    tree.refuses("diff --git a/g.txt b/g.txt\nindex 1..2 100644\n" + hunk_of_g, "p.patch:3: this hunk belongs");
    tree.refuses("Words.\n" + hunk_of_g, "p.patch:2: this hunk belongs to no file");
    tree.refuses(first + "@@ -x +1 @@\n", "p.patch:10: this @@ line cannot be read");
    tree.refuses(first + unified.substr(0, unified.size() - 1), "p.patch:12: the patch ends in the middle of a line");
    tree.refuses(first + "diff --git a/g.txt b/h.txt\nrename from g.txt\nrename to h.txt",
                 "p.patch:12: the patch ends");
}

TEST_CASE("what is in no hunk does not hide a name") {
    const Tree tree;
    tree.refuses(unified + "--- a/g.txt\n+++\tb/../x\n" + hunk_of_g, "p.patch:8: the name \"b/../x\"");
    tree.refuses("--- a/g.txt\n+++ b/g.txt\n@@ -1,2 +1,2@@\n-red\n+RED\n green\n--- a/x\n+++ b/../x\n" + hunk_of_g,
                 "p.patch:8: the name \"b/../x\"");
    tree.refuses("Index: a/../x\n" + hunk_of_g, "p.patch:1: the name \"a/../x\"");
    tree.refuses("diff --git a/../x b/../x\nold mode 100644\nnew mode 100755\n", "p.patch:1: the name \"a/../x\"");
}

TEST_CASE("names do not command the terminal") {
    const Tree tree;
    tree.refuses("--- a/g\x1b[31m.txt\n+++ b/g.txt\n" + hunk_of_g, "p.patch:1: there are control characters in");
    const std::string error = tree.apply("diff --git a/l b/l\nnew file mode 1\x1b[31m\n");
    CHECK(has(error, "1?[31m"));
    CHECK_FALSE(has(error, "\x1b"));
    const std::string failure = tree.apply("--- a/dir/f.txt\n+++ b/dir/f.txt\n@@ -1 +1 @@\n-\x1b[31m\n+x\n");
    CHECK(has(failure, "    -?[31m"));
    CHECK_FALSE(has(failure, "\x1b"));
}
