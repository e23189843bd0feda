#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pystacks::transform {

/// Which of many words are in a text, found out in one pass over it, however many there are (Aho and Corasick).
class WordSearch {
public:
    explicit WordSearch(const std::set<std::string>& words);

    /// Notes the words in @p text; an empty one is in every text. @param mark a bit of what found() answers
    void look_at(std::string_view text, std::uint8_t mark);

    /// After the last text: of each word the marks of the texts that have it.
    [[nodiscard]] std::map<std::string, std::uint8_t> found() const;

private:
    /// What has been read of words at some place: the beginning of one, or of several.
    struct State {
        std::size_t shorter = 0;  ///< the longest other beginning that this one ends with
        std::uint8_t marks = 0;
    };

    std::size_t add(const std::string& word);
    void link_shorter();
    [[nodiscard]] std::size_t next(std::size_t state, char c) const;

    std::vector<State> states_;  ///< the first one: nothing
    std::map<std::pair<std::size_t, char>, std::size_t> steps_;
    std::vector<std::size_t> by_length_;
    std::map<std::string, std::size_t> words_;
};

}  // namespace pystacks::transform
