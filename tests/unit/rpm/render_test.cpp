#include "rpm/render.hpp"

#include <map>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "fixture.hpp"

using namespace pystacks;
using namespace pystacks::rpm::test;

namespace {

using Options = std::vector<std::string>;
using Names = std::set<std::string>;

Names package_names(const Options& options) {
    const auto lines = split_words(query_python("%{NAME}\\n", options));
    return {lines.begin(), lines.end()};
}

/// And -debuginfo and -debugsource, where rpm lists them.
Names with_debuginfo(Names names) {
    if (rpm_lists_debug_packages()) names.insert({"python3.13-debuginfo", "python3.13-debugsource"});
    return names;
}

Names versioned() {
    return with_debuginfo({"python3.13", "python3.13-debug", "python3.13-test", "python3.13-tkinter", "python3.13-idle",
                           "python3.13-devel", "python3.13-libs"});
}

Names without_debug() {
    Names names = versioned();
    names.erase("python3.13-debug");
    return names;
}

/// Everything a package's header says of it in the spec, by name.
std::map<std::string, std::string> metadata(const Options& options) {
    const std::string format =
        "@@%{NAME}\\n%{SUMMARY}\\n%{LICENSE}\\n%{DESCRIPTION}\\n[R %{REQUIRENEVRS}\\n][P %{PROVIDENEVRS}\\n]"
        "[C %{CONFLICTNEVRS}\\n][O %{OBSOLETENEVRS}\\n][M %{RECOMMENDNEVRS}\\n][S %{SUGGESTNEVRS}\\n]"
        "[%{CHANGELOGTEXT}\\n]";
    std::map<std::string, std::string> packages;
    const std::string all = query_python(format, options);
    for (std::size_t start = all.find("@@"); start != std::string::npos;) {
        const std::size_t end = all.find("@@", start + 2);
        const std::string text = all.substr(start + 2, end == std::string::npos ? end : end - start - 2);
        packages[text.substr(0, text.find('\n'))] = text;
        start = end;
    }
    return packages;
}

}  // namespace

TEST_CASE("the packages of python3.13 follow the switches, in every spelling") {
    CHECK(package_names({}) == versioned());
    CHECK(package_names({"--with", "optimizations"}) == versioned());
    CHECK(package_names({"--without", "debug_build"}) == without_debug());
    CHECK(package_names({"-D", "with_debug_build 0"}) == without_debug());
    CHECK(package_names({"-D", "with_debug_build 1"}) == versioned());
    CHECK(package_names({"-D", "with_main_python 0"}) == versioned());
}

TEST_CASE("packages of other configurations come after those of the base, which rpm then gives shared folders to") {
    auto names = split_words(query_python("%{NAME}\\n", {}));
    std::erase_if(
        names, [](const std::string& name) { return name.ends_with("-debuginfo") || name.ends_with("-debugsource"); });
    REQUIRE(names.size() == 7);
    CHECK(names.back() == "python3.13-debug");
}

TEST_CASE("the main Python's packages are called python3, in either spelling of the switch") {
    // rpm lists the spec's own package too, which then has no files and is not written.
    const Names main = with_debuginfo({"python3.13", "python3", "python3-debug", "python3-test", "python3-tkinter",
                                       "python3-idle", "python3-devel", "python3-libs", "python-unversioned-command"});
    CHECK(package_names({"--with", "main_python"}) == main);
    CHECK(package_names({"-D", "with_main_python 1"}) == main);
}

TEST_CASE("-debug requires the base packages at the same version, release and word size") {
    const auto packages = metadata({});
    const std::string& debug = packages.at("python3.13-debug");
    const std::string isa{trim(output_of({"rpm", "--eval", "%{?_isa}"}))};
    for (const std::string base : {"python3.13", "python3.13-libs", "python3.13-devel", "python3.13-test",
                                   "python3.13-tkinter", "python3.13-idle"}) {
        CHECK_THAT(debug, contains_text("R " + base + isa + " = 3.13.5-1"));
    }
}

