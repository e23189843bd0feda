#pragma once

#include <string_view>

namespace pystacks::spectext {

/// Whether rpm needs another line before it can expand what it has read: counts as rpm's own reader does
/// (copyNextLineFromOFI in build/parseSpec.c).
class OpenMacro {
public:
    enum class Backslash { joins, is_text };

    /// Takes a line, without its end.
    /// @param backslash whether one at the end joins the next line: it does in definitions
    void add(std::string_view line, Backslash backslash);
    [[nodiscard]] bool open() const noexcept { return braces_ > 0 || parentheses_ > 0 || brackets_ > 0 || joined_; }

private:
    int braces_ = 0, parentheses_ = 0, brackets_ = 0;
    bool joined_ = false;
};

}  // namespace pystacks::spectext
