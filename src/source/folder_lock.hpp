#pragma once

#include <filesystem>

#include "base/file.hpp"
#include "report/progress.hpp"

namespace pystacks::source {

/// Keeps two runs from fetching into one folder at the same time, without leaving a file there: an flock(2) on the
/// folder itself, given up when destroyed. Waits as long as the other run needs, unless interrupted.
class FolderLock {
public:
    /// @param progress told when there is something to wait for; may be null
    FolderLock(const std::filesystem::path& folder, report::ProgressSink* progress);

private:
    UniqueFd fd_;
};

}  // namespace pystacks::source
