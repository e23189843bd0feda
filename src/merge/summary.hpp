#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "merge/comparison.hpp"
#include "python/abi.hpp"

namespace pystacks::merge {

struct Amount {
    std::uint64_t files = 0;  ///< files and symlinks
    std::uint64_t bytes = 0;  ///< of files; hard links once
};

/// What the stack says of a configuration that took part.
struct ConfigurationFacts {
    std::string name;
    std::string variant_of;  ///< empty for the base
    std::string suffix;      ///< of its commands; may be empty
    std::string package;     ///< that has what is its own; empty for the base
    python::Traits traits;
};

/// What the merge took and saved. Bytecode counts as its source does.
struct Summary {
    std::string base;
    std::vector<std::string> configurations;  ///< base first
    std::vector<ConfigurationFacts> about;    ///< of each of these
    std::map<std::string, Amount> by_kind;    ///< "shared", "own" …
    std::map<std::string, Amount> on_top;     ///< of each configuration but the base: what it adds to the merged tree
    std::uint64_t saved_bytes = 0;            ///< what the shared files would take again in the other configurations
};

/// @param stack expanded; its configurations include those of @p trees
[[nodiscard]] Summary summarise(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees,
                                const Comparison& comparison, const tree::Tree& merged);

/// comparison.json: keys and paths sorted, the same text for the same trees.
[[nodiscard]] std::string to_json(const Comparison& comparison, const Summary& summary);

/// A few lines for people, without newline at their ends.
[[nodiscard]] std::vector<std::string> to_lines(const Summary& summary);

}  // namespace pystacks::merge
