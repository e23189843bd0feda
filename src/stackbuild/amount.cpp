#include "stackbuild/amount.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace pystacks::stackbuild {
namespace {

using rpm::Amount;

constexpr std::array<std::pair<std::string_view, Amount>, 6> letters{{{"a", Amount::all},
                                                                      {"b", Amount::binary},
                                                                      {"s", Amount::source},
                                                                      {"p", Amount::prep},
                                                                      {"c", Amount::build},
                                                                      {"i", Amount::install}}};

}  // namespace

std::string letter_of(Amount amount) {
    for (const auto& [letter, each] : letters) {
        if (each == amount) return std::string(letter);
    }
    return {};
}

Amount amount_of(const std::string& letter) {
    for (const auto& [each, amount] : letters) {
        if (each == letter) return amount;
    }
    throw Error(ErrorKind::usage, "cannot build", "-b" + letter, "rpmbuild has no such option");
}

}  // namespace pystacks::stackbuild
