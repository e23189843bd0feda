#include "base/names.hpp"

#include "catch.hpp"

using namespace pystacks;

TEST_CASE("what is below a folder is in it, at any depth") {
    CHECK(is_below("/a/b", "/a"));
    CHECK(is_below("/a/b/c", "/a"));
    CHECK(is_below("/a", "/"));
    CHECK_FALSE(is_below("/a", "/a"));
    CHECK_FALSE(is_below("/ab", "/a"));
    CHECK_FALSE(is_below("/", "/"));
}

TEST_CASE("a package's name is one component of a path and no option") {
    for (const char* name : {"python3.13", "python3.13-debug", "libstdc++", "_private", "9base"}) {
        CHECK(problem_of_package_name(name).empty());
    }
    CHECK(problem_of_package_name("") == "is empty");
    CHECK(problem_of_package_name("../x") == "has the character '/' in it");
    CHECK(problem_of_package_name("a..b") == "has '..' in it");
    CHECK(problem_of_package_name("..") == "has '..' in it");
    CHECK(problem_of_package_name("-x") == "does not begin with a letter, a digit or _");
    CHECK(problem_of_package_name(".x") == "does not begin with a letter, a digit or _");
    CHECK(problem_of_package_name("a b") == "has the character ' ' in it");
    CHECK(problem_of_package_name("a*") == "has the character '*' in it");
    CHECK(problem_of_package_name("a\x1b[2J") == "has the character '\\x1b' in it");
    CHECK(problem_of_package_name("é") == "has the character 'é' in it");
    CHECK(problem_of_package_name("a\xff") == "has the character '\\xff' in it");
    CHECK(problem_of_package_name("a\n") == "has the character '\\x0a' in it");
    CHECK(problem_of_package_name("a:b") == "has the character ':' in it");
}

TEST_CASE("a version has rpm's characters") {
    for (const char* version : {"3.13.5", "3.14.0~rc1", "1^20250101", "2+git", "1_2"}) {
        CHECK(problem_of_version(version).empty());
    }
    CHECK(problem_of_version("") == "is empty");
    CHECK(problem_of_version("1-2") == "has the character '-' in it");
    CHECK(problem_of_version("1/2") == "has the character '/' in it");
    CHECK(problem_of_version("1..2") == "has '..' in it");
}

TEST_CASE("a file's name stays in its folder") {
    for (const char* name : {"x.tar.xz", ".hidden", "-x", "a..b", "...", "with space"}) {
        CHECK(problem_of_file_name(name).empty());
    }
    CHECK(problem_of_file_name("") == "is empty");
    CHECK(problem_of_file_name(".") == "names a folder");
    CHECK(problem_of_file_name("..") == "names a folder");
    CHECK(problem_of_file_name("a/b") == "has the character '/' in it");
    CHECK(problem_of_file_name("a\nb") == "contains a line end");
    CHECK(problem_of_file_name(std::string_view("a\0b", 3)) == "contains a NUL character");
}

TEST_CASE("an installed path is absolute and leads nowhere up") {
    for (const char* path : {"/", "/usr/bin/x", "/usr/a..b/...", "/..x", "/with space/\x1b"}) {
        CHECK(problem_of_installed_path(path).empty());
    }
    CHECK(problem_of_installed_path("") == "is empty");
    CHECK(problem_of_installed_path("usr/x") == "is not absolute");
    CHECK(problem_of_installed_path("/usr/../x") == "has the component '..'");
    CHECK(problem_of_installed_path("/usr/..") == "has the component '..'");
    CHECK(problem_of_installed_path("/..") == "has the component '..'");
    CHECK(problem_of_installed_path("/usr/a\nb") == "contains a line end");
}

TEST_CASE("an address names a file by its last component") {
    CHECK(file_name_of_url("https://example.org/a/x.tar.xz?token=1/2#top") == "x.tar.xz");
    CHECK(file_name_of_url("x.tar.xz") == "x.tar.xz");
    CHECK(file_name_of_url("https://example.org/a/").empty());
}

TEST_CASE("a name in a message commands no terminal, and is not endless") {
    CHECK(quoted_name("a\x1b[2J\n") == "\"a\\x1b[2J\\x0a\"");
    CHECK(quoted_name(std::string(3000, 'x')) == '"' + std::string(100, 'x') + "…\"");
}
