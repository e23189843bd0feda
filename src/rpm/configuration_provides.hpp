#pragma once

#include <optional>
#include <string>
#include <vector>

#include "python/abi.hpp"
#include "rpm/package.hpp"
#include "stack/stack.hpp"

/// What the package of a configuration other than the base provides, so that nobody has to conclude from its name what
/// it is:
///
///     pystacks(configuration:debug)
///     pystacks(variant-of:optimized)
///     pystacks(suffix:d)                where its commands have one
///     pystacks(trait:debug)             once for each trait
///
/// Packages of the base provide nothing of the kind: they are the same bytes whether there are others or not.
namespace pystacks::rpm {

/// What a package says of its configuration.
struct DeclaredConfiguration {
    std::string name;        ///< "debug"
    std::string variant_of;  ///< "optimized"
    std::string suffix;      ///< of its commands: "d"; may be empty
    python::Traits traits;
    std::vector<std::string> unknown_traits;  ///< words that this program does not know

    [[nodiscard]] bool operator==(const DeclaredConfiguration&) const = default;
};

/// "Provides:" lines for the spec. @param configuration unexpanded, and not the base
[[nodiscard]] std::string configuration_provides(const stack::Configuration& configuration);

/// Nothing for a package that provides no configuration: one of the base, or one that something else made.
/// @throws Error (usage) when it provides two, or one without what it is a variant of
[[nodiscard]] std::optional<DeclaredConfiguration> declared_configuration(const Package& package);

}  // namespace pystacks::rpm
