#include "source/patch_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/characters.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "source/patch_line.hpp"

namespace pystacks::source {

namespace {

/// The lines above the hunks of a file. GNU patch takes the last one of each kind.
enum class Kind {
    prerequisite,
    git,
    old_mode,
    new_mode,
    deleted_mode,
    created_mode,
    rename_from,
    rename_to,
    copy_from,
    copy_to,
    digests,
    index,
    old_name,
    new_name,
};

struct Header {
    std::size_t line = 0;
    bool is_indented = false;
    std::string written;  ///< as GNU patch gets it
    std::vector<std::string> names;
    bool has_prefix = true;
};

/// git's lines that make a diff of what has no hunks.
struct Extended {
    std::string_view mark;
    Kind kind;
    bool is_mode;  ///< a name otherwise
};
constexpr std::array extended_headers{
    Extended{"old mode ", Kind::old_mode, true},
    Extended{"new mode ", Kind::new_mode, true},
    Extended{"deleted file mode ", Kind::deleted_mode, true},
    Extended{"new file mode ", Kind::created_mode, true},
    Extended{"rename from ", Kind::rename_from, false},
    Extended{"rename to ", Kind::rename_to, false},
    Extended{"copy from ", Kind::copy_from, false},
    Extended{"copy to ", Kind::copy_to, false},
};

/// What GNU patch remembers while it looks for the next hunk.
struct Search {
    std::map<Kind, Header> headers;
    bool seen_header = false;  ///< before the first one, everything is prose
    bool seen_extended = false;
    std::size_t stars = 0;  ///< the line before, if it is one of stars as a context diff has them; 0: it is not
    std::size_t normal_command = 0;  ///< likewise
    std::size_t first_command = 0;   ///< the first line that is a command of ed or of the normal format; 0: none
    bool is_ed = false;              ///< whether it is one of ed
    bool name_has_stars = false;     ///< the new name is on a line of the context format
    bool has_carriage_returns = false;

    [[nodiscard]] bool has(Kind kind) const { return headers.contains(kind); }
};

bool starts_with_quote(const std::string& name) { return name.starts_with('"'); }

class Parser {
public:
    Parser(std::string_view text, const std::string& file) : file_(file) {
        for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
            lines_.push_back(text.substr(0, end));
            text.remove_prefix(end + 1);
        }
        // What follows the last newline: nothing, or a line that was cut off, which GNU patch does not read either.
        cut_off_ = trim(text);
    }

    PatchText parse() {
        while (at_ < lines_.size()) {
            if (lines_[at_].starts_with('#') || !look_at(lines_[at_])) ++at_;
        }
        if (cut_off_.starts_with("@@ -") || header(cut_off_, false, false)) throw cut_off(at_ + 1);
        if (search_.is_ed) throw other_format(search_.first_command, "an ed script");
        if (search_.seen_extended) take_headers();
        if (!has_diff_) {
            if (stray_hunk_ > 0) throw stray_hunk(stray_hunk_);
            throw problem(1, "it has no unified hunk (diff -u, git format-patch)");
        }
        fill(lines_.size(), "");
        return std::move(result_);
    }

private:
    [[nodiscard]] Error problem(std::size_t line, const std::string& reason, const std::string& hint = {}) const {
        return {"cannot apply the patch", fmt::format("{}:{}", file_, line), reason, hint};
    }
    [[nodiscard]] Error other_format(std::size_t line, const std::string& found) const {
        return problem(line, fmt::format("no unified hunk begins here, but {}", found),
                       "A patch has one format, the unified one: make it again with `diff -u` or `git diff`.");
    }
    [[nodiscard]] Error stray_hunk(std::size_t line) const {
        return problem(line, "this hunk belongs to no file, and GNU patch would skip it",
                       "Lines that begin with \"---\" and \"+++\" have to name its file, and the numbers in the hunk "
                       "above have to match its lines.");
    }
    [[nodiscard]] Error cut_off(std::size_t line) const {
        return problem(line, "the patch ends in the middle of a line",
                       "Get the whole patch, or add the newline if nothing else is missing.");
    }

