#include "report/display_width.hpp"

#include <clocale>
#include <cstdint>
#include <cwchar>

#include "base/characters.hpp"

namespace pystacks::report {
namespace {

/// While there is one, this thread knows the widths of all of Unicode, whatever the user's locale is. On a system
/// without C.UTF-8 the locale stays.
class UnicodeWidths {
public:
    UnicodeWidths() noexcept : before_(::uselocale(unicode())) {}
    ~UnicodeWidths() { ::uselocale(before_); }
    UnicodeWidths(const UnicodeWidths&) = delete;
    UnicodeWidths& operator=(const UnicodeWidths&) = delete;

    /// What has no width is shown as something that has one: a control character, a code that means nothing yet.
    [[nodiscard]] int operator()(std::uint32_t code) const noexcept {
        const int width = ::wcwidth(static_cast<wchar_t>(code));
        return width < 0 ? 1 : width;
    }

private:
    static locale_t unicode() noexcept {
        static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        return locale;
    }

    locale_t before_;
};

}  // namespace

int display_width(std::string_view text) noexcept {
    const UnicodeWidths width_of;
    int width = 0;
    while (!text.empty()) {
        const Character character = first_character(text);
        width += width_of(character.code);
        text.remove_prefix(character.bytes);
    }
    return width;
}

std::string cut_to_width(std::string_view text, int columns) {
    if (display_width(text) <= columns) return std::string(text);
    if (columns < 1) return {};
    const UnicodeWidths width_of;
    std::size_t bytes = 0;
    int width = 0;
    while (bytes < text.size()) {
        const Character character = first_character(text.substr(bytes));
        const int more = width_of(character.code);
        if (width + more > columns - 1) break;
        width += more;
        bytes += character.bytes;
    }
    return std::string(text.substr(0, bytes)) + "…";
}

}  // namespace pystacks::report