TEST_CASE("the other packages say the same with and without the debug configuration") {
    auto with = metadata({});
    REQUIRE(with.erase("python3.13-debug") == 1);
    CHECK(metadata({"--without", "debug_build"}) == with);
    CHECK(metadata({"-D", "with_debug_build 0"}) == with);
    for (const auto& [name, text] : with) {
        if (name.starts_with("python3.13-debug")) continue;  // -debuginfo and -debugsource
        INFO(name);
        for (const std::string& line : split(text, '\n')) {
            if (line.starts_with("R ") || line.starts_with("P ") || line.starts_with("M ")) {
                CHECK(line.find("-debug") == std::string::npos);
            }
        }
    }
}

TEST_CASE("what expands to nothing leaves no tag") {
    const auto packages = metadata({});
    CHECK_THAT(packages.at("python3.13"), contains_text("P python313 = 3.13.5-1"));
    CHECK(packages.at("python3.13").find("\nO ") == std::string::npos);
    const auto main = metadata({"--with", "main_python"});
    CHECK_THAT(main.at("python3"), contains_text("P python3.13 = 3.13.5-1"));
    CHECK_THAT(main.at("python3"), contains_text("\nO python3.13"));
}

TEST_CASE("where Lua is taken out of a spec, as packit does before it reads one, its conditions can be read") {
    const stack::Stack stack = stack::load(repository() / "specs/python3.13/stack.toml");
    for (const std::string& line : split(rpm::render_spec(stack), '\n')) {
        CHECK_FALSE(line.starts_with("%if %{lua:"));
    }
}

TEST_CASE("the package `python` comes with the main Python alone") {
    const auto packages = metadata({"--with", "main_python"});
    const std::string& command = packages.at("python-unversioned-command");
    CHECK_THAT(command, contains_text("R python3 = 3.13.5-1"));
    CHECK_THAT(command, contains_text("P python = 3.13.5-1"));
    CHECK_THAT(command, contains_text("P python-is-python3 = 3.13.5-1"));
    CHECK_THAT(packages.at("python3"), contains_text("M /usr/bin/python\n"));
    CHECK_THAT(packages.at("python3-devel"), contains_text("M python3-pip\n"));
    CHECK(metadata({}).at("python3.13-devel").find("\nM ") == std::string::npos);
}

TEST_CASE("the spec says python(abi) once, and not at all without its switch") {
    const std::string text = metadata({}).at("python3.13");
    const std::string line = "P python(abi) = 3.13\n";
    CHECK_THAT(text, contains_text(line));
    CHECK(text.find(line, text.find(line) + 1) == std::string::npos);
    CHECK(metadata({"--without", "python_abi"}).at("python3.13").find("python(abi)") == std::string::npos);
}

TEST_CASE("packages say which projects their wheels contain, and under which licenses") {
    const auto packages = metadata({});
    CHECK_THAT(packages.at("python3.13-libs"), contains_text("P bundled(python3dist(pip)) = 25.1.1\n"));
    CHECK_THAT(packages.at("python3.13-libs"), contains_text("P bundled(python3dist(distro)) = 1.9\n"));
    CHECK_THAT(packages.at("python3.13-libs"), contains_text(" AND MPL-2.0"));
    CHECK_THAT(packages.at("python3.13-test"), contains_text("P bundled(python3dist(setuptools)) = 79.0.1\n"));
    CHECK(packages.at("python3.13-debug").find("python3dist") == std::string::npos);

    const auto others = metadata({"--with", "rpmwheels"});
    CHECK_THAT(others.at("python3.13-libs"), contains_text("R python-pip-wheel >= 23.1.2\n"));
    CHECK_THAT(others.at("python3.13-test"), contains_text("R python-setuptools-wheel\n"));
    for (const std::string name : {"python3.13-libs", "python3.13-test"}) {
        CHECK(others.at(name).find("python3dist") == std::string::npos);
        CHECK(others.at(name).find("MPL-2.0") == std::string::npos);
    }
}

TEST_CASE("a condition that the stages would take otherwise stops the rendering") {
    stack::Stack stack = stack::load(repository() / "specs/python3.13/stack.toml");
    stack.packages.front().condition = {"%{with a} && %{with b}", {stack.file, 42}};
    CHECK_THROWS_AS(rpm::render_spec(stack), Error);
}

TEST_CASE("a changelog that is not there stops the rendering") {
    stack::Stack stack = stack::load(repository() / "specs/python3.13/stack.toml");
    stack.changelog = "no-such-changelog";
    CHECK_THROWS_AS(rpm::render_spec(stack), Error);
}
