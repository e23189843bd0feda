#include "source/patch_text.hpp"

#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pystacks::source {

namespace {

struct HunkSize {
    std::size_t old_lines = 1;
    std::size_t new_lines = 1;
};

bool take_number(std::string_view& text, std::size_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

/// "-12,3" or "-12", taken off the front.
bool take_range(std::string_view& text, char sign, std::size_t& lines) {
    std::size_t start = 0;
    if (!text.starts_with(sign)) return false;
    text.remove_prefix(1);
    if (!take_number(text, start)) return false;
    if (!text.starts_with(',')) return true;
    text.remove_prefix(1);
    return take_number(text, lines);
}

std::optional<HunkSize> hunk_size(std::string_view line) {
    HunkSize size;
    if (!line.starts_with("@@ ")) return std::nullopt;
    line.remove_prefix(3);
    if (!take_range(line, '-', size.old_lines) || !line.starts_with(' ')) return std::nullopt;
    line.remove_prefix(1);
    if (!take_range(line, '+', size.new_lines) || !line.starts_with(" @@")) return std::nullopt;
    return size;
}

class Parser {
public:
    Parser(std::string_view text, const std::string& file) : lines_(split(text, '\n')), file_(file) {}

    PatchText parse() {
        for (at_ = 0; at_ < lines_.size(); ++at_) {
            const std::string_view line = lines_[at_];
            if (const std::optional<HunkSize> size = hunk_size(line)) {
                hunk(*size);
            } else {
                header(line);
            }
        }
        if (result_.hunks.empty() && !changes_without_hunk_) {
            throw problem(1, "it has no unified hunk (diff -u, git format-patch)");
        }
        return std::move(result_);
    }

private:
    [[nodiscard]] Error problem(std::size_t line, const std::string& reason) const {
        return {"cannot apply the patch", fmt::format("{}:{}", file_, line), reason};
    }

    void hunk(HunkSize size) {
        PatchHunk hunk;
        hunk.line = at_ + 1;
        while (size.old_lines > 0 || size.new_lines > 0) {
            if (++at_ >= lines_.size()) throw problem(hunk.line, "the hunk ends before its last line");
            const std::string& line = lines_[at_];
            // An editor that strips trailing blanks turns an empty context line into an empty one; so does GNU patch.
            const char kind = line.empty() ? ' ' : line.front();
            const bool is_old = kind == ' ' || kind == '-';
            const bool is_new = kind == ' ' || kind == '+';
            if ((!is_old && !is_new && kind != '\\') || (is_old && size.old_lines == 0) ||
                (is_new && size.new_lines == 0)) {
                throw problem(at_ + 1, "this line does not belong into a hunk of the size that its @@ line says");
            }
            if (is_old) --size.old_lines;
            if (is_new) --size.new_lines;
            hunk.body.push_back(line.empty() ? " " : line);
        }
        result_.hunks.push_back(std::move(hunk));
    }

    void header(std::string_view line) {
        // Else GNU patch would take it for another kind of patch, or skip it in silence.
        if (line.starts_with("+++ ") && at_ > 0 && lines_[at_ - 1].starts_with("--- ") &&
            (at_ + 1 >= lines_.size() || !hunk_size(lines_[at_ + 1]))) {
            throw problem(at_ + 1, "no unified hunk follows these names");
        }
        for (const std::string_view mark : {"--- ", "+++ ", "Index: "}) {
            if (line.starts_with(mark)) return name(line.substr(mark.size()));
        }
        for (const std::string_view mark : {"rename from ", "rename to ", "copy from ", "copy to "}) {
            if (!line.starts_with(mark)) continue;
            changes_without_hunk_ = true;
            return add(line.substr(mark.size()), false);
        }
        for (const std::string_view mark : {"new mode ", "new file mode ", "deleted file mode "}) {
            if (line.starts_with(mark)) changes_without_hunk_ = true;
        }
        if (line.starts_with("diff --git ")) return git_names(line.substr(11));
        if (line == "GIT binary patch") throw problem(at_ + 1, "GNU patch cannot apply binary contents");
        for (const std::string_view mark : {"new file mode 1", "new mode 1", "old mode 1"}) {
            if (line.starts_with(mark) && !line.substr(mark.size()).starts_with("00")) {
                throw problem(at_ + 1, "patches that make symbolic links or submodules are refused");
            }
        }
    }

    /// The name before the time stamp: up to a tab, and, since some tools write blanks, also up to the first blank.
    void name(std::string_view text) {
        if (const std::size_t tab = text.find('\t'); tab != std::string_view::npos) return add(text.substr(0, tab));
        add(text);
        const std::string_view whole = trim(text);
        if (const std::size_t blank = whole.find(' '); blank != std::string_view::npos) add(whole.substr(0, blank));
    }

    /// "a/x b/x"; when only the mode changes, no other line names the file.
    void git_names(std::string_view text) {
        for (const std::string& word : split_words(text)) add(word);
    }

    void add(std::string_view text, bool has_prefix = true) {
        text = trim(text);
        if (text.empty() || text == "/dev/null") return;
        if (text.front() == '"') throw problem(at_ + 1, "quoted file names are not supported");
        result_.names.push_back({std::string(text), at_ + 1, has_prefix});
    }

    std::vector<std::string> lines_;
    const std::string& file_;
    std::size_t at_ = 0;
    bool changes_without_hunk_ = false;
    PatchText result_;
};

}  // namespace

PatchText parse_patch(std::string_view text, const std::string& file) { return Parser(text, file).parse(); }

std::string strip_components(std::string_view name, int strip) {
    for (; strip > 0; --strip) {
        const std::size_t slash = name.find('/');
        if (slash == std::string_view::npos) return {};
        const std::size_t next = name.find_first_not_of('/', slash);
        if (next == std::string_view::npos) return {};
        name.remove_prefix(next);
    }
    return std::string(name);
}

}  // namespace pystacks::source
