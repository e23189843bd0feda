#include "rpm/configuration_provides.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::rpm;

namespace {

Package providing(const std::vector<std::string>& names) {
    Package package;
    package.name = "sample";
    package.file = "sample.rpm";
    for (const std::string& name : names) {
        package.dependencies[static_cast<std::size_t>(DependencyKind::provides)].push_back({name, name, false});
    }
    return package;
}

stack::Configuration debug() {
    stack::Configuration configuration;
    configuration.name = "debug";
    configuration.variant_of = "optimized";
    configuration.suffix = "d";
    configuration.traits = {"debug", "thread-sanitizer"};
    return configuration;
}

}  // namespace

TEST_CASE("a configuration's package provides its name, what it is a variant of, and its traits") {
    CHECK(configuration_provides(debug()) ==
          "Provides:       pystacks(configuration:debug)\n"
          "Provides:       pystacks(variant-of:optimized)\n"
          "Provides:       pystacks(suffix:d)\n"
          "Provides:       pystacks(trait:debug)\n"
          "Provides:       pystacks(trait:thread-sanitizer)\n");
}

TEST_CASE("a trait that depends on a switch may be none") {
    stack::Configuration configuration = debug();
    configuration.traits = {"%{?with_tsan:thread-sanitizer}"};
    CHECK(configuration_provides(configuration)
              .ends_with("%if \"%{?with_tsan:thread-sanitizer}\" != \"\"\n"
                         "Provides:       "
                         "pystacks(trait:%{?with_tsan:thread-sanitizer})\n"
                         "%endif\n"));
}

TEST_CASE("what a package provides is read again") {
    const auto declared = declared_configuration(
        providing({"sample = 1-1", "pystacks(configuration:debug)", "pystacks(suffix:d)", "pystacks(trait:debug)",
                   "pystacks(trait:hardened)", "pystacks(variant-of:optimized)"}));
    REQUIRE(declared);
    CHECK(*declared == DeclaredConfiguration{"debug", "optimized", "d", python::debug_traits, {"hardened"}});
}

TEST_CASE("a package that provides no configuration says nothing of it") {
    CHECK_FALSE(declared_configuration(providing({})));
    CHECK_FALSE(declared_configuration(providing({"sample-debug = 1-1", "pystacks = 1", "pystacks(x)"})));
}

TEST_CASE("a package that contradicts itself is refused") {
    CHECK_THROWS_AS(declared_configuration(providing({"pystacks(configuration:debug)"})), Error);
    CHECK_THROWS_AS(declared_configuration(providing(
                        {"pystacks(configuration:a)", "pystacks(configuration:b)", "pystacks(variant-of:optimized)"})),
                    Error);
    CHECK_THROWS_AS(declared_configuration(providing({"pystacks(configuration:)", "pystacks(variant-of:optimized)"})),
                    Error);
}
