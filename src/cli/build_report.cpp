#include "cli/build_report.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/shown_path.hpp"
#include "base/text.hpp"
#include "cli/print.hpp"
#include "log/log.hpp"

namespace pystacks::cli {
namespace {

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

void log_package(const stackbuild::BuiltFile& file) {
    log::Event event{.message = "package: " + file.path.string(), .shown = "", .kind = "package"};
    event.details = {{"path", file.path.string()}, {"bytes", file.size}, {"xxh3", file.digest}};
    log::post(event);
}

}  // namespace

void print_outcome(const stackbuild::BuildOutcome& outcome) {
    std::uint64_t bytes = 0;
    for (const stackbuild::BuiltFile& file : outcome.files) {
        bytes += file.size;
        print_data(seen_from_here(file.path) + "\n");
        log_package(file);
    }
    finish_printing();
    if (outcome.how == stackbuild::BuildOutcome::How::up_to_date) {
        log::info("up to date: nothing has changed since these packages were built");
        return;
    }
    if (outcome.files.empty()) return;
    log::info(fmt::format("{} packages, {}, in {}", outcome.files.size(), human_size(bytes),
                          human_duration(outcome.seconds)));
}

void print_outcome_as_json(const stackbuild::BuildOutcome& outcome) {
    nlohmann::json json{{"format", 1},  // docs/json.md says what raises it
                        {"up_to_date", outcome.how == stackbuild::BuildOutcome::How::up_to_date},
                        {"files", nlohmann::json::array()},
                        {"log", outcome.log.string()},
                        {"seconds", outcome.seconds},
                        {"summary", summary_of(outcome.comparison)}};
    for (const stackbuild::BuiltFile& file : outcome.files) {
        log_package(file);
        json["files"].push_back({{"path", file.path.string()}, {"size", file.size}, {"xxh3", file.digest}});
    }
    print_data(json_text(json, 2) + "\n");
}

}  // namespace pystacks::cli
