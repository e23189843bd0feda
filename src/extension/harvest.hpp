#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "extension/interpreters.hpp"

/// From the staging root of the second pass into the buildroot: the debug modules, and the lists that rpm reads.
namespace pystacks::extension {

/// A -debug subpackage, and which modules are its own.
struct Subpackage {
    std::string name;       ///< "python3-markupsafe-debug"
    std::string glob;       ///< of installed paths; empty: all that no other one has
    bool optional = false;  ///< may have no module; then its list has no path
};
/// "NAME" or "NAME=GLOB".
[[nodiscard]] Subpackage parse_subpackage(const std::string& text);

struct HarvestRequest {
    Interpreters interpreters;
    std::filesystem::path staging, buildroot;
    std::filesystem::path lists;  ///< folder for what the result is written to
    std::vector<Subpackage> packages;
    std::vector<std::string> leave_out;  ///< globs of release modules that have no debug build
    unsigned threads = 1;
};

/// A debug module in the buildroot.
struct Harvested {
    std::string source;   ///< in the staging root, the regular file
    std::string path;     ///< in the buildroot
    std::string twin;     ///< the release module
    std::string package;  ///< that it belongs to
};

struct Harvest {
    std::vector<Harvested> modules;  ///< by path
    /// Packages with a release module that the debug interpreter loads itself: it needs no debug build, or can have
    /// none. They may have no other one: then their lists have no path.
    std::set<std::string> without_need;
    std::vector<std::string> notes;     ///< what was left out and why, a sentence each
    std::vector<std::string> warnings;  ///< modules that should have a debug build and can have none, a sentence each
};

/// Finds, checks and names the modules; writes nothing.
/// @throws Error that names every module about which a promise cannot be kept
[[nodiscard]] Harvest plan_harvest(const HarvestRequest& request);

/// Copies the modules into the buildroot, where the times of folders stay what they were, and writes to request.lists:
/// PACKAGE.list for each package, of one blank line where it may and does have no module, `exclusions` for %files of
/// the release packages, and `modules` for the import check.
void carry_out(const Harvest& harvest, const HarvestRequest& request);

/// Takes the executable bits from the debug modules that @p lists names, where they are in @p buildroot; to be called
/// when find-debuginfo has seen them. rpm links the build id of every executable ELF file that a pattern of %files
/// matches into the package, of an excluded one, too (generateBuildIDs in build/files.c, 4.18 to 6.1); modules need no
/// such bit, and have their build ids in -debuginfo. Without lists nothing happens.
void take_executable_bits(const std::filesystem::path& buildroot, const std::filesystem::path& lists);

}  // namespace pystacks::extension
