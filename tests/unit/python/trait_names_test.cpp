#include "python/trait_names.hpp"

#include <string>

#include "catch.hpp"

using namespace pystacks::python;

TEST_CASE("every word for a trait can be read again") {
    CHECK(trait_words().size() == 5);
    for (const std::string& word : trait_words()) {
        const auto trait = trait_of_word(word);
        REQUIRE(trait);
        CHECK(words_of({*trait}) == std::vector<std::string>{word});
    }
    CHECK_FALSE(trait_of_word("Debug"));
    CHECK_FALSE(trait_of_word("freethreading"));
    CHECK_FALSE(trait_of_word(""));
}

TEST_CASE("the words of several traits have one order, and flags of old versions have no word") {
    const Traits both{Trait::thread_sanitizer, Trait::pymalloc, Trait::debug};
    CHECK(words_of(both) == std::vector<std::string>{"debug", "thread-sanitizer"});
    CHECK(words_of(optimized_traits).empty());
    CHECK(with_words(both) == Traits{Trait::debug, Trait::thread_sanitizer});
}
