#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/abi.hpp"

/// The words for traits in stack.toml and in what packages provide: "debug", "free-threaded", "address-sanitizer",
/// "thread-sanitizer", "undefined-sanitizer". Flags that belong to old versions of Python, not to a choice of the
/// packager (Trait::pymalloc, Trait::wide_unicode), have none.
namespace pystacks::python {

/// All words, in the order above.
[[nodiscard]] std::vector<std::string> trait_words();

/// The trait that @p word stands for; nothing for any other text.
[[nodiscard]] std::optional<Trait> trait_of_word(std::string_view word);

/// The words for @p traits, in the order above; none for those that have no word.
[[nodiscard]] std::vector<std::string> words_of(Traits traits);

/// @p traits without those that have no word: two builds that differ only in these have the same configuration.
[[nodiscard]] Traits with_words(Traits traits);

}  // namespace pystacks::python
