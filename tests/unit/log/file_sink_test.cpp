#include "log/file_sink.hpp"

#include <memory>
#include <regex>

#include <fcntl.h>
#include <spdlog/logger.h>
#include <sys/stat.h>

#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "log/destination.hpp"

using namespace pystacks;
using log::FileSink;

TEST_CASE("a line has local time with milliseconds and offset, level and message") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    const fs::path file = folder.path() / "log";
    spdlog::logger logger("test", std::make_shared<FileSink>(log::open_destination(file, "--log-file"), file));
    logger.info("built");
    logger.error("cannot build:\n  make: no rule\n\ntry again\n");
    logger.debug("not taken: a logger takes information and more by itself");

    const std::vector<std::string> lines = split(read_file(file), '\n');
    REQUIRE(lines.size() == 6);
    const std::string time = R"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d )";
    CHECK(std::regex_match(lines[0], std::regex(time + "info: built")));
    CHECK(std::regex_match(lines[1], std::regex(time + "error: cannot build:")));
    CHECK(lines[2] == "      make: no rule");
    CHECK(lines[3] == "    ");
    CHECK(lines[4] == "    try again");
    CHECK(lines[5].empty());
}

TEST_CASE("what a terminal would obey is not in a log") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    const fs::path file = folder.path() / "log";
    spdlog::logger logger("test", std::make_shared<FileSink>(log::open_destination(file, "--log-file"), file));
    logger.info("red: \x1b[31m, bell: \a, tab:\t.");
    CHECK_THAT(read_file(file), contains_text("red: ?[31m, bell: ?, tab: ."));
}

TEST_CASE("a log that cannot be written any more is named once, and not tried again") {
    const UniqueFd full(::open("/dev/full", O_WRONLY));
    spdlog::logger logger("test",
                          std::make_shared<FileSink>(log::open_destination("/dev/full", "--log-file"), "the log"));
    std::vector<std::string> problems;
    logger.set_error_handler([&problems](const std::string& problem) { problems.push_back(problem); });
    logger.info("one");
    logger.info("two");
    CHECK(problems ==
          std::vector<std::string>{
              "cannot write the log any more: the log: No space left on device; the command continues without it"});
}

TEST_CASE("a reader that has stopped reading is not waited for") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    const fs::path fifo = folder.path() / "fifo";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    const UniqueFd reader(::open(fifo.c_str(), O_RDONLY | O_NONBLOCK));
    spdlog::logger logger("test", std::make_shared<FileSink>(log::open_destination(fifo, "--log-file"), "the log"));
    std::vector<std::string> problems;
    logger.set_error_handler([&problems](const std::string& problem) { problems.push_back(problem); });
    // A pipe holds 64 KiB.
    for (int count = 0; count < 100; ++count) logger.info(std::string(1000, 'x'));
    CHECK(problems == std::vector<std::string>{"cannot write the log any more: the log: its reader has stopped "
                                               "reading; the command continues without it"});
}
