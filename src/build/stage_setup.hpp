#pragma once

#include <filesystem>
#include <string>

#include "report/progress.hpp"
#include "stack/stack.hpp"

/// What a stage works with beside the stack.
namespace pystacks::build {

/// Times in packages must not depend on when they are built: rpm's word, or else the time of the first source, which is
/// then posted to @p progress. @param sources the folder of the sources
/// @returns seconds since 1970 @throws Error (usage) where there is neither
[[nodiscard]] std::string source_date_epoch(const stack::Stack& stack, const std::filesystem::path& sources,
                                            report::ProgressSink& progress);

/// The build folder, which is made if there is none, by a name that is free of links: compilers record what getcwd(3)
/// says. @throws Error
[[nodiscard]] std::filesystem::path canonical_builddir(const std::filesystem::path& builddir);

}  // namespace pystacks::build
