#include "rpm/amount.hpp"

#include <array>

namespace pystacks::rpm {
namespace {

struct Row {
    Amount amount;
    std::string_view letter;
};

constexpr std::array letters{Row{Amount::prep, "p"},   Row{Amount::build, "c"}, Row{Amount::install, "i"},
                             Row{Amount::binary, "b"}, Row{Amount::all, "a"},   Row{Amount::source, "s"}};

}  // namespace

std::string_view letter_of(Amount amount) noexcept {
    for (const Row& row : letters) {
        if (row.amount == amount) return row.letter;
    }
    return {};
}

std::optional<Amount> amount_of(std::string_view letter) noexcept {
    for (const Row& row : letters) {
        if (row.letter == letter) return row.amount;
    }
    return std::nullopt;
}

}  // namespace pystacks::rpm
