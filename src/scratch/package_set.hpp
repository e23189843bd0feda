#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rpm/package.hpp"
#include "scratch/package_configurations.hpp"
#include "scratch/package_role.hpp"

namespace pystacks::scratch {

/// The headers of packages in the order of their files' names; several may have one name.
/// @param paths packages, or folders that are searched for *.rpm at any depth
/// @throws Error (usage) when there is none, or one cannot be read
[[nodiscard]] std::vector<rpm::Package> read_packages(const std::vector<std::filesystem::path>& paths);

/// The packages under test, by name, of one build or of several. In a set of several builds, configurations of one name
/// count as one, and so do all bases.
class PackageSet {
public:
    /// @param paths packages, or folders that are searched for *.rpm at any depth
    /// @throws Error (usage) when there is none, one cannot be read, or two have one name
    [[nodiscard]] static PackageSet read(const std::vector<std::filesystem::path>& paths);
    explicit PackageSet(std::vector<rpm::Package> packages);

    /// One set for each source package that they were built from, by its file name.
    [[nodiscard]] std::map<std::string, PackageSet> by_source() const;

    [[nodiscard]] const std::vector<rpm::Package>& all() const noexcept { return packages_; }
    [[nodiscard]] std::vector<const rpm::Package*> of(Role role) const;

    /// The base, which is always there, then each behind the one that it is a variant of.
    [[nodiscard]] const std::vector<PackagedConfiguration>& configurations() const noexcept { return configurations_; }
    [[nodiscard]] const PackagedConfiguration& base() const noexcept { return configurations_.front(); }
    /// Those that are variants of another one: all but the base.
    [[nodiscard]] std::vector<const PackagedConfiguration*> variants() const;
    /// The configuration of that name; null when there is none.
    [[nodiscard]] const PackagedConfiguration* configuration(std::string_view name) const noexcept;
    /// The packages that belong to the configuration of that name, without debuginfo.
    [[nodiscard]] std::vector<const rpm::Package*> of_configuration(std::string_view name) const;
    /// @param package one of this set. @returns null for source packages, debuginfo, and what nobody can tell
    [[nodiscard]] const PackagedConfiguration* configuration_of(const rpm::Package& package) const;
    /// Packages of which nobody can tell the configuration, and why: "NAME: REASON".
    [[nodiscard]] const std::vector<std::string>& unknown() const noexcept { return unknown_; }
    /// Configurations that others say they are variants of, and that no package belongs to.
    [[nodiscard]] const std::vector<std::string>& missing() const noexcept { return missing_; }

    /// The package that has @p path; null when none has. Of packages that share a folder, the first.
    [[nodiscard]] const rpm::Package* owner(const std::string& path) const;
    /// The package of the same name, source or not, as @p package of another set; null when there is none.
    [[nodiscard]] const rpm::Package* counterpart(const rpm::Package& package) const;
    /// @p path in the package that owns it; null when there is none.
    [[nodiscard]] const rpm::PackageFile* file(const std::string& path) const;

private:
    struct Place {
        std::size_t package, file;
    };

    void assign();
    [[nodiscard]] std::size_t index_of(const PackagedConfiguration& configuration);

    std::vector<rpm::Package> packages_;
    std::map<std::string, Place, std::less<>> places_;
    std::vector<PackagedConfiguration> configurations_;
    std::vector<std::optional<std::size_t>> configuration_of_;  ///< by package: an index
    std::vector<std::string> unknown_, missing_;
};

}  // namespace pystacks::scratch
