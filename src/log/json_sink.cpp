#include "log/json_sink.hpp"

#include <string_view>
#include <utility>
#include <variant>

#include <spdlog/pattern_formatter.h>

#include "base/json.hpp"
#include "log/current_event.hpp"

namespace pystacks::log {
namespace {

std::unique_ptr<spdlog::formatter> time_alone() {
    return std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ", spdlog::pattern_time_type::utc, "");
}

}  // namespace

JsonSink::JsonSink(UniqueFd file, fs::path name) : FileSink(std::move(file), std::move(name), time_alone()) {}

void JsonSink::sink_it_(const spdlog::details::log_msg& message) {
    spdlog::memory_buf_t time;
    formatter_->format(message, time);
    const spdlog::string_view_t level = spdlog::level::to_string_view(message.level);
    const Event* event = current_event();
    nlohmann::ordered_json json;
    json["time"] = std::string(time.data(), time.size());
    json["level"] = std::string(level.data(), level.size());
    json["event"] = event != nullptr ? event->kind : "message";
    json["message"] = std::string(message.payload.data(), message.payload.size());
    if (event != nullptr) {
        for (const auto& [key, detail] : event->details) {
            std::visit([&json, &name = key](const auto& value) { json[name] = value; }, detail);
        }
    }
    write(json_text(json) + "\n");
}

}  // namespace pystacks::log
