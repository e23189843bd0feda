#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "spectext/spec_text.hpp"

/// Marked additions to a spec, which can be taken out again without a trace.
///
/// The marks are %dnl comments, which rpm drops wherever they stand; "#" would be text in some sections.
namespace pystacks::transform {

/// Lines that are put into a spec after line @c after (no_line: before the first).
struct Block {
    std::size_t after = spectext::no_line;
    std::vector<std::string> lines;
};

/// A word at the end of a line of the spec. The line as it was is kept in a mark below it.
struct Suffix {
    std::size_t line = 0;
    std::string word;
};

/// @p spec with the additions. Blocks after the same line keep their order.
[[nodiscard]] std::string with_additions(const spectext::SpecText& spec, const std::vector<Block>& blocks,
                                         const std::vector<Suffix>& suffixes);

/// Whether there is one of our marks.
[[nodiscard]] bool has_additions(std::string_view bytes);

/// The text as it was before with_additions().
/// @throws Error (usage) when marks do not belong together
/// @param name of the spec, for messages
[[nodiscard]] std::string without_additions(std::string_view bytes, const std::string& name);

}  // namespace pystacks::transform