    /// One line that is not in a hunk. @returns whether at_ has been moved, or that line has to be looked at again
    bool look_at(std::string_view raw) {
        std::string_view line = without_indentation(raw);
        const bool is_indented = line.size() != raw.size();
        const bool has_carriage_return = line.ends_with('\r');
        if (has_carriage_return) line.remove_suffix(1);
        const std::size_t stars = std::exchange(search_.stars, 0);
        const std::size_t command = std::exchange(search_.normal_command, 0);

        look_for_command(line);
        if (line.starts_with("diff --git ") && search_.seen_extended) {
            take_headers();
            search_ = {};
            return true;
        }
        if (const auto kind = header(line, is_indented, stars > 0)) {
            search_.seen_header = true;
            if (*kind == Kind::index || *kind == Kind::old_name || *kind == Kind::new_name) {
                search_.has_carriage_returns = has_carriage_return;
            }
            if (*kind == Kind::new_name) require_unified_hunk();
        }
        if (!search_.seen_header) return look_for_stray_hunk(raw);
        if (line == "." && search_.first_command > 0) throw other_format(search_.first_command, "an ed script");
        if (line.starts_with("@@ -")) {
            hunks(line, is_indented);
            return true;
        }
        if (line.starts_with("********")) search_.stars = at_ + 1;
        if (stars > 0 && is_name_line(line, "***")) throw other_format(stars, "a context diff");
        if (command > 0 && (line.starts_with("< ") || line.starts_with("> "))) {
            throw other_format(command, "a normal diff");
        }
        return false;
    }

    void look_for_command(std::string_view line) {
        if (is_normal_command(line)) search_.normal_command = at_ + 1;
        if (!search_.seen_header || search_.first_command > 0) return;
        search_.is_ed = is_ed_command(line);
        if (search_.is_ed || search_.normal_command > 0) search_.first_command = at_ + 1;
    }

    /// Behind a diff, such a line is what is left of a hunk whose numbers are wrong.
    bool look_for_stray_hunk(std::string_view raw) {
        if (!hunk_range(raw)) return false;
        if (has_diff_) throw stray_hunk(at_ + 1);
        if (stray_hunk_ == 0) stray_hunk_ = at_ + 1;
        return false;
    }

    /// Remembers what @p line says. @returns its kind when it is one of those that come before hunks
    std::optional<Kind> header(std::string_view line, bool is_indented, bool after_stars) {
        if (!after_stars && is_name_line(line, "***")) return name(Kind::new_name, "***", line, is_indented);
        if (is_name_line(line, "+++")) return name(Kind::new_name, "+++", line, is_indented);
        if (line.starts_with("Index:")) {
            const std::string whole(trim(line.substr(6)));
            Header found{at_ + 1, is_indented, "Index: " + whole, {whole}, true};
            // Releases of GNU patch differ in what they do with blanks.
            if (const auto words = split_words(whole); words.size() > 1) found.names.push_back(words.front());
            std::erase(found.names, "/dev/null");
            return remember(Kind::index, std::move(found));
        }
        if (line.starts_with("Prereq:")) {
            const std::vector<std::string> words = split_words(line.substr(7));
            if (!words.empty()) remember(Kind::prerequisite, {at_ + 1, false, "Prereq: " + words.front(), {}, true});
            return std::nullopt;
        }
        if (line.starts_with("diff --git ")) return git(line.substr(11), is_indented);
        if (search_.has(Kind::git)) {
            if (line.starts_with("GIT binary patch")) throw problem(at_ + 1, "GNU patch cannot apply binary contents");
            if (const auto kind = extended(line, is_indented)) return kind;
        }
        std::string_view inner = line;
        while (inner.starts_with("- ")) inner.remove_prefix(2);  // a mail within a mail, of RFC 934
        if (!is_name_line(inner, "---")) return std::nullopt;
        return name(Kind::old_name, "---", inner, is_indented || inner.size() != line.size());
    }

    Kind remember(Kind kind, Header header) {
        search_.headers[kind] = std::move(header);
        return kind;
    }

    /// A line "--- NAME" and its like; those of the context format only so that they are not overlooked.
    Kind name(Kind kind, std::string_view mark, std::string_view line, bool is_indented) {
        const NameAndStamp found = name_and_stamp(line.substr(mark.size() + 1));
        Header header{at_ + 1, is_indented, fmt::format("{} {}", mark, found.name), {}, true};
        if (!found.stamp.empty() || found.name.find(' ') != std::string_view::npos) {
            header.written += fmt::format("\t{}", found.stamp);
        }
        if (!found.name.empty() && found.name != "/dev/null") header.names.emplace_back(found.name);
        if (kind == Kind::new_name) search_.name_has_stars = mark == "***";
        return remember(kind, std::move(header));
    }

