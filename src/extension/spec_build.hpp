#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/temporary_directory.hpp"
#include "extension/build_root.hpp"
#include "extension/package_audit.hpp"
#include "extension/package_build.hpp"
#include "extension/private_folder.hpp"
#include "extension/spec_to_build.hpp"
#include "findings/check.hpp"
#include "host/host.hpp"
#include "report/progress.hpp"
#include "rpm/package.hpp"

namespace pystacks::extension {

struct SpecBuildRequest {
    SpecToBuild spec;
    std::vector<std::filesystem::path> stacks;  ///< packages to build with, or folders of them
    std::vector<std::filesystem::path> wheels;  ///< build tools in addition: wheels, or folders of them
    std::string python;                         ///< the release interpreter; empty: the only one there is
    bool run_check = true;
    /// Build again with the switch of the debug configuration off, and compare the release packages.
    bool compare_without_debug = false;
};

struct SpecBuildResult {
    std::vector<std::filesystem::path> packages;  ///< in rpm's order, the SRPM first where there is one
    bool has_debug = false;
    Audit audit;
    std::vector<findings::Result>
        unaffected;  ///< the comparison with a build without debug; empty where there was none

    /// Whether everything that was promised holds.
    [[nodiscard]] bool passed() const;
};

class EnteredSpecBuild;

/// Builds a spec or an SRPM in a root of its own: packages with their -debug packages, compared and audited.
///
/// This is made by the process that starts the build, and keeps others out of the output folder as long as it exists.
/// All else happens in an isolated process (process/isolation.hpp), as scripts of the spec are not trusted.
class SpecBuild {
public:
    /// Checks the request and this host. @throws Error
    explicit SpecBuild(SpecBuildRequest request);

    /// For the isolated process, once, while it has one thread: protects the machine's files from it, and puts the spec
    /// that is built into the output folder. @throws Error, also where the spec is refused
    [[nodiscard]] EnteredSpecBuild enter() const;

private:
    friend EnteredSpecBuild;

    SpecBuildRequest request_;
    std::filesystem::path topdir_;  ///< the output folder
    host::Host host_;
    PrivateFolder nobody_elses_;
    TemporaryDirectory folder_, temporary_;
};

/// A build in the isolated process: build(), or install() and shell().
class EnteredSpecBuild {
public:
    /// All of it. @throws Error with the end of the log
    [[nodiscard]] SpecBuildResult build(report::ProgressSink& display);

    /// The root alone, with sources. @throws Error
    void install(report::ProgressSink& display);
    /// What builds in that root.
    [[nodiscard]] std::vector<std::string> command() const;
    /// A shell in that root. @returns its exit status
    [[nodiscard]] int shell() const;

private:
    friend SpecBuild;
    EnteredSpecBuild(const SpecBuild& started, PackageBuild build);

    [[nodiscard]] BuildRootRequest root_request() const;
    [[nodiscard]] std::string lane() const;

    const SpecBuild& started_;
    PackageBuild build_;
    std::optional<BuildRoot> root_;
};

}  // namespace pystacks::extension
