#include "verify/selection.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::verify;
using findings::Check;

namespace {

const std::vector<Check>& checks() {
    static const std::vector<Check> all{
        {"python3.13/refcount.total@debug", "", {}}, {"python3.13/elf.relro", "", {}}, {"python2.7/elf.relro", "", {}}};
    return all;
}

std::size_t count_selected(const std::vector<std::string>& only, const std::vector<std::string>& skip) {
    return selected_checks(checks(), only, skip).size();
}

}  // namespace

TEST_CASE("--only and --skip select checks of one stack, or of each") {
    CHECK(count_selected({}, {}) == 3);
    CHECK(count_selected({"elf.*"}, {}) == 2);
    CHECK(count_selected({"python2.7/*"}, {}) == 1);
    CHECK(count_selected({}, {"*@debug"}) == 2);
    CHECK(count_selected({"elf.*"}, {"python2.7/*"}) == 1);
}

TEST_CASE("a pattern that means nothing is refused, with the nearest name") {
    CHECK_THROWS_WITH(count_selected({"nosuch*"}, {}), contains_text("no check has such a name"));
    CHECK_THROWS_WITH(count_selected({}, {"elf.rello"}), contains_text("did you mean elf.relro?"));
}

TEST_CASE("nothing to run is not success") {
    CHECK_THROWS_WITH(count_selected({}, {"*"}), contains_text("no check is left"));
    CHECK_THROWS_WITH(count_selected({"elf.*"}, {"elf.*"}), contains_text("no check is left"));
}
