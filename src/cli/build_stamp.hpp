#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/input_list.hpp"
#include "base/stamp_file.hpp"
#include "cli/workspace.hpp"
#include "host/host.hpp"

namespace pystacks::cli {

/// A file that a build left, and what was in it.
struct BuiltFile {
    std::filesystem::path path;
    std::uint64_t size = 0;
    std::string digest;
};

/// Everything that decides which bytes a build gives: this program, the spec, the expanded stack, sources, switches,
/// the tools and libraries of the host.
[[nodiscard]] InputList build_key(const Workspace& workspace, const std::string& amount, const host::Host& host);

/// The note that a finished build leaves in its output folder.
class BuildStamp {
public:
    /// @param topdir the output folder
    BuildStamp(const std::filesystem::path& topdir, const std::string& name);

    /// What the last build with the same key left, when all of it is still there unchanged.
    [[nodiscard]] std::optional<std::vector<BuiltFile>> finished(const InputList& key) const;
    /// The inputs that differ from those of the last build, by name; empty when there was none.
    [[nodiscard]] std::vector<std::string> changed_inputs(const InputList& key) const;
    std::vector<BuiltFile> record(const InputList& key, const std::vector<std::filesystem::path>& files) const;

private:
    StampFile file_;
};

}  // namespace pystacks::cli
