#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "merge/comparison.hpp"

namespace pystacks::merge {

struct Amount {
    std::uint64_t files = 0;  ///< files and symlinks
    std::uint64_t bytes = 0;  ///< of files; hard links once
};

/// What the merge took and saved. Bytecode counts as its source does.
struct Summary {
    std::string base;
    std::vector<std::string> configurations;  ///< base first
    std::map<std::string, Amount> by_kind;    ///< "shared", "own" …
    std::map<std::string, Amount> on_top;     ///< of each configuration but the base: what it adds to the merged tree
    std::uint64_t saved_bytes = 0;            ///< what the shared files would take again in the other configurations
};

[[nodiscard]] Summary summarise(const std::vector<ConfigurationTree>& trees, const Comparison& comparison,
                                const tree::Tree& merged);

/// comparison.json: keys and paths sorted, the same text for the same trees.
[[nodiscard]] std::string to_json(const Comparison& comparison, const Summary& summary);

/// A few lines for people, without newline at their ends.
[[nodiscard]] std::vector<std::string> to_lines(const Summary& summary);

}  // namespace pystacks::merge
