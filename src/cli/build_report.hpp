#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cli/build_stamp.hpp"
#include "report/progress.hpp"

namespace pystacks::cli {

/// Passes events on, and remembers the first failure: the one that the others follow from.
class FailureWitness final : public report::ProgressSink {
public:
    explicit FailureWitness(report::ProgressSink& next) : next_(next) {}
    void post(const report::ProgressEvent& event) override;
    [[nodiscard]] std::optional<report::ProgressEvent> failure() const;

private:
    report::ProgressSink& next_;
    mutable std::mutex mutex_;
    std::optional<report::ProgressEvent> failure_;
};

/// What rpm reported of a failed build, retold for the user: where it failed, the end of that log, the log's path, and
/// the command that goes on from there. Where the disk of the log is as good as full this is said too, because then
/// the logs may lack just that.
[[nodiscard]] Error retell(const Error& error, const std::optional<report::ProgressEvent>& failure,
                           const std::filesystem::path& rpm_log, const std::string& command_line);

/// What a build left.
struct BuildOutcome {
    enum class How { built, up_to_date } how = How::built;
    std::vector<BuiltFile> files;
    std::filesystem::path comparison;  ///< comparison.json; may not exist
    std::filesystem::path log;
    double seconds = 0;  ///< that it took, all of it
};

/// One path a line on stdout, as seen from the current folder; their number and size, and the time, on stderr.
void print_outcome(const BuildOutcome& outcome);
void print_outcome_as_json(const BuildOutcome& outcome);

}  // namespace pystacks::cli