    /// "a/x b/x". With more or fewer words GNU patch takes the names from elsewhere, or fails.
    Kind git(std::string_view text, bool is_indented) {
        search_.headers.erase(Kind::old_name);
        search_.headers.erase(Kind::new_name);
        search_.name_has_stars = false;
        Header header{at_ + 1, is_indented, "diff --git ", split_words(text), true};
        const bool is_quoted = std::any_of(header.names.begin(), header.names.end(), starts_with_quote);
        if (header.names.size() != 2 && !is_quoted) header.names.clear();
        header.written += join(header.names, " ");
        return remember(Kind::git, std::move(header));
    }

    std::optional<Kind> extended(std::string_view line, bool is_indented) {
        for (const auto& [mark, kind, is_mode] : extended_headers) {
            if (!line.starts_with(mark)) continue;
            const std::string value(trim(line.substr(mark.size())));
            if (is_mode) require_file(value);
            search_.seen_extended = true;
            return remember(kind, {at_ + 1, is_indented, std::string(mark) + value,
                                   is_mode ? std::vector<std::string>() : std::vector{value}, false});
        }
        if (!line.starts_with("index ")) return std::nullopt;
        const auto mode = mode_of_index(line.substr(6));
        if (!mode) return std::nullopt;
        if (!mode->empty()) require_file(*mode);
        search_.seen_extended = true;
        return remember(Kind::digests, {at_ + 1, is_indented, std::string(trim(line)), {}, true});
    }

    void require_file(std::string_view mode) const {
        if (is_mode_of_file(mode)) return;
        if (mode.starts_with("12") || mode.starts_with("16")) {
            throw problem(at_ + 1, "patches that make, change or remove symbolic links or submodules are refused");
        }
        throw problem(at_ + 1, fmt::format("\"{}\" is not the mode of a file", without_control_characters(mode)));
    }

    /// After "--- " and "+++ ". Otherwise GNU patch would take it for another kind of patch, or skip it silently.
    void require_unified_hunk() const {
        if (at_ == 0 || !lines_[at_].starts_with('+') || !is_name_line(lines_[at_ - 1], "---")) return;
        std::size_t next = at_ + 1;
        while (next < lines_.size() && lines_[next].starts_with('#')) ++next;
        const std::string_view line = next < lines_.size() ? lines_[next] : std::string_view();
        if (line.starts_with("@@ -")) return;
        if (line.starts_with("********")) throw other_format(next + 1, "a context diff");
        const bool is_normal = is_normal_command(line) && next + 1 < lines_.size() &&
                               (lines_[next + 1].starts_with("< ") || lines_[next + 1].starts_with("> "));
        if (is_normal) throw other_format(next + 1, "a normal diff");
        if (is_normal_command(line) || is_ed_command(line)) throw other_format(next + 1, "an ed script");
        throw problem(at_ + 1, "no unified hunk follows these names");
    }

