#pragma once

#include <string>
#include <string_view>

namespace pystacks::transform {

/// @param attempted what is done with the file, for the message: "cannot add a -debug package"
/// @throws Error (usage) which says what the file is, when it is not a spec: a package, an archive, empty
void require_spec(std::string_view bytes, const std::string& attempted, const std::string& name);

}  // namespace pystacks::transform
