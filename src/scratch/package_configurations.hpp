#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "python/abi.hpp"
#include "rpm/package.hpp"

/// Which configuration of a stack each package belongs to. This is the only place that decides it.
///
/// Packages that pystacks built say it themselves (rpm/configuration_provides.hpp); those of the same build that say
/// nothing are the base's. Where no package of a build says anything, something else built them, or there is only the
/// base. Then their files decide (python/file_evidence.hpp): a package with files of debug builds alone is the debug
/// configuration's. No name of a package says anything.
namespace pystacks::scratch {

/// A configuration of a stack, as its packages tell it.
struct PackagedConfiguration {
    std::string name;        ///< "debug"; "optimized", where nothing says another name of the base
    std::string variant_of;  ///< the configuration that it is compared with; empty for the base
    std::string suffix;      ///< of its commands, if packages say it
    python::Traits traits;
    bool declared = true;                     ///< by packages; otherwise by files alone
    std::vector<std::string> unknown_traits;  ///< words for traits that this program does not know

    [[nodiscard]] bool is_base() const noexcept { return variant_of.empty(); }
};

/// A package of which nobody can tell the configuration.
struct UnknownConfiguration {
    std::size_t package;  ///< index
    std::string reason;   ///< "its files are for several builds: debug (/usr/bin/python3.13d), optimized (…)"
};

struct ConfigurationAssignment {
    /// The base, which is always there, then each behind the one that it is a variant of.
    std::vector<PackagedConfiguration> configurations;
    /// By package: the index of its configuration. Nothing for source packages and debuginfo, which belong to none, and
    /// for unknown ones.
    std::vector<std::optional<std::size_t>> of_package;
    std::vector<UnknownConfiguration> unknown;
    /// Configurations that others are variants of, and that no package belongs to. The base is not among them.
    std::vector<std::string> missing;
};

/// @param packages of one build @throws Error (usage) when one contradicts itself
[[nodiscard]] ConfigurationAssignment assign_configurations(const std::vector<rpm::Package>& packages);

}  // namespace pystacks::scratch
