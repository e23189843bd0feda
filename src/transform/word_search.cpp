#include "transform/word_search.hpp"

#include <limits>

namespace pystacks::transform {

WordSearch::WordSearch(const std::set<std::string>& words) : states_(1) {
    for (const std::string& word : words) words_.emplace(word, add(word));
    link_shorter();
}

std::size_t WordSearch::add(const std::string& word) {
    std::size_t state = 0;
    for (const char c : word) {
        const auto [step, is_new] = steps_.try_emplace({state, c}, states_.size());
        if (is_new) states_.emplace_back();
        state = step->second;
    }
    return state;
}

void WordSearch::link_shorter() {
    by_length_.push_back(0);
    for (std::size_t i = 0; i < by_length_.size(); ++i) {
        const std::size_t state = by_length_[i];
        for (auto step = steps_.lower_bound({state, std::numeric_limits<char>::min()});
             step != steps_.end() && step->first.first == state; ++step) {
            states_[step->second].shorter = state == 0 ? 0 : next(states_[state].shorter, step->first.second);
            by_length_.push_back(step->second);
        }
    }
}

std::size_t WordSearch::next(std::size_t state, char c) const {
    for (;;) {
        const auto step = steps_.find({state, c});
        if (step != steps_.end()) return step->second;
        if (state == 0) return 0;
        state = states_[state].shorter;
    }
}

void WordSearch::look_at(std::string_view text, std::uint8_t mark) {
    std::size_t state = 0;
    states_[state].marks |= mark;
    for (const char c : text) {
        state = next(state, c);
        states_[state].marks |= mark;
    }
}

std::map<std::string, std::uint8_t> WordSearch::found() const {
    // Where a beginning was read, so were all those that it ends with.
    std::vector<std::uint8_t> marks;
    for (const State& state : states_) marks.push_back(state.marks);
    for (auto state = by_length_.rbegin(); state != by_length_.rend(); ++state) {
        marks[states_[*state].shorter] |= marks[*state];
    }
    std::map<std::string, std::uint8_t> result;
    for (const auto& [word, state] : words_) result.emplace(word, marks[state]);
    return result;
}

}  // namespace pystacks::transform
