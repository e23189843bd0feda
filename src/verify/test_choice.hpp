#pragma once

#include <string>
#include <vector>

namespace pystacks::verify {

/// Which of CPython's own tests are run, as `--regrtest` says it.
struct TestChoice {
    enum class Kind {
        quick,  ///< those of regrtest.toml
        full,   ///< all
        none,
        named
    } kind = Kind::quick;
    std::vector<std::string> names;  ///< of those that are named; may be empty where nothing but commas was given

    /// "quick", "full", "none", or names with commas or spaces between them.
    [[nodiscard]] static TestChoice of(const std::string& text);
};

/// The choices that are words of their own, and no names of tests.
[[nodiscard]] std::vector<std::string> choice_words();

}  // namespace pystacks::verify
