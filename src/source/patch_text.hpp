#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pystacks::source {

/// One `@@ -1,2 +1,3 @@` and its lines.
struct PatchHunk {
    std::size_t line = 0;           ///< of the `@@` line in the patch, from 1
    std::vector<std::string> body;  ///< with the leading ' ', '+', '-' or '\'
};

/// What a unified patch says, as far as pystacks has to know before GNU patch applies it.
struct PatchText {
    /// A file name as the patch has it, with nothing stripped.
    struct Name {
        std::string text;
        std::size_t line = 0;
        bool has_prefix = true;  ///< git leaves "a/" and "b/" out of "rename from" and its like
    };
    std::vector<Name> names;  ///< of every file that may be read or written; without /dev/null
    std::vector<PatchHunk> hunks;
    /// The diffs, written again from the parsed text, and nothing else. GNU patch gets this text. Each line keeps its
    /// number, with empty lines for what is left out, so that line numbers in messages are right. Between the hunks of
    /// a file they have a '#', as comments.
    std::string checked;
};

/// Reads unified diffs, with or without git's headers, and the prose around them. What GNU patch would take for a diff
/// is one here, too, or it is refused.
/// @param file what messages call it
/// @throws Error on what pystacks does not let GNU patch do: diffs of other formats, binary contents, links, indented
/// diffs, quoted names, hunks that end early or belong to no file
[[nodiscard]] PatchText parse_patch(std::string_view text, const std::string& file);

/// @p name without its first @p strip components, as `patch -p` takes them off: several slashes in a row are one.
/// Empty when it has too few.
[[nodiscard]] std::string strip_components(std::string_view name, int strip);

}  // namespace pystacks::source
