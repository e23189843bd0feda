#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pystacks::rpm {

/// rpm's generators of dependencies succeed even where they do not find a program that they need: packages are written
/// without those dependencies. Such packages must not pass for complete ones, so they are removed.
/// @param log what rpmbuild printed, in English. Read between "Processing files: " and the next "Executing(", where
/// the generators speak: before that, sections of the spec and macros do, and what they do not find may not matter.
/// @throws Error with these words, and the line that tells what was not found
void require_complete_dependencies(const std::filesystem::path& log, const std::vector<std::filesystem::path>& written,
                                   const std::string& attempted, const std::string& subject, const std::string& hint);

}  // namespace pystacks::rpm
