#include "rpm/message_pipe.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "catch.hpp"
#include "growth.hpp"
#include "log/descriptor.hpp"

using namespace pystacks;
using namespace pystacks::rpm;
using Messages = std::vector<std::pair<log::Level, std::string>>;

TEST_CASE("messages arrive in order, with their level, whatever is in them") {
    Messages received;
    {
        const MessagePipe pipe(
            [&received](log::Level level, const std::string& text) { received.emplace_back(level, text); });
        send_message(pipe.sending_end(), log::Level::warning, "two\nlines");
        send_message(pipe.sending_end(), log::Level::debug, std::string(100'000, 'x'));
        send_message(pipe.sending_end(), log::Level::error, "a\xff");
    }
    CHECK(received == Messages{{log::Level::warning, "two\nlines"},
                               {log::Level::debug, std::string(100'000, 'x')},
                               {log::Level::error, "a\xEF\xBF\xBD"}});
}

TEST_CASE("a worker that was killed in the middle of a message, and one that left the pipe open") {
    Messages received;
    int left_open = -1;
    {
        const MessagePipe pipe(
            [&received](log::Level level, const std::string& text) { received.emplace_back(level, text); });
        left_open = ::fcntl(pipe.sending_end(), F_DUPFD_CLOEXEC, 3);
        send_message(pipe.sending_end(), log::Level::warning, "whole");
        log::write_all(pipe.sending_end(), R"({"level":"warn)");
    }
    CHECK(received == Messages{{log::Level::warning, "whole"}});
    ::close(left_open);
}

TEST_CASE("a message without an end is looked at once") {
    CHECK(growth::ends_within(20, [] {
        const MessagePipe pipe([](log::Level, const std::string&) {});
        const std::string some(std::size_t{1} << 20U, 'x');
        for (int i = 0; i < 80; ++i) log::write_all(pipe.sending_end(), some);
    }));
}

TEST_CASE("nobody listens") { send_message(-1, log::Level::error, "lost"); }
