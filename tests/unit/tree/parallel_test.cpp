#include "tree/parallel.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

using pystacks::tree::for_each_index;

TEST_CASE("Every index is worked on once, with any number of threads") {
    for (const unsigned threads : {0U, 1U, 2U, 8U}) {
        std::vector<std::atomic<int>> calls(1000);
        for_each_index(calls.size(), threads, [&](std::size_t i) { ++calls[i]; });
        for (const auto& count : calls) REQUIRE(count == 1);
    }
    for_each_index(0, 4, [](std::size_t) { FAIL("there is nothing to do"); });
}

TEST_CASE("An exception of one thread reaches the caller") {
    CHECK_THROWS_WITH(for_each_index(100, 4,
                                     [](std::size_t i) {
                                         if (i == 50) throw std::runtime_error("fifty");
                                     }),
                      "fifty");
}
