#include "transform/word_search.hpp"

#include <random>

#include "catch.hpp"

using pystacks::transform::WordSearch;

TEST_CASE("words are found in the texts that have them") {
    std::mt19937 random(1);
    const auto below = [&](std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
    };
    const auto text = [&](std::size_t longest) {
        std::string result;
        for (std::size_t length = below(longest + 1); length > 0; --length) result += "ab\xff"[below(3)];
        return result;
    };
    for (int round = 0; round < 2000; ++round) {
        std::set<std::string> words;
        for (std::size_t count = below(6); count > 0; --count) words.insert(text(4));
        std::map<std::string, std::uint8_t> expected;
        for (const std::string& word : words) expected[word] = 0;
        WordSearch search(words);
        for (const std::uint8_t mark : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{2}}) {
            const std::string where = text(8);
            search.look_at(where, mark);
            for (auto& [word, marks] : expected) {
                if (where.find(word) != std::string::npos) marks = static_cast<std::uint8_t>(marks | mark);
            }
        }
        CHECK(search.found() == expected);
    }
}
