#include <cstdlib>

#include "base/file.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "fixture.hpp"
#include "rpm/render.hpp"

using namespace pystacks;
using namespace pystacks::rpm::test;

// The spec of specs/python3.13 as a whole, to see in review what a change of the renderer or of the stack does to it.
// To take the present one over: PYSTACKS_UPDATE_GOLDEN=1 ctest -R unit_rpm, and look at the difference in git.
TEST_CASE("the spec of python3.13 is the golden one") {
    const fs::path golden = repository() / "tests/golden/python3.13.spec";
    const std::string spec = rpm::render_spec(stack::load(repository() / "specs/python3.13/stack.toml"));
    const std::string present = replace_all(spec, PYSTACKS_VERSION, "@PYSTACKS_VERSION@");
    if (std::getenv("PYSTACKS_UPDATE_GOLDEN") != nullptr) write_file_atomically(golden, present);
    INFO("to accept the change: PYSTACKS_UPDATE_GOLDEN=1 ctest -R unit_rpm");
    const auto lines = split(present, '\n');
    const auto expected = split(read_file(golden), '\n');
    for (std::size_t i = 0; i < std::min(lines.size(), expected.size()); ++i) {
        INFO("line " << i + 1);
        REQUIRE(lines[i] == expected[i]);
    }
    CHECK(lines.size() == expected.size());
}
