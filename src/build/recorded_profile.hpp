#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "build/context.hpp"
#include "build/profile_key.hpp"

/// What a trained compiler has counted, as a file of the stack: recorded once, used instead of training.
namespace pystacks::build {

/// A recorded profile that belongs to what is built.
struct UsableProfile {
    std::filesystem::path archive;
    std::string digest;  ///< of its bytes
};

/// The first of the stack's recorded profiles that belongs to @p key, which is the configuration's, one of the same
/// sources before one of others; says which one, or why none does. Profiles of other configurations are not looked at.
/// @throws Error when one cannot be read
[[nodiscard]] std::optional<UsableProfile> choose_profile(const StageContext& context,
                                                          const stack::Configuration& configuration,
                                                          const ProfileKey& key);

/// Puts what the profile holds into @p build_folder, as the training would have left it there: files that the recipe
/// names, and no others. @throws Error
void use_profile(const UsableProfile& profile, const stack::ProfileRecipe& recipe,
                 const std::filesystem::path& build_folder);

/// Writes what the training has left in the configuration's build folder, LAYOUT/build/CONFIGURATION.
/// @throws Error, also when it has counted nothing
void record_profile(ProfileKey key, const stack::ProfileRecipe& recipe, const std::filesystem::path& build_folder,
                    const std::filesystem::path& archive);

}  // namespace pystacks::build
