#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "python/abi.hpp"
#include "scratch/host_package.hpp"
#include "scratch/layer.hpp"
#include "scratch/package_set.hpp"
#include "scratch/scratch_root.hpp"

namespace pystacks::extension {

/// %_topdir in a build root; mock's.
inline constexpr const char* topdir_inside = "/builddir/build";

struct BuildRootRequest {
    std::vector<std::filesystem::path> stacks;  ///< packages, or folders of them, that are installed
    std::string python;                         ///< the release interpreter to build with; empty: the only one there is
    std::vector<std::filesystem::path> wheels;  ///< build tools in addition: wheels, or folders of them
    std::filesystem::path topdir;               ///< existing folder of the machine, seen as topdir_inside
    /// This pystacks, which the macros call: its executable, templates/ and macros/, which has lua/ and fileattrs/
    /// beside it.
    std::filesystem::path program, templates, macros;
    scratch::HostVersion host_version;
};

/// What a pass builds with.
struct InterpreterPair {
    std::string release;        ///< "/usr/bin/python3.13"
    std::string variant;        ///< "/usr/bin/python3.13d": the file, not a link to it
    std::string configuration;  ///< whose it is: "debug"
};

/// The interpreters in @p packages of configurations with @p traits, each with the one of the same version in the
/// configuration that it is a variant of; by the release interpreter's path. What a package's configuration is, its
/// packages say (scratch/package_configurations.hpp).
[[nodiscard]] std::vector<InterpreterPair> interpreter_pairs(const scratch::PackageSet& packages,
                                                             python::Traits traits);

/// A scratch root in which packages of extension modules are built: stacks are installed, and what builds need beside
/// the machine's own programs: pystacks with its macros, pip, setuptools. Debug interpreters, and all that -debug
/// packages have, are there for the second pass alone (debug_files.hpp). Only in an isolated process
/// (process/isolation.hpp).
class BuildRoot {
public:
    /// @param folder empty; a file system in memory is mounted there
    /// @throws Error; (usage) when the stacks do not have one pair of interpreters to build with
    BuildRoot(const std::filesystem::path& folder, const BuildRootRequest& request);

    /// Another root of the same packages, except for -debug packages: nothing of them is there, not even for rpm.
    [[nodiscard]] BuildRoot without_debug_packages(const BuildRootRequest& request) const;

    [[nodiscard]] const scratch::Layer& layer() const noexcept { return *layer_; }
    /// "/usr/bin/python3.13".
    [[nodiscard]] const std::string& python() const noexcept { return installed_->pair.release; }
    /// "/usr/bin/python3.13d", though it is not there most of the time.
    [[nodiscard]] const std::string& debug_python() const noexcept { return installed_->pair.variant; }
    [[nodiscard]] bool python2() const;
    /// What rpm says in the root. @param text "%{?_enable_debug_packages}" @throws Error
    [[nodiscard]] std::string evaluated(const std::string& text) const;

private:
    struct Installed {
        Installed(const std::filesystem::path& folder, const BuildRootRequest& request);
        scratch::PackageSet stacks;
        InterpreterPair pair;
        scratch::ScratchRoot root;
    };

    BuildRoot(std::shared_ptr<Installed> installed, const BuildRootRequest& request);
    void make_bash_the_shell() const;
    void show_pystacks(const BuildRootRequest& request) const;
    void install_build_tools(const std::vector<std::filesystem::path>& wheels) const;
    void run_python(std::vector<std::string> arguments, const std::string& attempted) const;

    std::shared_ptr<Installed> installed_;
    std::unique_ptr<scratch::Layer> layer_;
};

}  // namespace pystacks::extension
