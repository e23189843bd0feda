#include "report/progress.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "report/timeline.hpp"

namespace pystacks::report {
namespace {

using Kind = ProgressEvent::Kind;

constexpr std::array<std::pair<Kind, std::string_view>, 7> kind_names{{
    {Kind::started, "started"},
    {Kind::advanced, "advanced"},
    {Kind::finished, "finished"},
    {Kind::failed, "failed"},
    {Kind::interrupted, "interrupted"},
    {Kind::skipped, "skipped"},
    {Kind::message, "message"},
}};

Kind kind_of(std::string_view name) {
    for (const auto& [value, known] : kind_names) {
        if (known == name) return value;
    }
    throw Error("cannot read a progress event", "", "unknown kind '" + std::string(name) + "'");
}

}  // namespace

void ProgressSink::begin_total(const std::optional<Timeline>& /*earlier*/) {}

std::string_view name_of(ProgressEvent::Kind kind) noexcept {
    for (const auto& [value, name] : kind_names) {
        if (value == kind) return name;
    }
    return "message";
}

std::string to_json_line(const ProgressEvent& event) {
    nlohmann::json json{{"kind", name_of(event.kind)}, {"lane", event.lane}, {"phase", event.phase}};
    if (event.done != 0) json["done"] = event.done;
    if (event.total != 0) json["total"] = event.total;
    if (event.seconds > 0) json["seconds"] = event.seconds;
    if (!event.text.empty()) json["text"] = event.text;
    if (!event.log.empty()) json["log"] = event.log;
    if (!event.reason.empty()) json["reason"] = event.reason;
    if (event.level != log::Level::info) json["level"] = log::name_of(event.level);
    return json_text(json);
}

ProgressEvent from_json_line(const std::string& line) {
    try {
        const auto json = parse_json(line);
        ProgressEvent event;
        event.kind = kind_of(json.at("kind").get<std::string>());
        event.lane = json.at("lane").get<std::string>();
        event.phase = json.value("phase", "");
        event.done = json.value("done", std::uint64_t{0});
        event.total = json.value("total", std::uint64_t{0});
        event.seconds = json.value("seconds", 0.0);
        event.text = json.value("text", "");
        event.log = json.value("log", "");
        event.reason = json.value("reason", "");
        event.level = log::level_of(json.value("level", "info"));
        return event;
    } catch (const nlohmann::json::exception& problem) {
        throw Error("cannot read a progress event", "", problem.what());
    }
}

void post_message(ProgressSink& progress, const std::string& lane, const std::string& text) {
    ProgressEvent event;
    event.lane = lane;
    event.text = text;
    progress.post(event);
}

void post_warning(ProgressSink& progress, const std::string& lane, const std::string& text) {
    ProgressEvent event;
    event.lane = lane;
    event.text = "warning: " + text;
    event.level = log::Level::warning;
    progress.post(event);
}

}  // namespace pystacks::report
