#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/input_list.hpp"
#include "base/stamp_file.hpp"

namespace pystacks::stackbuild {

/// A file that a build left, and what was in it.
struct BuiltFile {
    std::filesystem::path path;
    std::uint64_t size = 0;
    std::string digest;
};

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

}  // namespace pystacks::stackbuild
