#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks {

/// The parts between separators, empty ones included: an empty text has one empty part.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::vector<std::string> split_words(std::string_view text);  ///< on white space; no empty words
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;
[[nodiscard]] std::string last_lines(std::string_view text, std::size_t count);  ///< of the trimmed text
/// All occurrences, left to right, not rescanned.
[[nodiscard]] std::string replace_all(std::string_view text, std::string_view find, std::string_view replacement);

/// The candidate nearest to @p word by edit distance, when it is near enough to be what was meant; otherwise the only
/// one that begins with it, when it has three letters or more.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// "did you mean NEAREST?", or @p otherwise when no candidate is near enough.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> candidates,
                                       std::string otherwise);

[[nodiscard]] std::string human_size(std::uint64_t bytes);  ///< "22.9 MB" (powers of 1000)
[[nodiscard]] std::string human_duration(double seconds);   ///< "7 s", "2 min 05 s", "1 h 02 min"

/// One argument as a POSIX shell would need it typed; for messages that show a command.
[[nodiscard]] std::string shell_quote(std::string_view argument);
[[nodiscard]] std::string shell_join(std::span<const std::string> arguments);

}  // namespace pystacks
