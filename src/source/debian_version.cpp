#include "source/debian_version.hpp"

#include <algorithm>
#include <cctype>

namespace pystacks::source {

namespace {

bool is_digit(char c) noexcept { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// The weight of a character in a part without digits: '~' before the end, the end before letters, letters before all.
int weight(std::string_view text, std::size_t at) noexcept {
    if (at >= text.size() || is_digit(text[at])) return 0;
    const auto c = static_cast<unsigned char>(text[at]);
    if (c == '~') return -1;
    return std::isalpha(c) != 0 ? c : c + 256;
}

std::string_view take_digits(std::string_view& text) noexcept {
    std::size_t end = 0;
    while (end < text.size() && is_digit(text[end])) ++end;
    std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

int compare_part(std::string_view left, std::string_view right) noexcept {
    while (!left.empty() || !right.empty()) {
        std::size_t at = 0;
        for (;; ++at) {
            const int a = weight(left, at);
            const int b = weight(right, at);
            if (a != b) return a - b;
            if (a == 0) break;
        }
        left.remove_prefix(std::min(at, left.size()));
        right.remove_prefix(std::min(at, right.size()));
        const std::string_view a = take_digits(left);
        const std::string_view b = take_digits(right);
        if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
        if (const int order = a.compare(b); order != 0) return order;
    }
    return 0;
}

struct Parts {
    std::string_view epoch, upstream, revision;
};

Parts parts(std::string_view version) noexcept {
    Parts result;
    if (const std::size_t colon = version.find(':'); colon != std::string_view::npos) {
        result.epoch = version.substr(0, colon);
        version.remove_prefix(colon + 1);
    }
    const std::size_t dash = version.rfind('-');
    result.upstream = version.substr(0, dash);
    if (dash != std::string_view::npos) result.revision = version.substr(dash + 1);
    return result;
}

}  // namespace

int compare_debian_versions(std::string_view left, std::string_view right) {
    const Parts a = parts(left);
    const Parts b = parts(right);
    if (const int order = compare_part(a.epoch, b.epoch); order != 0) return order;
    if (const int order = compare_part(a.upstream, b.upstream); order != 0) return order;
    return compare_part(a.revision, b.revision);
}

std::string upstream_part(std::string_view version) { return std::string(parts(version).upstream); }

}  // namespace pystacks::source
