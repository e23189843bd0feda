#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "rpm/package.hpp"

namespace pystacks::scratch {

/// What a package is for, by the conventions of its name.
enum class Role {
    base,       ///< the stack as everybody has it
    debug,      ///< -debug: what a debug configuration adds
    debuginfo,  ///< -debuginfo and -debugsource
    source,
};

/// The headers of packages in the order of their files' names; several may have one name.
/// @param paths packages, or folders that are searched for *.rpm at any depth
/// @throws Error (usage) when there is none, or one cannot be read
[[nodiscard]] std::vector<rpm::Package> read_packages(const std::vector<std::filesystem::path>& paths);

/// The packages under test, by name.
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

    std::vector<rpm::Package> packages_;
    std::map<std::string, Place, std::less<>> places_;
};

[[nodiscard]] Role role_of(const rpm::Package& package);

}  // namespace pystacks::scratch
