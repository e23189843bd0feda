#include "extension/spec_switches.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pystacks::extension {
namespace {

bool is_name_character(char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

/// Reads a text name after name.
class Names {
public:
    explicit Names(std::string_view text) noexcept : text_(text) {}

    /// Empty at the end. @p before is the character in front of it.
    std::string_view next(char& before) {
        while (at_ < text_.size() && !is_name_character(text_[at_])) ++at_;
        before = at_ == 0 ? '\n' : text_[at_ - 1];
        return name();
    }

    /// The name behind blanks on the same line; empty when there is none.
    std::string_view argument() {
        const std::size_t begin = text_.find_first_not_of(" \t", at_);
        if (begin == std::string_view::npos || begin == at_ || !is_name_character(text_[begin])) return {};
        at_ = begin;
        return name();
    }

private:
    std::string_view name() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_name_character(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

constexpr std::array takes_bcond{"bcond", "bcond_with", "bcond_without", "with", "without"};
constexpr std::array begins_bcond{"_without_", "_with_", "without_", "with_"};

std::string_view rest_of(std::string_view macro) {
    for (const std::string_view beginning : begins_bcond) {
        if (macro.starts_with(beginning)) return macro.substr(beginning.size());
    }
    return {};
}

bool includes_files(std::string_view spec) {
    return spec.find("%include") != std::string_view::npos || spec.find("%load") != std::string_view::npos ||
           spec.find("%{load:") != std::string_view::npos;
}

}  // namespace

std::vector<std::string> bconds_named_in(std::string_view spec) {
    std::set<std::string> found;
    Names names(spec);
    char before = '\n';
    for (std::string_view macro = names.next(before); !macro.empty(); macro = names.next(before)) {
        if (std::string_view("%{?!").find(before) == std::string_view::npos) continue;
        std::string_view bcond = rest_of(macro);
        if (std::find(takes_bcond.begin(), takes_bcond.end(), macro) != takes_bcond.end()) bcond = names.argument();
        if (!bcond.empty()) found.emplace(bcond);
    }
    return {found.begin(), found.end()};
}

void check_spec_switches(const rpm::Switches& switches, std::string_view spec, const std::string& name) {
    if ((switches.with.empty() && switches.without.empty()) || includes_files(spec)) return;
    const std::vector<std::string> known = bconds_named_in(spec);
    const auto check = [&](const char* option, const std::string& wanted) {
        if (std::binary_search(known.begin(), known.end(), wanted)) return;
        throw Error(ErrorKind::usage, "unknown switch", fmt::format("{} {}", option, wanted),
                    did_you_mean(wanted, known, name + " has no such bcond"),
                    known.empty() ? name + " has no switches" : name + " has: " + join(known, ", "));
    };
    for (const std::string& each : switches.with) check("--with", each);
    for (const std::string& each : switches.without) check("--without", each);
}

}  // namespace pystacks::extension
