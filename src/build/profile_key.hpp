#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "build/source_state.hpp"
#include "build/toolchain.hpp"
#include "stack/stack.hpp"

namespace pystacks::build {

/// What a compiler's profile belongs to. It is of use where all of it is the same; none of it says where or when.
struct ProfileKey {
    std::map<std::string, std::string> inputs;   ///< the configuration, the compiler's release, arguments, variables
    std::map<std::string, std::string> sources;  ///< path and digest of every file that the recipe names
};

/// Of @p configuration, which has a profile recipe.
[[nodiscard]] ProfileKey profile_key(const stack::Stack& stack, const stack::Configuration& configuration,
                                     const Toolchain& tools, const SourceEntries& sources);

/// Names of inputs that differ, sorted.
[[nodiscard]] std::vector<std::string> different_inputs(const ProfileKey& a, const ProfileKey& b);
/// Paths that differ or that only one has, sorted.
[[nodiscard]] std::vector<std::string> different_sources(const ProfileKey& a, const ProfileKey& b);

[[nodiscard]] std::string to_json(const ProfileKey& key);
/// @throws Error (usage) when @p text is not a key. @param file what messages call it
[[nodiscard]] ProfileKey profile_key_from_json(std::string_view text, const std::filesystem::path& file);

}  // namespace pystacks::build
