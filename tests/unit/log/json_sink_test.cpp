#include "log/json_sink.hpp"

#include <cstdint>
#include <regex>

#include "base/json.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "log/destination.hpp"
#include "log/log.hpp"
#include "log/logger.hpp"

using namespace pystacks;
using log::Event;
using log::JsonSink;
using log::Level;

namespace {

/// What @p event becomes in a file of JSON lines.
nlohmann::json logged(const Event& event) {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    const fs::path file = folder.path() / "log";
    log::add_sink(std::make_shared<JsonSink>(log::open_destination(file, "--log-json"), file), Level::trace);
    log::post(event);
    log::remove_all_sinks();
    const std::string text = read_file(file);
    CHECK(text.find('\n') == text.size() - 1);
    return parse_json(text);
}

}  // namespace

TEST_CASE("an event is one line of JSON: time, level, event, message and its details") {
    Event event{.level = Level::debug, .message = "make finished\nin order", .kind = "finished"};
    event.details = {{"lane", "debug"},
                     {"seconds", 1.5},
                     {"done", std::uint64_t{12}},
                     {"arguments", std::vector<std::string>{"make", "-j"}}};
    const nlohmann::json json = logged(event);
    CHECK(
        std::regex_match(json.at("time").get<std::string>(), std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")));
    CHECK(json.at("level") == "debug");
    CHECK(json.at("event") == "finished");
    CHECK(json.at("message") == "make finished\nin order");
    CHECK(json.at("lane") == "debug");
    CHECK(json.at("seconds") == 1.5);
    CHECK(json.at("done") == 12);
    CHECK(json.at("arguments") == nlohmann::json({"make", "-j"}));
}

TEST_CASE("bytes that are not UTF-8 do not spoil the line") {
    Event event{.message = "cannot read a\xff.txt"};
    event.details = {{"path", "a\xff.txt"}};
    CHECK(logged(event).at("path") == "a\xEF\xBF\xBD.txt");
}

TEST_CASE("levels have the same names in JSON and here") {
    for (const Level level : {Level::trace, Level::debug, Level::warning, Level::error}) {
        CHECK(logged({.level = level, .message = "x", .shown = ""}).at("level") == log::name_of(level));
        CHECK(log::level_of(log::name_of(level)) == level);
    }
    CHECK(log::level_of("loud") == Level::info);
}
