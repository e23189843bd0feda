#include "compare/unified_diff.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "compare/line_edits.hpp"

namespace pystacks::compare {
namespace {

constexpr std::size_t context = 3;  // lines

/// With their newlines, so that a missing one is a difference.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

void add_line(std::string& text, char mark, std::string_view line) {
    const bool whole = line.ends_with('\n');
    if (whole) line.remove_suffix(1);
    text += mark;
    text += line.substr(0, longest_diff_line);
    if (line.size() > longest_diff_line) text += "…";
    text += whole ? "\n" : "\n\\ No newline at end of file\n";
}

/// "12,3": as diff(1) counts, an empty range comes after the line before it.
std::string range(std::size_t first, std::size_t count) {
    const std::size_t shown = count == 0 ? first : first + 1;
    return count == 1 ? fmt::format("{}", shown) : fmt::format("{},{}", shown, count);
}

/// Lines [begin_a, end_a) and [begin_b, end_b), context included, of neighbouring changes.
struct Hunk {
    std::size_t begin_a, begin_b, end_a, end_b;
    std::string body;
};

class Writer {
public:
    Writer(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) : a_(a), b_(b) {}

    UnifiedDiff write(const std::vector<LineRun>& runs) {
        for (std::size_t index = 0; index < runs.size(); ++index) {
            const LineRun& run = runs[index];
            if (run.kind == LineRun::Kind::equal) {
                add_equal(run, index == 0, index + 1 == runs.size());
                continue;
            }
            if (!open_) start(run.a, run.b);
            const bool of_a = run.kind == LineRun::Kind::only_a;
            (of_a ? result_.lines_a : result_.lines_b) += run.count;
            for (std::size_t i = 0; i < run.count; ++i) {
                if (of_a) {
                    add_line(hunk_.body, '-', a_[hunk_.end_a++]);
                } else {
                    add_line(hunk_.body, '+', b_[hunk_.end_b++]);
                }
            }
        }
        finish();
        return std::move(result_);
    }

private:
    void start(std::size_t a, std::size_t b) {
        hunk_ = {a, b, a, b, {}};
        open_ = true;
    }

    void add_context(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i, ++hunk_.end_b) add_line(hunk_.body, ' ', a_[hunk_.end_a++]);
    }

    void add_equal(const LineRun& run, bool first, bool last) {
        if (!first && !last && run.count <= 2 * context) return add_context(run.count);
        if (!first) {
            add_context(std::min(context, run.count));
            finish();
        }
        if (last) return;
        const std::size_t lead = std::min(context, run.count);
        start(run.a + run.count - lead, run.b + run.count - lead);
        add_context(lead);
    }

    void finish() {
        if (!open_) return;
        open_ = false;
        if (result_.text.size() > most_diff_bytes) {
            result_.cut = true;
            return;
        }
        result_.text += fmt::format("@@ -{} +{} @@\n", range(hunk_.begin_a, hunk_.end_a - hunk_.begin_a),
                                    range(hunk_.begin_b, hunk_.end_b - hunk_.begin_b));
        if (hunk_.body.size() > most_diff_bytes) {
            hunk_.body.resize(hunk_.body.rfind('\n', most_diff_bytes) + 1);
            result_.cut = true;
        }
        result_.text += hunk_.body;
    }

    const std::vector<std::string_view>& a_;
    const std::vector<std::string_view>& b_;
    UnifiedDiff result_;
    Hunk hunk_{};
    bool open_ = false;
};

}  // namespace

UnifiedDiff unified_diff(std::string_view a, std::string_view b) {
    const std::vector<std::string_view> lines_a = lines_of(a);
    const std::vector<std::string_view> lines_b = lines_of(b);
    const auto runs = line_edits(lines_a, lines_b, most_diff_edits);
    if (!runs) return {{}, 0, 0, true};
    return Writer(lines_a, lines_b).write(*runs);
}

}  // namespace pystacks::compare
