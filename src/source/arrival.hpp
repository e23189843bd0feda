#pragma once

#include <filesystem>
#include <string>

#include "report/progress.hpp"

namespace pystacks::source {

/// Renames @p file, which failed a check, to NAME.rejected-DIGITS (the first 8 of its sha256), so that nobody takes it
/// for what its name says and it can still be looked at. @return the new path
std::filesystem::path set_aside(const std::filesystem::path& file, const std::filesystem::path& name,
                                const std::string& digest);

/// Copies @p from to @p to, where it appears whole or not at all.
void bring_in(const std::filesystem::path& from, const std::filesystem::path& to);

/// "has sha256 FOUND, expected EXPECTED"
[[nodiscard]] std::string digest_mismatch(const std::string& found, const std::string& expected);

/// A line for the user, and a warning. @param progress may be null
void tell(report::ProgressSink* progress, const std::string& text);
void warn(report::ProgressSink* progress, const std::string& text);

}  // namespace pystacks::source
