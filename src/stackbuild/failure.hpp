#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "report/progress.hpp"

/// Why a build failed.
namespace pystacks::stackbuild {

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

}  // namespace pystacks::stackbuild
