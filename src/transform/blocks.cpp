#include "transform/blocks.hpp"

#include <map>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pystacks::transform {
namespace {

using spectext::Line;
using spectext::LineEnd;
using spectext::no_line;
using spectext::SpecText;

constexpr std::string_view begin_mark =
    "%dnl >>> debug modules, added by pystacks; \"pystacks extension remove\" takes this out";
constexpr std::string_view end_mark = "%dnl <<< debug modules";
/// The end of a block after a last line without a line end: the added line end belongs to the block, too.
constexpr std::string_view end_mark_of_text = "%dnl <<< debug modules, at the end of the text";
constexpr std::string_view line_mark = "%dnl === debug modules, added by pystacks to the line above, which was: ";
constexpr std::string_view last_line_mark = "%dnl === debug modules, added by pystacks to the last line, which was: ";

std::string_view end_of(const Line& line) {
    return line.end == LineEnd::crlf ? "\r\n" : line.end == LineEnd::lf ? "\n" : "";
}

class Writer {
public:
    Writer(const SpecText& spec, const std::vector<Block>& blocks, const std::vector<Suffix>& suffixes)
        : spec_(spec), newline_(usual_end(spec)) {
        for (const Block& each : blocks) blocks_[each.after == no_line ? 0 : each.after + 1].push_back(&each);
        for (const Suffix& each : suffixes) suffixes_[each.line] = &each;
    }

    std::string write() {
        write_blocks(0);
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) {
            const Line& line = spec_.lines()[i];
            const auto suffix = suffixes_.find(i);
            if (suffix != suffixes_.end()) {
                write_suffix(line, suffix->second->word);
            } else {
                text_ += line.text;
                text_ += end_of(line);
            }
            unfinished_ = line.end == LineEnd::none;
            write_blocks(i + 1);
        }
        return std::move(text_);
    }

private:
    static std::string_view usual_end(const SpecText& spec) {
        const bool crlf = !spec.lines().empty() && spec.lines().front().end == LineEnd::crlf;
        return crlf ? "\r\n" : "\n";
    }

    void write_suffix(const Line& line, const std::string& word) {
        const bool last = line.end == LineEnd::none;
        text_.append(line.text).append(" ").append(word).append(last ? newline_ : end_of(line));
        text_.append(last ? last_line_mark : line_mark).append(line.text).append(end_of(line));
    }

    void write_blocks(std::size_t position) {
        const auto found = blocks_.find(position);
        if (found == blocks_.end()) return;
        const bool at_end = unfinished_ && position == spec_.lines().size();
        if (at_end) text_ += newline_;
        text_.append(begin_mark).append(newline_);
        for (const Block* block : found->second) {
            for (const std::string& line : block->lines) text_.append(line).append(newline_);
        }
        text_.append(at_end ? end_mark_of_text : end_mark).append(at_end ? std::string_view() : newline_);
    }

    const SpecText& spec_;
    std::string_view newline_;
    std::map<std::size_t, std::vector<const Block*>> blocks_;
    std::map<std::size_t, const Suffix*> suffixes_;
    std::string text_;
    bool unfinished_ = false;
};

[[noreturn]] void damaged(const std::string& name, std::size_t line, const std::string& reason) {
    throw Error(ErrorKind::usage, "cannot remove the additions", name + ":" + std::to_string(line + 1), reason,
                "remove the marks and the lines between them by hand");
}

/// Takes the end of the last line off.
void drop_line_end(std::string& text) {
    if (text.ends_with('\n')) text.pop_back();
    if (text.ends_with('\r')) text.pop_back();
}

class Remover {
public:
    Remover(std::string_view bytes, std::string name) : spec_(std::string(bytes)), name_(std::move(name)) {}

    std::string remove() {
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) visit(i);
        if (inside_) damaged(name_, opened_, "the block that begins here has no end");
        return std::move(text_);
    }

private:
    void visit(std::size_t i) {
        const Line& line = spec_.lines()[i];
        if (line.text == begin_mark) {
            if (inside_) damaged(name_, i, "a block begins inside another one");
            inside_ = true;
            opened_ = i;
        } else if (line.text == end_mark || line.text == end_mark_of_text) {
            if (!inside_) damaged(name_, i, "a block without a beginning ends here");
            inside_ = false;
            if (line.text == end_mark_of_text) drop_line_end(text_);
        } else if (inside_) {
            return;
        } else if (line.text.starts_with(line_mark)) {
            restore(i, line.text.substr(line_mark.size()), end_of(line));
        } else if (line.text.starts_with(last_line_mark)) {
            restore(i, line.text.substr(last_line_mark.size()), "");
        } else {
            last_ = text_.size();
            text_.append(line.text).append(end_of(line));
        }
    }

    void restore(std::size_t i, std::string_view was, std::string_view end) {
        if (i == 0 || !spec_.lines()[i - 1].text.starts_with(was)) {
            damaged(name_, i, "the line above is not the one that the mark describes");
        }
        text_.resize(last_);
        text_.append(was).append(end);
    }

    const SpecText spec_;
    std::string name_;
    std::string text_;
    std::size_t last_ = 0, opened_ = 0;
    bool inside_ = false;
};

}  // namespace

std::string with_additions(const SpecText& spec, const std::vector<Block>& blocks,
                           const std::vector<Suffix>& suffixes) {
    return Writer(spec, blocks, suffixes).write();
}

bool has_additions(std::string_view bytes) {
    return bytes.find(begin_mark) != std::string_view::npos || bytes.find(line_mark) != std::string_view::npos ||
           bytes.find(last_line_mark) != std::string_view::npos;
}

std::string without_additions(std::string_view bytes, const std::string& name) { return Remover(bytes, name).remove(); }

}  // namespace pystacks::transform
