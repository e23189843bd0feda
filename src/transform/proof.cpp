#include "transform/proof.hpp"

#include <algorithm>
#include <future>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "scratch/inside.hpp"
#include "scratch/shown_folder.hpp"
#include "spectext/spec_text.hpp"
#include "transform/phase.hpp"

namespace pystacks::transform {
namespace {

using spectext::Section;
using spectext::SpecText;

enum class Switch { off, on };
enum class Macros { as_installed, with_stand_ins };

/// Of one run of rpmspec, in seconds: it reads the longest spec of Fedora in two.
constexpr double time_limit = 20;

/// Specs run programs while rpm reads them, so it reads them in a sandbox.
class Parser {
public:
    explicit Parser(const ProofRequest& request)
        : request_(request),
          sources_(fs::absolute(request.spec).lexically_normal().parent_path()),
          folder_(temporary_folder(), "pystacks-spec"),
          file_(folder_.path() / "changed.spec") {}

    /// Thread-safe. @param place a name of its own for each text that is read at the same time
    scratch::InnerOutcome parse(const char* place, const std::string& text, Switch debug, Macros macros) const {
        make_directories(folder_.path() / place);
        write_file_atomically(folder_.path() / place / file_.filename(), text);
        scratch::InnerCommand command;
        command.arguments = {"rpmspec",  "--parse",
                             "--define", "_sourcedir " + sources_.string(),
                             "--define", "pydebug_specfile " + file_.string()};
        if (macros == Macros::with_stand_ins) {
            for (const fs::path& each : request_.extra_macros) command.arguments.push_back("--load=" + each.string());
        }
        command.arguments.push_back("--load=" + request_.macros.string());
        // After the macros, which say that it is where rpm has its own Lua.
        command.arguments.insert(command.arguments.end(), {"--define", "_pydebug_luadir " + request_.lua.string()});
        if (debug == Switch::off) command.arguments.insert(command.arguments.end(), {"--define", "with_debug_build 0"});
        command.arguments.push_back(file_.string());
        command.time_limit_seconds = time_limit;
        scratch::InnerOutcome outcome = scratch::run_reader(folder_.path(), command, shows(place));
        // The file that rpm reads is a copy, of which nobody knows.
        outcome.errors = replace_all(outcome.errors, file_.string(), request_.spec.string());
        return outcome;
    }

private:
    /// What rpm reads besides, at its own paths. The folders of this program come last, as they may be in the spec's,
    /// which has secrets hidden.
    [[nodiscard]] std::vector<sandbox::Shown> shows(const char* place) const {
        using How = sandbox::Shown::How;
        std::set<fs::path> folders{request_.macros.parent_path(), request_.lua};
        for (const fs::path& each : request_.extra_macros) folders.insert(each.parent_path());
        std::vector<sandbox::Shown> shown = scratch::shown_folder(sources_);
        // What is read has the same path each time, as specs can ask for it.
        shown.push_back({How::read_only, folder_.path() / place, folder_.path()});
        for (const fs::path& each : folders) shown.push_back({How::read_only, each, each});
        return shown;
    }

