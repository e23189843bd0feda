#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The Python distributions (what pip calls a package) of a buildroot, for dependencies among -debug packages.
namespace pystacks::extension {

/// What the metadata of a distribution say: the core metadata specification, and setuptools' egg-info.
struct Distribution {
    std::string name;                       ///< normalized, as PEP 503 does: "ruamel-yaml"
    std::string version;                    ///< as rpm orders it: "2.0~rc1"
    std::vector<std::string> requirements;  ///< normalized names of those that it requires without an extra
};

/// "ruamel-yaml" for "Ruamel.YAML".
[[nodiscard]] std::string normalized(std::string_view name);

/// The name of a requirement of PEP 508; nothing when its marker rules it out on Linux with Python @p version. A marker
/// with "or" or parentheses rules nothing out: what it leads to is a weak dependency.
[[nodiscard]] std::optional<std::string> required_name(std::string_view requirement, std::string_view version);

/// The headers of a METADATA or PKG-INFO file. @param version of Python
[[nodiscard]] Distribution parse_metadata(std::string_view text, std::string_view version);
/// What requires.txt of an egg-info folder says outside of sections; a section ("[:python_version<'3']", "[extra]") has
/// a condition.
[[nodiscard]] std::vector<std::string> parse_requires_txt(std::string_view text);

/// For which Python an installed module is and, when the buildroot tells, its distribution.
struct OwningDistribution {
    std::string version;  ///< "3.13"
    std::string build;    ///< name_of() the traits that the module's name says: "debug", "freethreading-debug"
    std::optional<Distribution> distribution;
};
/// @param module the file of a module in a site-packages folder; nothing for other files
[[nodiscard]] std::optional<OwningDistribution> owner_of(const std::filesystem::path& module);
/// Those of several modules, of each distribution and build once. All metadata is read once.
[[nodiscard]] std::vector<OwningDistribution> owners_of(const std::vector<std::filesystem::path>& modules);

/// Lines of rpm's dependency generators for a module of a configuration other than the base, with the name of its build
/// before "dist": "python3.13-debugdist(lxml) = 4.9.2".
[[nodiscard]] std::vector<std::string> debug_provides(const OwningDistribution& owner);
[[nodiscard]] std::vector<std::string> debug_recommends(const OwningDistribution& owner);

}  // namespace pystacks::extension
