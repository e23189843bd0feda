#include "compare/line_edits.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace pystacks::compare {
namespace {

using Lines = std::vector<std::int32_t>;  // equal lines have equal numbers

Lines number(const std::vector<std::string_view>& lines, std::unordered_map<std::string_view, std::int32_t>& known) {
    Lines numbers;
    numbers.reserve(lines.size());
    for (const std::string_view line : lines) {
        numbers.push_back(known.try_emplace(line, static_cast<std::int32_t>(known.size())).first->second);
    }
    return numbers;
}

/// Myers' greedy search: furthest_[k] is how far in A a path on diagonal k (A minus B) gets with `edits` edits.
class Search {
public:
    using Number = std::int64_t;

    Search(Lines a, Lines b) : a_(std::move(a)), b_(std::move(b)) {}

    bool run(std::size_t most_edits) {
        const auto size_a = static_cast<Number>(a_.size());
        const auto size_b = static_cast<Number>(b_.size());
        const Number limit = std::min<Number>(size_a + size_b, static_cast<Number>(most_edits));
        std::vector<std::int32_t> furthest(static_cast<std::size_t>(2 * limit + 3), 0);
        const auto at = [&](Number k) -> std::int32_t& { return furthest[static_cast<std::size_t>(k + limit + 1)]; };
        for (Number edits = 0; edits <= limit; ++edits) {
            for (Number k = -edits; k <= edits; k += 2) {
                const bool down = k == -edits || (k != edits && at(k - 1) < at(k + 1));
                Number x = down ? at(k + 1) : at(k - 1) + 1;
                while (x < size_a && x - k < size_b &&
                       a_[static_cast<std::size_t>(x)] == b_[static_cast<std::size_t>(x - k)]) {
                    ++x;
                }
                at(k) = static_cast<std::int32_t>(x);
                if (x >= size_a && x - k >= size_b) {
                    remember(edits, at);
                    return true;
                }
            }
            remember(edits, at);
        }
        return false;
    }

    /// The steps from the end to the start, one line each.
    [[nodiscard]] std::vector<LineRun::Kind> backwards() const {
        std::vector<LineRun::Kind> steps;
        auto x = static_cast<Number>(a_.size());
        auto y = static_cast<Number>(b_.size());
        for (auto edits = static_cast<Number>(trace_.size()) - 1; edits > 0; --edits) {
            const Number k = x - y;
            const auto before = [&](Number diagonal) {
                return Number{
                    trace_[static_cast<std::size_t>(edits - 1)][static_cast<std::size_t>(diagonal + edits - 1)]};
            };
            const bool down =
                k == -edits || (k != edits && before_or_zero(k - 1, edits) < before_or_zero(k + 1, edits));
            const Number from = before(down ? k + 1 : k - 1);
            for (const Number behind = down ? from : from + 1; x > behind; --x, --y) {
                steps.push_back(LineRun::Kind::equal);
            }
            steps.push_back(down ? LineRun::Kind::only_b : LineRun::Kind::only_a);
            if (down) {
                --y;
            } else {
                --x;
            }
        }
        for (; x > 0; --x) steps.push_back(LineRun::Kind::equal);
        return steps;
    }

private:
    template <typename At>
    void remember(Number edits, At at) {
        std::vector<std::int32_t>& row = trace_.emplace_back();
        for (Number k = -edits; k <= edits; ++k) row.push_back(at(k));
    }

    [[nodiscard]] Number before_or_zero(Number k, Number edits) const {
        return trace_[static_cast<std::size_t>(edits - 1)][static_cast<std::size_t>(k + edits - 1)];
    }

    Lines a_, b_;
    std::vector<std::vector<std::int32_t>> trace_;  // by edits; diagonals -edits to edits
};

void append(std::vector<LineRun>& runs, LineRun::Kind kind, std::size_t a, std::size_t b, std::size_t count) {
    if (count == 0) return;
    if (!runs.empty() && runs.back().kind == kind) {
        runs.back().count += count;
    } else {
        runs.push_back({kind, a, b, count});
    }
}

}  // namespace

std::optional<std::vector<LineRun>> line_edits(const std::vector<std::string_view>& a,
                                               const std::vector<std::string_view>& b, std::size_t most_edits) {
    std::unordered_map<std::string_view, std::int32_t> known;
    Lines lines_a = number(a, known);
    Lines lines_b = number(b, known);
    const auto first = std::mismatch(lines_a.begin(), lines_a.end(), lines_b.begin(), lines_b.end());
    const auto head = static_cast<std::size_t>(first.first - lines_a.begin());
    std::size_t tail = 0;
    while (tail < std::min(a.size(), b.size()) - head && lines_a[a.size() - 1 - tail] == lines_b[b.size() - 1 - tail]) {
        ++tail;
    }
    const auto middle = [&](const Lines& lines) {
        return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head),
                     lines.end() - static_cast<std::ptrdiff_t>(tail));
    };
    Search search(middle(lines_a), middle(lines_b));
    if (!search.run(most_edits)) return std::nullopt;

    std::vector<LineRun> runs;
    append(runs, LineRun::Kind::equal, 0, 0, head);
    std::size_t at_a = head;
    std::size_t at_b = head;
    const std::vector<LineRun::Kind> steps = search.backwards();
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        append(runs, *step, at_a, at_b, 1);
        if (*step != LineRun::Kind::only_b) ++at_a;
        if (*step != LineRun::Kind::only_a) ++at_b;
    }
    append(runs, LineRun::Kind::equal, at_a, at_b, tail);
    return runs;
}

}  // namespace pystacks::compare
