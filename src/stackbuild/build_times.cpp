#include "stackbuild/build_times.hpp"

#include <algorithm>
#include <cstddef>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/utsname.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "log/log.hpp"

namespace pystacks::stackbuild {
namespace {

using report::Timeline;

constexpr std::size_t most_builds = 8;
constexpr int format = 1;

std::string this_machine() {
    utsname names{};
    if (::uname(&names) != 0) return {};
    return fmt::format("{} {} {}", names.nodename, names.machine, std::thread::hardware_concurrency());
}

nlohmann::json to_json(const Timeline& timeline) {
    nlohmann::json phases = nlohmann::json::array();
    for (const Timeline::Span& each : timeline.spans) {
        phases.push_back({{"lane", each.lane}, {"phase", each.phase}, {"begin", each.begin}, {"end", each.end}});
    }
    return {{"total", timeline.total}, {"phases", std::move(phases)}};
}

/// @throws nlohmann::json::exception
Timeline from_json(const nlohmann::json& json) {
    Timeline timeline;
    timeline.total = json.at("total").get<double>();
    for (const nlohmann::json& each : json.at("phases")) {
        timeline.spans.push_back({each.at("lane").get<std::string>(), each.at("phase").get<std::string>(),
                                  each.at("begin").get<double>(), each.at("end").get<double>()});
    }
    return timeline;
}

/// The builds of a file of this format; none where it is missing or damaged.
std::vector<nlohmann::json> builds_in(const fs::path& file) {
    std::error_code problem;
    if (!fs::is_regular_file(file, problem)) return {};
    const auto json = parse_json_object(read_file(file));
    if (!json || !json->contains("format") || json->at("format") != format || !json->contains("builds")) return {};
    std::vector<nlohmann::json> builds;
    for (const nlohmann::json& each : json->at("builds")) {
        if (each.is_object() && each.contains("build") && each.at("build").is_string()) builds.push_back(each);
    }
    return builds;
}

}  // namespace

BuildTimes::BuildTimes(const fs::path& topdir, const std::string& name, const std::string& build)
    : file_(topdir / ".pystacks" / (name + "-times.json")), build_(build + "\n" + this_machine()) {}

std::optional<Timeline> BuildTimes::earlier() const {
    try {
        for (const nlohmann::json& each : builds_in(file_)) {
            if (each.at("build").get<std::string>() == build_) return from_json(each);
        }
    } catch (const nlohmann::json::exception&) {
        log::debug(file_.string() + " is damaged: there is no estimate");
    } catch (const Error& error) {
        log::debug(std::string("no estimate: ") + error.what());
    }
    return std::nullopt;
}

void BuildTimes::record(const Timeline& timeline) const {
    try {
        nlohmann::json mine = to_json(timeline);
        mine["build"] = build_;
        nlohmann::json builds = nlohmann::json::array({std::move(mine)});
        for (const nlohmann::json& each : builds_in(file_)) {
            if (builds.size() < most_builds && each.at("build") != build_) builds.push_back(each);
        }
        make_directories(file_.parent_path());
        const nlohmann::json all{{"format", format}, {"builds", std::move(builds)}};
        write_file_atomically(file_, json_text(all, 1) + "\n");
    } catch (const Error& error) {
        log::debug(std::string("the times of this build are not kept: ") + error.what());
    }
}

}  // namespace pystacks::stackbuild
