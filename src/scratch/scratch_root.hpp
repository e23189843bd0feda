#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "scratch/host_package.hpp"
#include "scratch/inside.hpp"
#include "scratch/layer.hpp"
#include "scratch/package_set.hpp"

namespace pystacks::scratch {

/// Where checks run: this machine's root with the packages installed on top, in layers that never change again.
///
///     /                     the machine
///     base                  + the base configuration's packages, and debuginfo
///     debug …               + the packages of one configuration each, behind the one that it is a variant of
///     one layer a check     what that check writes
class ScratchRoot {
public:
    /// @param folder an empty folder, for everything; a file system in memory is mounted there
    explicit ScratchRoot(std::filesystem::path folder);
    /// Stands on a root that exists, in place of this machine's; nothing is installed.
    ScratchRoot(std::filesystem::path folder, const std::filesystem::path& root);

    /// Installs by dnf, with dependencies resolved against the packages and this host. Call once.
    /// @param host_version null where the machine's own rpm database knows what is installed
    /// @throws Error with what dnf said
    /// @param others packages that may be installed as well, where the packages require them
    void install(const PackageSet& packages, const std::vector<rpm::Package>& others, const HostVersion& host_version);
    void install(const PackageSet& packages, const HostVersion& host_version) { install(packages, {}, host_version); }

    /// A new layer over everything that is installed. Thread-safe.
    [[nodiscard]] std::unique_ptr<Layer> layer();
    /// A new layer over the base packages alone.
    [[nodiscard]] std::unique_ptr<Layer> base_layer();
    /// A new layer over what was there before the packages of a configuration were installed, or with them, and without
    /// those that came later. @param configuration one that has packages, and not the base
    [[nodiscard]] std::unique_ptr<Layer> layer_without(const std::string& configuration);
    [[nodiscard]] std::unique_ptr<Layer> layer_with(const std::string& configuration);
    /// What the installation of a configuration's packages wrote; empty for the base, and when nothing was installed.
    [[nodiscard]] std::filesystem::path written_by(const std::string& configuration) const;
    /// The configurations other than the base whose packages are installed, in the order of their layers.
    [[nodiscard]] std::vector<std::string> variants() const;
    /// The repository, for checks that install more.
    [[nodiscard]] std::filesystem::path repository() const { return folder_ / "repository"; }

private:
    /// What one installation wrote.
    struct Installed {
        std::string configuration;                 ///< empty for the base
        std::vector<std::filesystem::path> below;  ///< the topmost first
        std::unique_ptr<Layer> layer;
    };

    std::unique_ptr<Layer> new_layer(const std::vector<std::filesystem::path>& lower);
    void install_into(const std::filesystem::path& folder, const std::string& configuration,
                      const std::vector<const rpm::Package*>& packages);
    [[nodiscard]] const Installed* installed(const std::string& configuration) const;

    std::filesystem::path folder_;
    std::vector<std::filesystem::path> lower_;       // of the layers to come, the topmost first
    std::vector<std::filesystem::path> base_lower_;  // the base's packages alone
    std::vector<Installed> installed_;
    std::atomic<int> layers_ = 0;
};

/// Makes a folder with a link to every package that can be installed. @returns the links, for rpm::write_repository().
[[nodiscard]] std::vector<std::filesystem::path> fill_repository(const std::filesystem::path& repository,
                                                                 const PackageSet& packages);

/// Where rpm keeps its database in a root. @throws Error.
[[nodiscard]] std::string rpm_database();

/// That what is installed in a root are @p packages, by the digests of their headers.
/// @throws Error that names the first that is not
void require_installed(const Layer& layer, const PackageSet& packages);

/// Runs dnf on a root with the repository and nothing else. @throws Error with what dnf said.
void run_dnf(const Layer& layer, const std::filesystem::path& repository, const std::string& command,
             const std::vector<std::string>& packages);

/// Runs this machine's rpm on a root, where the scriptlets of what it erases run. @param arguments {"--erase", …}
[[nodiscard]] InnerOutcome run_rpm(const Layer& layer, std::vector<std::string> arguments);

}  // namespace pystacks::scratch
