#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace pystacks::process {

/// Whether @p line is what a shell, env, xargs, make, rpm or Python says where a program or a Python module is not
/// there. Scripts often say that in the middle of their output and end with success all the same: find-debuginfo
/// without cpio does.
[[nodiscard]] bool says_not_found(std::string_view line);

/// The first such line of a file; nothing where there is none, or no file. Reads it line by line.
[[nodiscard]] std::optional<std::string> first_not_found(const std::filesystem::path& log);

}  // namespace pystacks::process
