#include "scratch/package_configurations.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::scratch;
using Names = std::vector<std::string>;

namespace {

rpm::Package package(const std::string& name, const Names& paths, const Names& provides = {}) {
    rpm::Package result;
    result.name = name;
    result.file = name + ".rpm";
    for (const std::string& path : paths) result.files.emplace_back().path = path;
    for (const std::string& each : provides) {
        result.dependencies.at(static_cast<std::size_t>(rpm::DependencyKind::provides)).push_back({each, each, false});
    }
    return result;
}

Names provides(const std::string& name, const std::string& of, const Names& traits = {}) {
    Names result{"pystacks(configuration:" + name + ")", "pystacks(variant-of:" + of + ")"};
    for (const std::string& trait : traits) result.push_back("pystacks(trait:" + trait + ")");
    return result;
}

/// "optimized: base libs; debug < optimized: dbg".
std::string text(const std::vector<rpm::Package>& packages) {
    const ConfigurationAssignment assigned = assign_configurations(packages);
    std::string result;
    for (std::size_t i = 0; i < assigned.configurations.size(); ++i) {
        const PackagedConfiguration& each = assigned.configurations[i];
        result += (i == 0 ? "" : "; ") + each.name + (each.is_base() ? "" : " < " + each.variant_of) + ":";
        for (std::size_t p = 0; p < packages.size(); ++p) {
            if (assigned.of_package[p] == i) result += " " + packages[p].name;
        }
    }
    return result;
}

}  // namespace

TEST_CASE("packages that say their configuration belong to it, and the others of the build to the base") {
    CHECK(text({package("py", {"/usr/bin/python3.13"}), package("py-libs", {}),
                package("py-x", {"/usr/bin/python3.13d"}, provides("debug", "release", {"debug"})),
                package("py-debuginfo", {})}) == "release: py py-libs; debug < release: py-x");
}

TEST_CASE("variants stand behind what they are a variant of, in any number") {
    CHECK(text({package("tsan", {}, provides("a-debug-tsan", "freethreading-debug")),
                package("td", {}, provides("freethreading-debug", "freethreading")),
                package("t", {}, provides("freethreading", "optimized")), package("py", {})}) ==
          "optimized: py; freethreading < optimized: t; freethreading-debug < freethreading: td; a-debug-tsan < "
          "freethreading-debug: tsan");
}

TEST_CASE("no package's name says anything") {
    CHECK(text({package("py", {"/usr/bin/python3.13"}), package("py-debug", {"/usr/share/doc/py-debug/README"})}) ==
          "optimized: py py-debug");
}

TEST_CASE("where no package says anything, files decide") {
    const std::string module = "/usr/lib64/python3.13/lib-dynload/_x.cpython-313";
    const std::vector<rpm::Package> packages{package("py", {"/usr/bin/python3.13", module + "-x86_64-linux-gnu.so"}),
                                             package("py-dbg", {module + "d-x86_64-linux-gnu.so"}),
                                             package("py-ft", {"/usr/bin/python3.13t"}),
                                             package("py-ft-dbg", {"/usr/bin/python3.13td"}), package("doc", {})};
    CHECK(text(packages) ==
          "optimized: py doc; debug < optimized: py-dbg; freethreading < optimized: py-ft; freethreading-debug < "
          "freethreading: py-ft-dbg");
    for (const PackagedConfiguration& each : assign_configurations(packages).configurations) CHECK_FALSE(each.declared);
}

TEST_CASE("a package with files of two builds is said to be unknown") {
    const ConfigurationAssignment assigned = assign_configurations(
        {package("py", {"/usr/bin/python3.13"}), package("both", {"/usr/bin/python3.13", "/usr/bin/python3.13d"})});
    REQUIRE(assigned.unknown.size() == 1);
    CHECK(assigned.unknown[0].package == 1);
    CHECK(assigned.unknown[0].reason ==
          "it has files of several builds: optimized (/usr/bin/python3.13), debug (/usr/bin/python3.13d)");
    CHECK_FALSE(assigned.of_package[1]);
}

TEST_CASE("a package of a build that says its configurations, with another one's files, is unknown") {
    const ConfigurationAssignment assigned = assign_configurations(
        {package("py", {"/usr/bin/python3.13"}), package("py-debug", {}, provides("debug", "optimized", {"debug"})),
         package("py-ft", {"/usr/bin/python3.13t"})});
    REQUIRE(assigned.unknown.size() == 1);
    CHECK(assigned.unknown[0].package == 2);
    CHECK(assigned.unknown[0].reason.starts_with(
        "it has files of freethreading (/usr/bin/python3.13t), but does not say"));
}

TEST_CASE("what others are variants of, and no package is, is missing") {
    const ConfigurationAssignment assigned =
        assign_configurations({package("py", {}), package("d", {}, provides("debug", "optimized")),
                               package("td", {}, provides("freethreading-debug", "freethreading")),
                               package("s", {}, provides("asan", "optimized"))});
    CHECK(assigned.missing == Names{"freethreading"});
    CHECK(assigned.configurations.front().name == "optimized");
}

TEST_CASE("packages of one build that contradict each other are refused") {
    CHECK_THROWS_AS(assign_configurations({package("a", {}, provides("debug", "optimized")),
                                           package("b", {}, provides("debug", "freethreading"))}),
                    Error);
    CHECK_THROWS_AS(assign_configurations({package("a", {}, provides("debug", "optimized", {"debug"})),
                                           package("b", {}, provides("debug", "optimized"))}),
                    Error);
}

TEST_CASE("traits and the suffix are what the packages say, and words that are not known are kept") {
    Names all = provides("asan", "optimized", {"address-sanitizer", "future"});
    all.emplace_back("pystacks(suffix:asan)");
    const ConfigurationAssignment assigned = assign_configurations({package("s", {}, all)});
    REQUIRE(assigned.configurations.size() == 2);
    CHECK(assigned.configurations[1].traits == python::Traits{python::Trait::address_sanitizer});
    CHECK(assigned.configurations[1].suffix == "asan");
    CHECK(assigned.configurations[1].unknown_traits == Names{"future"});
}
