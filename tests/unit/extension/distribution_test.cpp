#include "extension/distribution.hpp"

#include <map>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "extension/rpm_version.hpp"

using namespace pystacks;
using namespace pystacks::extension;

TEST_CASE("names and versions of distributions") {
    CHECK(normalized("Ruamel.YAML") == "ruamel-yaml");
    CHECK(normalized("a-_-b") == "a-b");
    // What pythondistdeps.py of rpm 4.18 says.
    for (const auto& [version, wanted] : std::map<std::string, std::string>{{"1.0", "1"},
                                                                            {"1.0.0", "1"},
                                                                            {"0", "0"},
                                                                            {"0.0", "0"},
                                                                            {"1!2.0", "1:2"},
                                                                            {"1.0a1", "1~a1"},
                                                                            {"1.0.alpha.1", "1~a1"},
                                                                            {"1.0rc1.dev2", "1~rc1"},
                                                                            {"1.0.post1.dev3", "1~~dev3"},
                                                                            {"v1.0", "1"},
                                                                            {"1.0-1", "1^post1"},
                                                                            {"1.0+abc.1", "1"},
                                                                            {"01.02", "1.2"},
                                                                            {"2024.01.05", "2024.1.5"},
                                                                            {"1.0c1", "1~rc1"},
                                                                            {"1.0preview2", "1~rc2"},
                                                                            {"1.0.POST2", "1^post2"},
                                                                            {"2.0.dev3", "2~~dev3"},
                                                                            {"1.0b2", "1~b2"},
                                                                            {"1.0.post", "1^post0"},
                                                                            {"10.0", "10"},
                                                                            {"1.20", "1.20"},
                                                                            {"1.0.dev", "1~~dev0"},
                                                                            {"1.0a", "1~a0"},
                                                                            {"2.0.0rc1", "2~rc1"},
                                                                            {"1.0b1.post2", "1~b1"},
                                                                            {"1.0_r3", "1^post3"}}) {
        INFO(version);
        CHECK(rpm_version(version) == wanted);
    }
    CHECK(rpm_version("weird-version") == "weird-version");
}

TEST_CASE("requirements and their markers") {
    CHECK(required_name("numpy>=1.20", "3.13") == "numpy");
    CHECK(required_name("Foo.Bar [x] (>1)", "3.13") == "foo-bar");
    CHECK_FALSE(required_name("pytest; extra == 'test'", "3.13"));
    CHECK_FALSE(required_name("dataclasses; python_version < '3.7'", "3.13"));
    CHECK(required_name("typing; python_version >= \"3.9\" and sys_platform == 'linux'", "3.13") == "typing");
    CHECK_FALSE(required_name("colorama; sys_platform == 'win32'", "3.13"));
    CHECK(required_name("x; python_version < '3' or sys_platform == 'linux'", "3.13") == "x");
    CHECK_FALSE(required_name("", "3.13"));
    CHECK(parse_requires_txt("numpy\nsix>1\n\n[test]\npytest\n") == std::vector<std::string>{"numpy", "six"});
}

TEST_CASE("the distribution of a module in a buildroot") {
    const TemporaryDirectory root(fs::temp_directory_path(), "distribution-test");
    const fs::path site = root.path() / "usr/lib64/python3.13/site-packages";
    make_directories(site / "lxml");
    const auto add = [&](const std::string& name, const std::string& top, const std::string& more) {
        make_directories(site / (name + ".dist-info"));
        write_file_atomically(site / (name + ".dist-info/METADATA"),
                              "Metadata-Version: 2.1\nName: " + name + "\nVersion: 4.9\n" + more + "\nName: body\n");
        write_file_atomically(site / (name + ".dist-info/top_level.txt"), top + "\n");
    };
    add("lxml", "lxml", "Requires-Dist: cssselect (>=0.7)\nRequires-Dist: html5lib ; extra == 'html5'\n");
    const fs::path module = site / "lxml/etree.cpython-313d-x86_64-linux-gnu.so";
    const auto owner = owner_of(module);
    REQUIRE(owner);
    CHECK(debug_provides(*owner) == std::vector<std::string>{"python3.13-debugdist(lxml) = 4.9"});
    CHECK(debug_recommends(*owner) == std::vector<std::string>{"python3.13-debugdist(cssselect)"});
    const auto free_threaded = owner_of(site / "lxml/etree.cpython-313td-x86_64-linux-gnu.so");
    REQUIRE(free_threaded);
    CHECK(debug_provides(*free_threaded) == std::vector<std::string>{"python3.13-freethreading-debugdist(lxml) = 4.9"});

    add("other", "other", "");
    CHECK(owner_of(module)->distribution->name == "lxml");
    CHECK(owner_of(site / "other.so")->distribution->name == "other");
    CHECK_FALSE(owner_of(site / "third/x.so")->distribution);
    CHECK_FALSE(owner_of("/usr/lib64/libx.so"));
}
