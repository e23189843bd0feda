#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace pystacks::transform {

/// The bytes of a spec's file. @throws Error; at once (usage) for what is not a regular file: a FIFO may have no end
[[nodiscard]] std::string read_spec(const std::filesystem::path& path, const std::string& attempted);

/// @param attempted what is done with the file, for the message: "cannot add a -debug package"
/// @throws Error (usage) which says what the file is, when it is not a spec: a package, an archive, empty
void require_spec(std::string_view bytes, const std::string& attempted, const std::string& name);

}  // namespace pystacks::transform
