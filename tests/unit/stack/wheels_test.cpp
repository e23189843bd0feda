#include "catch.hpp"
#include "sample.hpp"
#include "stack/documents.hpp"
#include "stack/stack.hpp"
#include "stack/wheel_project.hpp"

using namespace pystacks::stack;
using Lines = std::vector<std::string>;
using Terms = std::set<std::string>;

namespace {

const std::string wheels = R"(
[[wheels]]
package = "tiny"
files = ["Lib/**/*.whl", "!Lib/test/**"]
projects = ["pip 25.1.1 MIT", "packaging 25.0 Apache-2.0 OR BSD-2-Clause"]
silent = ["old-1-py3-none-any.whl"]
license = "Apache-2.0 OR BSD-2-Clause"
)";

Lines problems_with(const std::string& old_piece, const std::string& new_piece) {
    std::string text = wheels;
    text.replace(text.find(old_piece), old_piece.size(), new_piece);
    return sample::problems(sample::text_and(text));
}

}  // namespace

TEST_CASE("[[wheels]] is read, and its package may have one") {
    const Stack stack = parse(sample::text_and(wheels), "stack.toml");
    REQUIRE(stack.wheels.size() == 1);
    CHECK(stack.wheels[0].package == "tiny");
    CHECK(stack.wheels[0].projects.size() == 2);
    CHECK(stack.wheels[0].silent == Lines{"old-1-py3-none-any.whl"});
    CHECK(stack.wheels[0].name_space.empty());
    CHECK_THAT(sample::problems(sample::text_and(wheels + wheels)).front(),
               contains_text("a second [[wheels]] is of the package 'tiny'"));
}

TEST_CASE("mistakes in [[wheels]] are named") {
    CHECK_THAT(problems_with("\"tiny\"", "\"tinny\"").front(), contains_text("names no [[package]]"));
    CHECK_THAT(problems_with("pip 25.1.1 MIT", "pip 25.1.1").front(), contains_text("a name, a version and a license"));
    CHECK_THAT(problems_with("\"Lib/**", "\"/Lib/**").front(), contains_text("starts with /"));
    CHECK_THAT(problems_with("old-1", "../old-1").front(), contains_text("silent"));
    CHECK_THAT(problems_with("silent", "quiet").front(), contains_text("unknown key"));
}

TEST_CASE("a stack's [[wheels]] are merged with the included ones of the same package") {
    const std::string included = "[[wheels]]\npackage = \"tiny\"\nfiles = [\"*.whl\"]\nif = \"1\"\n";
    const std::string own = "[[wheels]]\npackage = \"tiny\"\nprojects = [\"pip 1 MIT\"]\n";
    const std::string text = join_documents(
        {{"stack.toml", "include = [\"common.toml\"]\n" + sample::text_and(own)}, {"common.toml", included}});
    const Stack stack = parse(text, "stack.toml");
    REQUIRE(stack.wheels.size() == 1);
    CHECK(stack.wheels[0].files == Lines{"*.whl"});
    CHECK(stack.wheels[0].projects == Lines{"pip 1 MIT"});
}

TEST_CASE("a project is a name, a version and a license of any length") {
    const auto project = read_wheel_project("  packaging  25.0  Apache-2.0 OR BSD-2-Clause ");
    REQUIRE(project);
    CHECK(project->name == "packaging");
    CHECK(project->version == "25.0");
    CHECK(project->license == "Apache-2.0 OR BSD-2-Clause");
    CHECK_FALSE(read_wheel_project("packaging 25.0"));
    CHECK_FALSE(read_wheel_project(""));
}

TEST_CASE("names of projects, as the package index compares them") {
    CHECK(normalized_project_name("CacheControl") == "cachecontrol");
    CHECK(normalized_project_name("typing_extensions") == "typing-extensions");
    CHECK(normalized_project_name("backports.tarfile") == "backports-tarfile");
    CHECK(normalized_project_name("a-._b") == "a-b");
}

TEST_CASE("versions of projects, as rpm sorts them") {
    CHECK(rpm_version_of("25.1.1") == "25.1.1");
    CHECK(rpm_version_of("8.0.0") == "8");
    CHECK(rpm_version_of("0.0") == "0");
    CHECK(rpm_version_of("10.20.0") == "10.20");
    CHECK(rpm_version_of("2020.06.20") == "2020.6.20");
    CHECK(rpm_version_of("0.6.0.post1") == "0.6^post1");
    CHECK(rpm_version_of("2.0rc1") == "2~rc1");
    CHECK(rpm_version_of("1.0.dev3") == "1~~dev3");
    CHECK(rpm_version_of("1.0+local") == "1.0+local");
    CHECK(rpm_version_of("git") == "git");
    CHECK(rpm_version_of("") == "");
}

TEST_CASE("the terms of a license expression") {
    CHECK(license_terms("MIT") == Terms{"MIT"});
    CHECK(license_terms("MIT AND (Apache-2.0 OR BSD-2-Clause) AND MIT") == Terms{"MIT", "Apache-2.0 OR BSD-2-Clause"});
    CHECK(license_terms("Apache-2.0 OR BSD-2-Clause") == Terms{"Apache-2.0 OR BSD-2-Clause"});
    CHECK(license_terms("(A OR (B AND C)) AND (D)") == Terms{"A OR (B AND C)", "D"});
    CHECK(license_terms("").empty());
}
