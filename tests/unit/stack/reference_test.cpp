#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "catch.hpp"
#include "stack/stack.hpp"

using namespace pystacks::stack;

namespace {

Stack reference() { return load(std::filesystem::path(PYSTACKS_SOURCE_DIR) / "specs" / "python3.13" / "stack.toml"); }

const Package& package(const Stack& stack, std::string_view name) {
    for (const auto& candidate : stack.packages) {
        if (candidate.name == name) return candidate;
    }
    throw std::runtime_error("no package " + std::string(name));
}

}  // namespace

TEST_CASE("the reference stack: what it is called and where it comes from") {
    const Stack stack = reference();
    CHECK(stack.file.filename() == "stack.toml");
    CHECK(stack.name == "python3.13");
    CHECK(stack.version == "3.13.5");
    CHECK(stack.release == "1%{?dist}");
    CHECK(stack.source_directory == "Python-%{version}");
    CHECK(stack.description.rfind("Python %{pybasever} is", 0) == 0);

    std::map<std::string, std::string> defaults;
    for (const auto& bcond : stack.bconds) defaults[bcond.name] = bcond.default_value;
    CHECK(defaults.at("debug_build") == "1");
    CHECK(defaults.at("trace_refs") == "1");  // of stack.toml; the file that it includes says 0
    REQUIRE(!stack.macros.empty());
    CHECK(stack.macros.front().name == "pyminor");
    CHECK(stack.macros.front().value == "13");

    REQUIRE(!stack.sources.empty());
    const Source& source = stack.sources.front();
    CHECK(source.unpack);
    CHECK(source.place.line > 0);
    CHECK(source.file_name() == "Python-%{version}.tar.xz");
    CHECK(source.sha256 == "93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640");
    CHECK(source.keyring == "release-managers.asc");
    REQUIRE(source.distribution);
    CHECK(source.distribution->package == "python3.13");
    CHECK(source.distribution->suites == std::vector<std::string>{"trixie", "sid"});
}

TEST_CASE("the reference stack: how it is built") {
    const Stack stack = reference();
    REQUIRE(!stack.build.configure.empty());
    CHECK(stack.build.configure.front() == "--prefix=%{_prefix}");
    CHECK(stack.build.environment.at("LINKCC") == "gcc");
    CHECK(stack.build.make_targets == std::vector<std::string>{"all"});
    CHECK(stack.build.install_targets == std::vector<std::string>{"install"});
    CHECK(!stack.build.install_arguments.empty());

    REQUIRE(stack.configurations.size() == 2);
    CHECK(stack.base().name == "optimized");
    CHECK(stack.base().condition.expression.empty());
    CHECK(stack.base().variables.at("cflags") == "-O3");
    CHECK(stack.base().environment.contains("PROFILE_TASK"));
    const Configuration& debug = stack.configurations[1];
    CHECK(debug.name == "debug");
    CHECK(debug.condition.expression == "%{with debug_build}");
    CHECK(debug.variant_of == "optimized");
    CHECK(debug.suffix == "d");
    CHECK(debug.package == "%{pkgname}-debug");
    CHECK(debug.build_traits() == pystacks::python::debug_traits);
    CHECK(debug.libdir == stack.base().libdir);
    CHECK(stack.base().variant_of.empty());
    CHECK(stack.base().profile.targets == std::vector<std::string>{"profile-run-stamp"});
    CHECK_FALSE(debug.profile.given());
    CHECK(debug.condition.place.line == debug.place.line + 2);
    CHECK(debug.interpreter == "%{_bindir}/python%{pybasever}d");

    std::size_t conditional = 0;
    for (const auto& requirement : stack.build_requirements) {
        CHECK(!requirement.rpm.empty());
        if (requirement.condition.place.line != 0) ++conditional;
    }
    CHECK(conditional == 4);  // mpdecimal and libb2, which not every distribution has
}

TEST_CASE("the reference stack: install steps, aliases, rules, bytecode") {
    const Stack stack = reference();
    const auto config = std::find_if(stack.install_steps.begin(), stack.install_steps.end(), [](const auto& step) {
        const auto* move = std::get_if<MoveStep>(&step.action);
        return move != nullptr && move->to == "%{_bindir}/python${ldversion}-%{_arch}-config";
    });
    REQUIRE(std::distance(config, stack.install_steps.end()) > 1);
    const auto* write = std::get_if<WriteStep>(&std::next(config)->action);
    REQUIRE(write != nullptr);
    CHECK(write->mode == 0755);
    CHECK(write->text.rfind("#!/bin/sh\n", 0) == 0);
    for (const auto& step : stack.install_steps) {
        CHECK(!step.reason.empty());
        CHECK(step.place.line > 0);
    }
    CHECK(!stack.aliases.empty());
    REQUIRE(!stack.rules.empty());
    CHECK(stack.rules.front().winner == "optimized");
    CHECK(stack.bytecode.levels == std::vector<int>{0, 1, 2});
    CHECK(stack.bytecode.home == "%{_prefix}");
    CHECK(!stack.system_directories.empty());
}

TEST_CASE("the reference stack: packages, in the order in which they claim") {
    const Stack stack = reference();
    REQUIRE(stack.packages.size() == 8);
    CHECK(stack.packages.front().name == "%{pkgname}-debug");
    CHECK(stack.packages.front().configuration == "debug");
    CHECK(stack.packages.front().files.empty());
    CHECK(package(stack, "%{pkgname}").main);
    const Package& libs = package(stack, "%{pkgname}-libs");
    CHECK(!libs.main);
    CHECK(libs.license == "%{libs_license}");
    CHECK(libs.requires_.front() == "tzdata");
    CHECK(libs.license_files == std::vector<std::string>{"%{_libdir}/python%{pybasever}/LICENSE.txt"});
    CHECK(package(stack, "%{pkgname}-devel").conflicts.size() == 2);
    CHECK(package(stack, "%{pkgname}-devel").conflicts.front() == "%{pkgname} < %{version}-%{release}");
}

TEST_CASE("the reference stack: its wheels, of which it says what they contain") {
    const Stack stack = reference();
    REQUIRE(stack.wheels.size() == 2);
    for (const Wheels& wheels : stack.wheels) {
        INFO(wheels.package);
        CHECK(wheels.condition.expression == "%{without rpmwheels}");
        CHECK(!wheels.files.empty());
        CHECK(wheels.projects.size() > 15);
        CHECK(!wheels.license.empty());
    }
}

TEST_CASE("a stack.toml that is not there is an error of its own") {
    CHECK_THROWS_AS(load("/nonexistent/stack.toml"), pystacks::Error);
}
