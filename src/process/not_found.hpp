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

/// The first such line that rpmbuild's @p log, in English, has between "Processing files: " and the next "Executing(".
/// The output of the generators of dependencies is there. What stands before it comes from sections of the spec, and
/// from macros of the distribution or the packager; what they do not find may not matter.
[[nodiscard]] std::optional<std::string> first_not_found_by_generators(const std::filesystem::path& log);

}  // namespace pystacks::process
