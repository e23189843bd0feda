#include "extension/distribution.hpp"

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::extension;

TEST_CASE("names and versions of distributions") {
    CHECK(normalized("Ruamel.YAML") == "ruamel-yaml");
    CHECK(normalized("a-_-b") == "a-b");
    CHECK(rpm_version("1.0") == "1.0");
    CHECK(rpm_version("1.0rc1") == "1.0~rc1");
    CHECK(rpm_version("2.0.dev3") == "2.0~~dev3");
    CHECK(rpm_version("1.0.post1") == "1.0^post1");
    CHECK(rpm_version("1.0+local") == "1.0");
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

    add("other", "other", "");
    CHECK(owner_of(module)->distribution->name == "lxml");
    CHECK(owner_of(site / "other.so")->distribution->name == "other");
    CHECK_FALSE(owner_of(site / "third/x.so")->distribution);
    CHECK_FALSE(owner_of("/usr/lib64/libx.so"));
}
