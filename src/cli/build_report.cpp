#include "cli/build_report.hpp"

#include <cstdint>
#include <system_error>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/print.hpp"
#include "log/log.hpp"

namespace pystacks::cli {
namespace {

/// As short as a user would type it.
std::string seen_from_here(const fs::path& path) {
    const fs::path relative = path.lexically_relative(fs::current_path());
    return relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

/// A line that says so when @p folder has next to no room, else nothing. What ran out of room may have left some when
/// it ended, so this is more than none; no build gets along with so little.
std::string full_disk(const fs::path& folder) {
    constexpr std::uintmax_t next_to_nothing = 64'000'000;
    std::error_code problem;
    const fs::space_info space = fs::space(folder, problem);
    if (problem || space.available >= next_to_nothing) return {};
    return fmt::format("No space left on device: {} has {} free\n", folder.string(), human_size(space.available));
}

nlohmann::json summary_of(const fs::path& comparison) {
    if (!fs::exists(comparison)) return nullptr;
    const auto json = parse_json_object(read_file(comparison));
    if (!json) return nullptr;
    nlohmann::json summary;
    for (const char* key : {"configurations", "totals", "on_top", "saved_bytes"}) {
        if (json->contains(key)) summary[key] = json->at(key);
    }
    return summary;
}

void log_package(const BuiltFile& file) {
    log::Event event{.message = "package: " + file.path.string(), .shown = "", .kind = "package"};
    event.details = {{"path", file.path.string()}, {"bytes", file.size}, {"xxh3", file.digest}};
    log::post(event);
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

void print_outcome(const BuildOutcome& outcome) {
    std::uint64_t bytes = 0;
    for (const BuiltFile& file : outcome.files) {
        bytes += file.size;
        print_data(seen_from_here(file.path) + "\n");
        log_package(file);
    }
    finish_printing();
    if (outcome.how == BuildOutcome::How::up_to_date) {
        log::info("up to date: nothing has changed since these packages were built");
        return;
    }
    if (outcome.files.empty()) return;
    log::info(fmt::format("{} packages, {}, in {}", outcome.files.size(), human_size(bytes),
                          human_duration(outcome.seconds)));
}

void print_outcome_as_json(const BuildOutcome& outcome) {
    nlohmann::json json{{"format", 1},  // docs/json.md says what raises it
                        {"up_to_date", outcome.how == BuildOutcome::How::up_to_date},
                        {"files", nlohmann::json::array()},
                        {"log", outcome.log.string()},
                        {"seconds", outcome.seconds},
                        {"summary", summary_of(outcome.comparison)}};
    for (const BuiltFile& file : outcome.files) {
        log_package(file);
        json["files"].push_back({{"path", file.path.string()}, {"size", file.size}, {"xxh3", file.digest}});
    }
    print_data(json_text(json, 2) + "\n");
}

}  // namespace pystacks::cli
