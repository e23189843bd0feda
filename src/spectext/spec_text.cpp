#include "spectext/spec_text.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/text.hpp"
#include "spectext/line_words.hpp"
#include "spectext/open_macro.hpp"
#include "spectext/tag.hpp"

namespace pystacks::spectext {
namespace {

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string_view after_word(std::string_view line, std::string_view word) {
    return trim(trim(line).substr(word.size()));
}

}  // namespace

SpecText::SpecText(std::string bytes) : bytes_(std::move(bytes)), branches_(1) {
    split();
    read_structure();
}

SectionPart Section::part() const noexcept {
    if (options == "-a") return SectionPart::appended;
    return options == "-p" ? SectionPart::prepended : SectionPart::whole;
}

void SpecText::split() {
    const std::string_view all = bytes_;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = all.find('\n', at);
        if (end == std::string_view::npos) {
            lines_.push_back({all.substr(at), LineEnd::none});
            return;
        }
        const bool crlf = end > at && all[end - 1] == '\r';
        lines_.push_back({all.substr(at, end - at - (crlf ? 1 : 0)), crlf ? LineEnd::crlf : LineEnd::lf});
        at = end + 1;
    }
}

void SpecText::read_structure() {
    sections_.push_back({});
    OpenMacro macro;
    std::size_t first = 0;
    OpenMacro::Backslash backslash = OpenMacro::Backslash::is_text;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (macro.open()) {
            lines_[i].kind = LineKind::continuation;
            lines_[i].section = sections_.size() - 1;
            lines_[i].branch = lines_[first].branch;
        } else {
            first = i;
            macro = {};
            read_line(i);
            const LineKind kind = lines_[i].kind;
            backslash = kind == LineKind::definition || kind == LineKind::open ? OpenMacro::Backslash::joins
                                                                               : OpenMacro::Backslash::is_text;
        }
        // %dnl ends with its line, whatever it opens there.
        macro.add(i == first ? before_dnl(lines_[i].text) : lines_[i].text, backslash);
        if (!macro.open() && lines_[first].kind == LineKind::definition) add_definition(first, i);
    }
    sections_.back().end = lines_.size();
    if (macro.open()) broken_line_ = first;
    if (branch_ != 0) broken_line_ = branches_[branch_].opener;
    note_openers();
}

void SpecText::note_openers() {
    earliest_openers_.resize(branches_.size());
    std::size_t earliest = no_line;
    for (std::size_t i = branches_.size(); i-- > 0;) {
        earliest = std::min(earliest, branches_[i].opener);
        earliest_openers_[i] = earliest;
    }
}

void SpecText::read_line(std::size_t number) {
    Line& line = lines_[number];
    line.kind = kind_of(line.text);
    line.branch = branch_;
    if (line.kind == LineKind::header) {
        sections_.back().end = number;
        sections_.push_back({*header_kind(line.text), number, number + 1, 0,
                             after_word(before_dnl(line.text), first_macro(line.text))});
    }
    line.section = sections_.size() - 1;
    if (line.kind == LineKind::open || line.kind == LineKind::otherwise || line.kind == LineKind::close) {
        read_condition(number, first_macro(line.text));
    }
}

void SpecText::read_condition(std::size_t number, std::string_view word) {
    Line& line = lines_[number];
    if (line.kind == LineKind::open) {
        branches_.push_back({branch_, number});
        branch_ = branches_.size() - 1;
        return;
    }
    if (branch_ == 0) {
        if (broken_line_ == no_line) broken_line_ = number;
        return;
    }
    const Branch current = branches_[branch_];
    line.branch = current.parent;
    if (line.kind == LineKind::close) {
        branch_ = current.parent;
        return;
    }
    branches_.push_back({current.parent, current.opener, true, current.chained || word != "%else"});
    branch_ = branches_.size() - 1;
}

void SpecText::add_definition(std::size_t first, std::size_t last) {
    const std::string_view word = first_macro(lines_[first].text);
    const char* from = lines_[first].text.data();
    const std::string_view whole(from,
                                 static_cast<std::size_t>(lines_[last].text.data() - from) + lines_[last].text.size());
    const std::string_view rest = after_word(whole, word);
    std::size_t end = 0;
    while (end < rest.size() && is_name(rest[end])) ++end;
    const bool parametric = end < rest.size() && rest[end] == '(';
    definitions_.push_back({rest.substr(0, end), trim(rest.substr(end)), first, parametric});
}

std::vector<const Section*> SpecText::all(SectionKind kind) const {
    std::vector<const Section*> found;
    for (const Section& section : sections_) {
        if (section.kind == kind) found.push_back(&section);
    }
    return found;
}

std::size_t SpecText::branch_after(std::size_t line) const {
    if (line == no_line || line + 1 >= lines_.size()) return 0;
    const Line& next = lines_[line + 1];
    // %else and %endif are in the same branch as their %if, but a line before them is in the branch that they end.
    if (next.kind != LineKind::otherwise && next.kind != LineKind::close) return next.branch;
    const Line& here = lines_[line];
    if (here.kind != LineKind::open && here.kind != LineKind::otherwise) return here.branch;
    // The last branch whose %if is not behind the line.
    const auto behind = std::upper_bound(earliest_openers_.begin() + 1, earliest_openers_.end(), line);
    return static_cast<std::size_t>(behind - earliest_openers_.begin()) - 1;
}

std::size_t SpecText::end_of_logical(std::size_t line) const {
    while (line + 1 < lines_.size() && lines_[line + 1].kind == LineKind::continuation) ++line;
    return line;
}

std::string_view SpecText::logical(std::size_t line) const {
    const Line& last = lines_[end_of_logical(line)];
    const char* from = lines_[line].text.data();
    return {from, static_cast<std::size_t>(last.text.data() - from) + last.text.size()};
}

std::size_t SpecText::last_own_line(const Section& section, Scriptlets scriptlets) const {
    std::size_t line = section.end;
    std::size_t found = line;
    // Conditions whose %endif or %else has been passed, by the branch around them. Only whole ones are apart.
    std::vector<std::size_t> open;
    bool scriptlets_seen = false, ended = false;
    while (line > section.begin) {
        const Line& read = lines_[line - 1];
        const bool of_next =
            read.kind == LineKind::blank || read.kind == LineKind::comment || read.kind == LineKind::open;
        const bool apart = scriptlets == Scriptlets::are_apart && makes_scriptlets(read.text);
        const bool inside =
            scriptlets == Scriptlets::are_apart && (read.kind == LineKind::otherwise || read.kind == LineKind::close);
        if (!of_next && !apart && !inside) break;
        scriptlets_seen |= apart;
        ended |= read.kind == LineKind::close;
        if (inside && (open.empty() || open.back() != read.branch)) open.push_back(read.branch);
        if (read.kind == LineKind::open && !open.empty() && open.back() == read.branch) open.pop_back();
        --line;
        if (open.empty() && (scriptlets_seen || !ended)) found = line;
    }
    line = found;
    if (line == section.begin) return section.header;
    --line;
    while (line + 1 < section.end && lines_[line].text.ends_with('\\')) ++line;
    return line;
}

}  // namespace pystacks::spectext
