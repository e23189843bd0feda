#include "python/trait_names.hpp"

#include <array>

namespace pystacks::python {
namespace {

struct Word {
    Trait trait;
    const char* text;
};

constexpr std::array<Word, 5> words{{{Trait::debug, "debug"},
                                     {Trait::free_threaded, "free-threaded"},
                                     {Trait::address_sanitizer, "address-sanitizer"},
                                     {Trait::thread_sanitizer, "thread-sanitizer"},
                                     {Trait::undefined_sanitizer, "undefined-sanitizer"}}};

}  // namespace

std::vector<std::string> trait_words() {
    std::vector<std::string> result;
    for (const Word& each : words) result.emplace_back(each.text);
    return result;
}

std::optional<Trait> trait_of_word(std::string_view word) {
    for (const Word& each : words) {
        if (each.text == word) return each.trait;
    }
    return std::nullopt;
}

std::vector<std::string> words_of(Traits traits) {
    std::vector<std::string> result;
    for (const Word& each : words) {
        if (traits.has(each.trait)) result.emplace_back(each.text);
    }
    return result;
}

Traits with_words(Traits traits) {
    Traits result;
    for (const Word& each : words) {
        if (traits.has(each.trait)) result.add(each.trait);
    }
    return result;
}

}  // namespace pystacks::python
