#include "log/forwarding.hpp"

#include <vector>

#include "catch.hpp"
#include "log/log.hpp"

using namespace pystacks::log;

TEST_CASE("what is logged is handed on at every level, while the object lives") {
    std::vector<std::string> received;
    CHECK_FALSE(enabled(Level::debug));
    {
        const Forwarding forwarding([&received](const Event& event) { received.push_back(event.message); });
        CHECK(enabled(Level::trace));
        CHECK_FALSE(shown(Level::debug));
        debug("decided");
        post({.level = Level::trace, .message = "step"});
    }
    debug("nobody listens");
    CHECK_FALSE(enabled(Level::debug));
    CHECK(received == std::vector<std::string>{"decided", "step"});
}
