#include "stackbuild/failure.hpp"

#include <cstdint>
#include <system_error>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/shown_path.hpp"
#include "base/text.hpp"

namespace pystacks::stackbuild {
namespace {

/// A line that says so when @p folder has next to no room, else nothing. What ran out of room may have left some when
/// it ended, so this is more than none; no build gets along with so little.
std::string full_disk(const fs::path& folder) {
    constexpr std::uintmax_t next_to_nothing = 64'000'000;
    std::error_code problem;
    const fs::space_info space = fs::space(folder, problem);
    if (problem || space.available >= next_to_nothing) return {};
    return fmt::format("No space left on device: {} has {} free\n", folder.string(), human_size(space.available));
}

}  // namespace

void FailureWitness::post(const report::ProgressEvent& event) {
    using Kind = report::ProgressEvent::Kind;
    if (event.kind == Kind::failed || event.kind == Kind::interrupted) {
        const std::lock_guard lock(mutex_);
        // One that fails interrupts the others, whose events may come first.
        const bool cause = event.kind == Kind::failed && (failure_ && failure_->kind == Kind::interrupted);
        if (!failure_ || cause) failure_ = event;
    }
    next_.post(event);
}

std::optional<report::ProgressEvent> FailureWitness::failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
}

Error retell(const Error& error, const std::optional<report::ProgressEvent>& failure,
             const std::filesystem::path& rpm_log, const std::string& command_line) {
    const std::string repeat = "to resume: " + command_line;
    if (error.kind() == ErrorKind::interrupted) {
        return {error.kind(), "interrupted", "", "finished work is kept", repeat};
    }
    const bool stage_told = failure && !failure->reason.empty();
    const fs::path log = stage_told && !failure->log.empty() ? fs::path(failure->log) : rpm_log;
    std::string hint = full_disk(rpm_log.parent_path());
    if (!stage_told && !error.hint().empty()) hint += error.hint() + "\n";
    // The stage's own hint, which is part of its reason, may end with that.
    const bool log_named = stage_told && trim(failure->reason).ends_with(log.string());
    if (!log_named) hint += "the whole log: " + seen_from_here(log) + "\n";
    hint += repeat;
    if (stage_told) {
        return {error.kind(), failure->lane, failure->phase + " failed", std::string(trim(failure->reason)), hint};
    }
    return {error.kind(), error.attempted(), error.subject(), error.reason(), hint};
}

}  // namespace pystacks::stackbuild
