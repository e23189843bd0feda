#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace pystacks::source {

// What single lines of a patch say, as GNU patch reads them. The lines that are given have no newline and no carriage
// return at their end.

/// The numbers of `@@ -1,2 +1,3 @@`.
struct HunkRange {
    std::size_t old_start = 0;
    std::size_t old_lines = 1;
    std::size_t new_start = 0;
    std::size_t new_lines = 1;
};
[[nodiscard]] std::optional<HunkRange> hunk_range(std::string_view line) noexcept;

/// What follows "--- " or "+++ ".
struct NameAndStamp {
    std::string_view name;   ///< up to the first blank; up to the first tab where there is one
    std::string_view stamp;  ///< what else there is
};
[[nodiscard]] NameAndStamp name_and_stamp(std::string_view text) noexcept;

/// Indentation does not keep GNU patch from reading a line. Once, mailers wrote 'X' for it.
[[nodiscard]] std::string_view without_indentation(std::string_view line) noexcept;

/// "12,13c14": so begins a hunk of the normal format, or a command of an ed script.
[[nodiscard]] bool is_normal_command(std::string_view line) noexcept;
/// "12d", or "a" alone. GNU patch knows no other commands of ed.
[[nodiscard]] bool is_ed_command(std::string_view line) noexcept;

/// How the name of a file of the three begins: "---", "+++" or "***", and then a blank or a tab.
[[nodiscard]] bool is_name_line(std::string_view line, std::string_view mark) noexcept;

/// "100644" and its like, which git writes for files. Links have 120000, submodules 160000, folders 040000.
[[nodiscard]] bool is_mode_of_file(std::string_view mode) noexcept;

/// What follows the digests of git's "index 1a2b..3c4d 100644": the mode, or nothing.
/// @returns nullopt where @p text is no line of this kind to GNU patch
[[nodiscard]] std::optional<std::string_view> mode_of_index(std::string_view text) noexcept;

}  // namespace pystacks::source
