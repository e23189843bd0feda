#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "report/timeline.hpp"

namespace pystacks::stackbuild {

/// How long the phases of earlier builds in an output folder took, by what they built. Kept in the folder's .pystacks,
/// which `clean` leaves alone.
class BuildTimes {
public:
    /// @param topdir the output folder
    /// @param build what makes a build the same for its time: the amount, the switches, the number of jobs. The machine
    /// is added.
    BuildTimes(const std::filesystem::path& topdir, const std::string& name, const std::string& build);

    /// The last whole build of the same. Nothing where there was none, or the file cannot be used.
    [[nodiscard]] std::optional<report::Timeline> earlier() const;
    /// Keeps the last few. A file that cannot be written costs an estimate, and nothing else.
    void record(const report::Timeline& timeline) const;

private:
    std::filesystem::path file_;
    std::string build_;
};

}  // namespace pystacks::stackbuild