    /// The headers of a diff are complete: they are checked, and passed on.
    void take_headers() {
        auto& headers = search_.headers;
        const bool is_named = search_.has(Kind::old_name) || search_.has(Kind::new_name);
        const auto is_indented = [&](Kind kind) { return search_.has(kind) && headers[kind].is_indented; };
        // In prose, and without effect where the file is named below it.
        if (is_named && is_indented(Kind::index)) headers.erase(Kind::index);
        if (is_named && is_indented(Kind::git) && !search_.seen_extended) headers.erase(Kind::git);
        if (!is_named && search_.has(Kind::git) && headers[Kind::git].names.empty()) {
            throw problem(headers[Kind::git].line, "GNU patch cannot tell where the first of these names ends",
                          "`git diff --no-renames` names files with blanks in a way that it understands.");
        }
        if (search_.name_has_stars) throw other_format(headers[Kind::new_name].line, "the header of a context diff");
        std::vector<Header> in_order;
        for (auto& [kind, header] : headers) in_order.push_back(std::move(header));
        std::sort(in_order.begin(), in_order.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
        for (const Header& header : in_order) take(header);
        has_diff_ = true;
    }

    void take(const Header& header) {
        if (header.is_indented) throw indented(header.line);
        for (const std::string& name : header.names) {
            if (starts_with_quote(name)) throw problem(header.line, "quoted file names are not supported");
            if (!name.empty()) result_.names.push_back({name, header.line, header.has_prefix});
        }
        const auto is_control = [](char c) {
            return (static_cast<unsigned char>(c) < 0x20U && c != '\t') || c == 0x7F;
        };
        if (std::any_of(header.written.begin(), header.written.end(), is_control)) {
            throw problem(header.line, fmt::format("there are control characters in \"{}\"",
                                                   without_control_characters(header.written)));
        }
        write(header.written, header.line - 1);
    }

    [[nodiscard]] Error indented(std::size_t line) const {
        return problem(
            line, "GNU patch would read this indented text as a diff, and indented diffs are refused",
            "If it is a diff, remove the indentation. If it is not, change it so that it does not look like one.");
    }

    /// All hunks of a file, from the first one on.
    void hunks(std::string_view line, bool is_indented) {
        if (!search_.has(Kind::old_name) && !search_.has(Kind::new_name) && !search_.has(Kind::index)) {
            throw stray_hunk(at_ + 1);
        }
        take_headers();
        if (is_indented) throw indented(at_ + 1);
        const bool has_carriage_returns = search_.has_carriage_returns;
        search_ = {};
        for (;;) {
            hunk(line, has_carriage_returns);
            while (at_ < lines_.size() && lines_[at_].starts_with('#')) ++at_;
            if (at_ >= lines_.size() || !lines_[at_].starts_with("@@ -")) return;
            line = lines_[at_];
            fill(at_, "#");  // anything else ends the diff
        }
    }

    void hunk(std::string_view first, bool has_carriage_returns) {
        const std::optional<HunkRange> range = hunk_range(first);
        if (!range) throw problem(at_ + 1, "this @@ line cannot be read");
        PatchHunk hunk{at_ + 1, {}};
        write(
            fmt::format("@@ -{},{} +{},{} @@", range->old_start, range->old_lines, range->new_start, range->new_lines));
        std::size_t old_left = range->old_lines;
        std::size_t new_left = range->new_lines;
        while (old_left > 0 || new_left > 0) {
            const std::string_view line = line_of_hunk(hunk.line, old_left, new_left, has_carriage_returns);
            // An editor that strips trailing blanks turns an empty context line into an empty one, and others have
            // eaten the blank before a tab. GNU patch reads both.
            const bool lacks_blank = line.empty() || line.front() == '\t';
            const char kind = lacks_blank ? ' ' : line.front();
            const bool is_old = kind == ' ' || kind == '-';
            const bool is_new = kind == ' ' || kind == '+';
            if ((!is_old && !is_new) || (is_old && old_left == 0) || (is_new && new_left == 0)) {
                throw problem(at_ + 1, "this line does not fit into a hunk of the size in its @@ line");
            }
            if (is_old) --old_left;
            if (is_new) --new_left;
            hunk.body.push_back((lacks_blank ? " " : "") + std::string(line));
            write(hunk.body.back());
            // "\ No newline at end of file", in any language
            const bool is_last = (!is_old || old_left == 0) && (!is_new || new_left == 0);
            if (is_last && at_ < lines_.size() && lines_[at_].starts_with('\\')) {
                hunk.body.emplace_back("\\ No newline at end of file");
                write(hunk.body.back());
            }
        }
        result_.hunks.push_back(std::move(hunk));
    }

    /// The line at at_, or the empty one that an editor has taken off the end of the file.
    [[nodiscard]] std::string_view line_of_hunk(std::size_t hunk, std::size_t old_left, std::size_t new_left,
                                                bool has_carriage_returns) const {
        if (at_ >= lines_.size()) {
            if (!cut_off_.empty()) throw cut_off(hunk);
            if (old_left != 1 || new_left != 1) throw problem(hunk, "the hunk ends before its last line");
            return {};
        }
        std::string_view line = lines_[at_];
        if (has_carriage_returns && line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }

    /// The line at at_ has been read, and GNU patch gets this for it.
    void write(std::string_view line) {
        write(line, at_);
        ++at_;
    }
    void write(std::string_view line, std::size_t at) {
        fill(at, "");
        result_.checked.append(line).append("\n");
        ++written_;
    }
    void fill(std::size_t end, std::string_view line) {
        for (; written_ < end; ++written_) result_.checked.append(line).append("\n");
    }

    std::vector<std::string_view> lines_;
    const std::string& file_;
    std::string_view cut_off_;
    std::size_t at_ = 0;
    Search search_;
    bool has_diff_ = false;
    std::size_t stray_hunk_ = 0;  ///< line of the first one before any diff; 0: none
    std::size_t written_ = 0;     ///< how many lines GNU patch gets so far
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
