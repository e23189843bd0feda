#include "merge/file_list.hpp"

#include <algorithm>

#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "process/command.hpp"
#include "trees.hpp"

using namespace pystacks;
using namespace pystacks::merge;
using namespace pystacks::merge::test;
using Mark = OwnedPath::Mark;

TEST_CASE("a list has the marks that rpm knows") {
    CHECK(render_file_list({"libs",
                            {{"/lib", Mark::directory},
                             {"/lib/LICENSE", Mark::license},
                             {"/lib/NEWS", Mark::doc},
                             {"/lib/os.py", Mark::file}}}) ==
          "%defattr(-,root,root,-)\n"
          "%dir \"/lib\"\n"
          "%license \"/lib/LICENSE\"\n"
          "%doc \"/lib/NEWS\"\n"
          "\"/lib/os.py\"\n");
}

TEST_CASE("a manual page is found whatever brp-compress has made of it") {
    CHECK(file_list_path("/usr/share/man/man1/python.1") == "/usr/share/man/man1/python.1{,.gz,.bz2,.xz,.zst}");
    CHECK(file_list_path("/usr/share/man/de/man1/python.1") == "/usr/share/man/de/man1/python.1{,.gz,.bz2,.xz,.zst}");
    CHECK(file_list_path("/usr/lib/python/manual.py") == "\"/usr/lib/python/manual.py\"");
}

TEST_CASE("names that rpm cannot package are refused") {
    CHECK(error_of([] { (void)file_list_path("/a\nb"); }).reason() == "rpm refuses control characters in names");
    CHECK_THROWS_AS(file_list_path("/tab\tb"), Error);
    CHECK(error_of([] { (void)file_list_path("/latin\xe9"); }).reason() == "rpm packages only names in UTF-8");
    CHECK_THROWS_AS(file_list_path("/overlong\xc0\xaf"), Error);
    CHECK_THROWS_AS(file_list_path("/cut\xe2\x82"), Error);
    CHECK_NOTHROW(file_list_path("/ünïcode €"));
}

TEST_CASE("a name that an old rpm could take for another is refused") {
    TemporaryDirectory folder(fs::temp_directory_path(), "lists");
    const auto write = [&folder](const std::string& first, const std::string& second) {
        write_file_lists({{{"a", {{first, Mark::file}}}, {"b", {{second, Mark::file}}}}, {}}, folder.path());
    };
    CHECK(error_of([&] { write("/lib/[ab]", "/lib/a"); }).reason() ==
          "rpm could take the name for a pattern that /lib/a matches");
    CHECK_THROWS_AS(write("/lib/{x,y}z", "/lib/xz"), Error);
    CHECK_THROWS_AS(write("/lib/%x", "/lib/yx"), Error);
    CHECK_NOTHROW(write("/lib/[ab]", "/lib/a/b"));
    CHECK_NOTHROW(write("/lib/a b", "/lib/a-b"));
}

TEST_CASE("lists of packages that are no more do not stay") {
    TemporaryDirectory folder(fs::temp_directory_path(), "lists");
    write_file_lists({{{"debug", {{"/d", Mark::file}}}, {"libs", {{"/l", Mark::file}}}}, {}}, folder.path());
    write_file_lists({{{"libs", {{"/l", Mark::file}}}}, {}}, folder.path());
    CHECK_FALSE(fs::exists(folder.path() / "debug.list"));
    CHECK(read_file(folder.path() / "libs.list") == "%defattr(-,root,root,-)\n\"/l\"\n");
}

TEST_CASE("rpm itself packages exactly the names on the list") {
    REQUIRE(process::find_program("rpmbuild"));
    const std::vector<std::string> names = {"plain",       "with  two spaces",
                                            " ends ",      "[brackets]",
                                            "{braces,x}",  "{one}",
                                            "%percent",    "%{name}",
                                            "%(id)",       "100%%",
                                            "%dir",        "quo\"te",
                                            "-dash",       "ünïcode",
                                            "star*",       "q?",
                                            "back\\slash", "a'b",
                                            "$HOME",       "~",
                                            "#hash",       "a;b",
                                            "(x)",         "\\[x",
                                            "a[b",         "b]a",
                                            "c{b",         "b}c",
                                            "end\\"};
    // A folder each, as some of the names would match others.
    Trees trees({"optimized"});
    PackageFiles package{"t", {}};
    std::string expected;
    for (std::size_t index = 0; index < names.size(); ++index) {
        const auto parent = "/d" + std::to_string(100 + index);
        trees.everywhere(parent + '/' + names[index], "x");
        package.paths.push_back({parent, Mark::directory});
        package.paths.push_back({parent + '/' + names[index], index % 2 == 0 ? Mark::file : Mark::license});
        expected += parent + '\n' + parent + '/' + names[index] + '\n';
    }
    const auto top = trees.folder() / "top";
    make_directories(top);
    write_file_lists({{package}, {}}, top);
    write_file_atomically(top / "t.spec",
                          "Name: t\nVersion: 1\nRelease: 1\nSummary: t\nLicense: MIT\nBuildArch: noarch\n"
                          "%description\nt\n%install\nmkdir -p %{buildroot}\ncp -a " +
                              trees.root("optimized").string() + "/. %{buildroot}/\n%files -f %{_topdir}/t.list\n");
    process::Command build;
    build.arguments = {"rpmbuild",
                       "-bb",
                       "--nodeps",
                       "-D",
                       "_topdir " + top.string(),
                       "-D",
                       "debug_package %{nil}",
                       "-D",
                       "__os_install_post %{nil}",
                       (top / "t.spec").string()};
    process::run_checked(build, "cannot build the package");
    process::Command query;
    query.arguments = {"rpm", "-qp", "--qf", "[%{FILENAMES}\n]", (top / "RPMS/noarch/t-1-1.noarch.rpm").string()};
    CHECK(process::run_checked(query, "cannot read the package").output == expected);
}
