#pragma once

#include <string>
#include <string_view>

namespace pystacks {

/// What a person reads of text that other programs wrote, which may be of any size. Of a line of more than 320 bytes
/// the middle is left out, and of more than 50 lines what is between the first 20 and the last 30; a note in its place
/// says how much that is. No character of UTF-8 is cut.
[[nodiscard]] std::string shortened(std::string_view text);

}  // namespace pystacks
