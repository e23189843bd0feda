#include "verify/test_choice.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "base/text.hpp"

namespace pystacks::verify {
namespace {

using Kind = TestChoice::Kind;

constexpr std::array<std::pair<Kind, std::string_view>, 3> words{
    {{Kind::quick, "quick"}, {Kind::full, "full"}, {Kind::none, "none"}}};

}  // namespace

TestChoice TestChoice::of(const std::string& text) {
    for (const auto& [kind, word] : words) {
        if (word == text) return {kind, {}};
    }
    return {Kind::named, split_words(replace_all(text, ",", " "))};
}

std::vector<std::string> choice_words() {
    std::vector<std::string> result;
    for (const auto& [kind, word] : words) result.emplace_back(word);
    return result;
}

}  // namespace pystacks::verify
