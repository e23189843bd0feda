#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "extension/build_root.hpp"

namespace pystacks::extension {

/// One run of rpmbuild on a spec, in a build root.
struct PackageBuild {
    std::string spec;                        ///< a file in SPECS of the topdir, by its name
    std::vector<std::string> with, without;  ///< as behind --with and --without
    std::vector<std::string> defines;        ///< "NAME VALUE", as behind -D
    bool run_check = true;                   ///< false: --nocheck
    bool check_build_requires = true;        ///< false: --nodeps
    std::filesystem::path rpms = "RPMS";     ///< %_rpmdir, relative to the topdir
    /// SOURCE_DATE_EPOCH, in seconds. Empty: rpm takes it from %changelog.
    std::optional<std::int64_t> source_date_epoch{};
    /// -bs and -bb. Both in one run (-ba) would store the SRPM's digest in the packages, and another one every time.
    enum class Amount { source, binary } amount = Amount::binary;
};

/// Finds what the spec names as sources and patches in @p look_in, the first folder first, else in SOURCES of the
/// topdir itself, and copies it there.
/// @throws Error (usage) that lists what is missing, with its address if the spec has one, or that names a link out of
///         its folder
void gather_sources(const BuildRoot& root, const PackageBuild& build, const std::filesystem::path& topdir,
                    const std::vector<std::filesystem::path>& look_in);

/// Whether the spec has a %changelog entry, which says when its builds are. @throws Error with what rpm said
[[nodiscard]] bool has_changelog(const BuildRoot& root, const PackageBuild& build);

/// Builds. The build can write to the topdir, so nothing in there is believed to be what it looks like: the log is read
/// by the descriptor by which it was made, and packages have to be files below the topdir.
/// @param log of the machine, in the topdir; a new file, to which all output goes
/// @returns the packages written, as paths of the machine, in rpm's order
/// @throws Error with the end of the log
[[nodiscard]] std::vector<std::filesystem::path> build_packages(const BuildRoot& root, const PackageBuild& build,
                                                                const std::filesystem::path& topdir,
                                                                const std::filesystem::path& log);

/// The rpmbuild command, as it is run in the root.
[[nodiscard]] std::vector<std::string> rpmbuild_command(const BuildRoot& root, const PackageBuild& build);

/// Puts what an SRPM has where rpmbuild wants it. @returns the spec's name, a file in SPECS.
/// @throws Error (usage) when it is not an SRPM, is damaged, or does not have exactly one spec
[[nodiscard]] std::string unpack_source_package(const std::filesystem::path& package,
                                                const std::filesystem::path& topdir);

}  // namespace pystacks::extension
