#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "compare/side.hpp"

namespace pystacks::compare {

/// How the two files of a pair were found to belong together.
enum class Match : std::uint8_t {
    path,     ///< the same path
    content,  ///< other paths, the same bytes: moved or renamed
    twin,     ///< twin_key() is the same: a debug build's file and the optimized one's
    version,  ///< versionless_key() is the same: files of two versions
};

/// "path", "content" …: the name in JSON.
[[nodiscard]] std::string_view name_of(Match match) noexcept;

struct FilePair {
    const File* a = nullptr;  ///< null: only B has it
    const File* b = nullptr;
    Match match = Match::path;
};

constexpr std::size_t no_package = static_cast<std::size_t>(-1);

/// Which packages belong together: by name and architecture, source packages apart; then by name without versions. One
/// package a side belongs together whatever the names. @return for every package of A the index in B, or no_package.
/// @throws Error (usage) when a side has two packages of one name and architecture, or only one side is an SRPM.
[[nodiscard]] std::vector<std::size_t> pair_packages(const Side& a, const Side& b);

/// Pairs every file with at most one of the other side: by path within packages that belong together, by path among
/// all that is left, then by content, twin name and versionless name.
/// @param packages as pair_packages() returns it; empty for trees.
/// @return bytewise by the path of A, or that of B where A has none.
[[nodiscard]] std::vector<FilePair> pair_files(const Side& a, const Side& b, const std::vector<std::size_t>& packages);

}  // namespace pystacks::compare