    const ProofRequest& request_;
    fs::path sources_;
    TemporaryDirectory folder_;
    fs::path file_;  ///< as it is named in the sandbox
};

/// What rpm reads. Of what is not asked for, nothing may have been read.
struct Readings {
    std::future<scratch::InnerOutcome> original, off, on;
};

Readings start_reading(const Parser& parser, const ProofRequest& request, Macros macros) {
    const auto read = [&](const char* place, const std::string& text, Switch debug) {
        return std::async(request.at_once ? std::launch::async : std::launch::deferred,
                          [&parser, &text, place, debug, macros] { return parser.parse(place, text, debug, macros); });
    };
    return {read("original", request.original, Switch::off), read("off", request.changed, Switch::off),
            read("on", request.changed, Switch::on)};
}

/// Why rpm gave no answer that says anything of the spec: it took too long, or printed too much. Empty: it did.
std::string no_answer(const scratch::InnerOutcome& outcome, const char* what) {
    if (outcome.how.end == process::Outcome::End::timed_out) {
        return fmt::format("rpmspec had not read {} after {:.0f} s; check what its %(...) or %{{lua:...}} waits for",
                           what, outcome.how.limit_seconds);
    }
    if (outcome.how.output_truncated) return fmt::format("{} is too long after rpm has expanded it", what);
    return {};
}

/// The last lines that rpm wrote to stderr; how it ended where it wrote none.
std::string messages(const scratch::InnerOutcome& outcome) {
    if (trim(outcome.errors).empty()) return "rpmspec " + outcome.how.describe();
    constexpr std::size_t most = 3;
    std::vector<std::string> lines = split(std::string(trim(outcome.errors)), '\n');
    // Warnings are not why it failed.
    const auto is_warning = [](const std::string& line) { return line.starts_with("warning:"); };
    if (!std::ranges::all_of(lines, is_warning)) std::erase_if(lines, is_warning);
    if (lines.size() > most) lines.erase(lines.begin(), lines.end() - most);
    return join(lines, "\n");
}

/// Lines that say something: where a switch was, there is an empty one.
std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (const std::string& line : split(text, '\n')) {
        if (!trim(line).empty()) lines.push_back(std::string(trim(line)));
    }
    return lines;
}

/// Whether it is a script that the macros add to: "%build", "%build -a".
bool may_grow(const std::string& header) {
    const std::string name = header.ends_with(" -a") ? header.substr(0, header.size() - 3) : header;
    return header.empty() ||
           std::any_of(phases.begin(), phases.end(), [&](spectext::SectionKind kind) { return name == name_of(kind); });
}

struct Piece {
    std::string header;
    std::vector<std::string> lines;
};

/// With the name as rpm writes it: rpm reads "%BUILD" too. Without the list of what the macros exclude.
std::string header_of(const Section& section, const SpecText& spec) {
    const std::string_view name = name_of(section.kind);
    std::string header(trim(spec.lines()[section.header].text));
    if (!name.empty()) header = fmt::format("{} {}", name, section.options);
    return std::string(trim(replace_all(header, " -f .pydebug/exclusions", "")));
}

std::vector<Piece> pieces_of(const std::string& text) {
    const SpecText spec(text);
    std::vector<Piece> pieces;
    for (const Section& section : spec.sections()) {
        Piece piece;
        if (section.header != spectext::no_line) piece.header = header_of(section, spec);
        for (std::size_t i = section.begin; i < section.end; ++i) {
            if (!trim(spec.lines()[i].text).empty()) piece.lines.emplace_back(trim(spec.lines()[i].text));
        }
        // Comments at the end of a script are about what comes next, and end up behind what is added.
        while (may_grow(piece.header) && !piece.lines.empty() && piece.lines.back().starts_with('#')) {
            piece.lines.pop_back();
        }
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

/// Whether the lines are in @p all, in this order; in the preamble with nothing but requirements between them.
/// rpm 4.18 leaves the header behind %prep out of what it prints, so two sections may be one here.
bool is_within(const std::vector<std::string>& lines, const std::vector<std::string>& all, bool preamble) {
    auto at = lines.begin();
    for (const std::string& line : all) {
        if (at != lines.end() && line == *at) {
            ++at;
        } else if (preamble && !line.starts_with("BuildRequires:")) {
            return false;
        }
    }
    return at == lines.end();
}

/// Whether there was no such section before: packages, the import check, and parts that are appended.
bool may_appear(const std::string& header) {
    return header.find("-debug") != std::string::npos || header == "%check" ||
           (header.ends_with(" -a") && may_grow(header));
}

/// The sections of a spec, each of which is taken once.
class Sections {
public:
    explicit Sections(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            by_header_[pieces_[i].header].insert(i);
            by_text_[text_of(pieces_[i])].insert(i);
            work_left_ += most_tried * (pieces_[i].lines.size() + 1);
        }
    }

    /// The first section that is the same or, of scripts, may have become what it is now. @return whether there was one
    bool take(const Piece& piece) {
        const auto same = by_text_.find(text_of(piece));
        if (same != by_text_.end() && !same->second.empty()) return remove(*same->second.begin());
        if (!may_grow(piece.header)) return false;
        const auto found = by_header_.find(piece.header);
        if (found == by_header_.end()) return false;
        for (const std::size_t each : found->second) {
            const std::size_t work = pieces_[each].lines.size() + 1;
            if (work > work_left_) break;
            work_left_ -= work;
            if (is_within(piece.lines, pieces_[each].lines, piece.header.empty())) return remove(each);
        }
        return false;
    }

    /// The header of one that is left and was not there before; empty when there is none.
    [[nodiscard]] std::string first_that_may_not_appear() const {
        std::set<std::size_t> left;
        for (const auto& [header, places] : by_header_) {
            if (!may_appear(header)) left.insert(places.begin(), places.end());
        }
        return left.empty() ? std::string() : pieces_[*left.begin()].header;
    }

private:
    /// How often each section may be looked into. Once is enough where the order is what it was, and it is.
    static constexpr std::size_t most_tried = 20;

    /// No line has a newline in it.
    static std::string text_of(const Piece& piece) { return piece.header + "\n" + join(piece.lines, "\n"); }

    bool remove(std::size_t each) {
        by_header_[pieces_[each].header].erase(each);
        by_text_[text_of(pieces_[each])].erase(each);
        return true;
    }

    std::vector<Piece> pieces_;
    std::map<std::string, std::set<std::size_t>> by_header_, by_text_;
    std::size_t work_left_ = 0;
};

std::string difference(const std::vector<std::string>& one, const std::vector<std::string>& other) {
    const auto [a, b] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
    return fmt::format("\"{}\" became \"{}\"", a == one.end() ? "" : *a, b == other.end() ? "" : *b);
}

}  // namespace

std::string lacks(const std::string& off, const std::string& on) {
    Sections sections(pieces_of(on));
    for (const Piece& piece : pieces_of(off)) {
        if (!sections.take(piece)) {
            return "with the switch on, this section has changed: " +
                   (piece.header.empty() ? "the preamble" : piece.header);
        }
    }
    const std::string more = sections.first_that_may_not_appear();
    return more.empty() ? more : "with the switch on, there is a new section: " + more;
}

namespace {

Proof not_parsed(std::string why) { return {Proof::State::not_parsed, std::move(why)}; }
Proof broken(std::string how) { return {Proof::State::broken, std::move(how)}; }

/// @param original as rpm has read it
Proof compare(const scratch::InnerOutcome& original, Readings& readings) {
    const scratch::InnerOutcome off = readings.off.get();
    if (std::string why = no_answer(off, "the changed spec"); !why.empty()) return not_parsed(std::move(why));
    if (!off.how.succeeded()) return broken("with the switch off, rpm cannot read it: " + messages(off));
    const std::vector<std::string> before = lines_of(original.output), after = lines_of(off.output);
    if (before != after) return broken("with the switch off, " + difference(before, after));
    const scratch::InnerOutcome on = readings.on.get();
    if (std::string why = no_answer(on, "the changed spec, with the switch on,"); !why.empty())
        return not_parsed(std::move(why));
    if (!on.how.succeeded()) return broken("with the switch on, rpm cannot read it: " + messages(on));
    if (std::string problem = lacks(original.output, on.output); !problem.empty()) return broken(std::move(problem));
    return {Proof::State::holds, {}};
}

}  // namespace

ProofRequest proof_request(const Transformation& done, const fs::path& spec, const fs::path& macros) {
    return {.spec = spec,
            .original = done.original->bytes(),
            .changed = done.text,
            .macros = macros / "macros.pydebug",
            .lua = macros.parent_path() / "lua",
            .extra_macros = {macros / "macros.pydebug-compat"}};
}

Proof prove(const ProofRequest& request) {
    const Parser parser(request);
    Readings readings = start_reading(parser, request, Macros::as_installed);
    scratch::InnerOutcome original;
    try {
        original = readings.original.get();
    } catch (const Error& no_sandbox) {
        // A container may forbid what a sandbox is made of. The text can still be used, unproved.
        if (no_sandbox.kind() != ErrorKind::failed) throw;
        return not_parsed(no_sandbox.what());
    }
    if (std::string why = no_answer(original, "the original"); !why.empty()) return not_parsed(std::move(why));
    if (!original.how.succeeded()) {
        std::string first = "it cannot read the original on this host: " + messages(original);
        readings = start_reading(parser, request, Macros::with_stand_ins);
        original = readings.original.get();
        if (std::string why = no_answer(original, "the original"); !why.empty()) return not_parsed(std::move(why));
        if (!original.how.succeeded()) return not_parsed(std::move(first));
    }
    return compare(original, readings);
}

}  // namespace pystacks::transform
