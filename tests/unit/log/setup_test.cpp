#include "log/setup.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "log/log.hpp"

using namespace pystacks;
using log::Level;
using log::Settings;

TEST_CASE("each log gets its levels; both have a start and an end") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    Settings settings;
    settings.terminal = Level::warning;
    settings.log_file = folder.path() / "log";
    settings.log_json = folder.path() / "log.json";
    settings.version = "1.2";
    settings.arguments = {"pystacks", "build", "a stack"};
    log::start(settings);
    CHECK_FALSE(log::shown(Level::info));
    CHECK(log::enabled(Level::trace));
    log::debug("decided");
    log::post({.level = Level::trace, .message = "a step"});
    log::finish(3);
    log::info("after the end");

    const std::string file = read_file(settings.log_file);
    CHECK_THAT(file, contains_text("info: pystacks build 'a stack'\n"));
    CHECK_THAT(file, contains_text("debug: decided\n"));
    CHECK_THAT(file, contains_text("info: ended with exit code 3\n"));
    CHECK_THAT(file, !contains_text("a step"));

    std::vector<nlohmann::json> lines;
    for (const std::string& line : split(trim(read_file(settings.log_json)), '\n')) {
        lines.push_back(parse_json(line));
    }
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].at("event") == "start");
    CHECK(lines[0].at("format") == 1);
    CHECK(lines[0].at("version") == "1.2");
    CHECK(lines[0].at("arguments") == nlohmann::json({"pystacks", "build", "a stack"}));
    CHECK(lines[2].at("message") == "a step");
    CHECK(lines[3].at("event") == "end");
    CHECK(lines[3].at("exit_code") == 3);
}

TEST_CASE("one file cannot be both logs") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    Settings settings;
    settings.log_file = folder.path() / "log";
    settings.log_json = folder.path() / "." / "log";
    CHECK_THROWS_AS(log::start(settings), Error);
    log::finish(2);
    CHECK_FALSE(fs::exists(settings.log_file));
}
