#include "python/abi.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <vector>

#include "base/text.hpp"

namespace pystacks::python {
namespace {

struct Flag {
    char letter;
    Trait trait;
};

/// In the order in which configure.ac puts them together: t and d since 3.13, d, m, u until 3.7 and 3.2.
constexpr std::array<Flag, 4> flags_in_order{
    {{'t', Trait::free_threaded}, {'d', Trait::debug}, {'m', Trait::pymalloc}, {'u', Trait::wide_unicode}}};

struct Name {
    Trait trait;
    const char* name;
};

constexpr std::array<Name, 5> names_in_order{{{Trait::free_threaded, "freethreading"},
                                              {Trait::debug, "debug"},
                                              {Trait::address_sanitizer, "asan"},
                                              {Trait::thread_sanitizer, "tsan"},
                                              {Trait::undefined_sanitizer, "ubsan"}}};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

int number_in(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

std::string name_of(Traits traits) {
    std::vector<std::string> names;
    for (const Name& each : names_in_order) {
        if (traits.has(each.trait)) names.emplace_back(each.name);
    }
    return names.empty() ? "optimized" : join(names, "-");
}

int Abi::major() const { return number_in(version); }

int Abi::minor() const { return number_in(std::string_view(version).substr(version.find('.') + 1)); }

std::string Abi::flags() const {
    std::string result;
    for (const Flag& each : flags_in_order) {
        if (traits.has(each.trait)) result += each.letter;
    }
    return result;
}

std::optional<Traits> traits_of_flags(std::string_view flags) {
    Traits traits;
    for (const char letter : flags) {
        const Flag* known = nullptr;
        for (const Flag& each : flags_in_order) {
            if (each.letter == letter) known = &each;
        }
        if (known == nullptr) return std::nullopt;
        traits.add(known->trait);
    }
    return traits;
}

std::optional<Traits> traits_of_suffix(std::string_view suffix) {
    if (suffix == "-debug" || suffix == "_d") return debug_traits;
    return traits_of_flags(suffix);
}

std::size_t version_length(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == 0 || at == text.size() || text[at] != '.') return 0;
    const std::size_t minor = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at == minor ? 0 : at;
}

std::string dotted_version(std::string_view digits) {
    return std::string(digits.substr(0, 1)) + "." + std::string(digits.substr(1));
}

}  // namespace pystacks::python
