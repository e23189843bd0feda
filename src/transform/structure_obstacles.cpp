#include <algorithm>
#include <array>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "spectext/line_words.hpp"
#include "spectext/tag.hpp"
#include "transform/obstacles.hpp"
#include "transform/phase.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

bool makes_sections(std::string_view text) {
    static const Expression header(R"(%(package|files|description|prep|conf|build|install|check)(\s|$|\\|\}))");
    return header.is_in(text);
}

/// "%bcond debug_build 0", "%{with debug_build}", "%global with_debug_build 1".
bool is_debug_switch(std::string_view text) {
    static const Expression name(R"(\b(with_|without_|with\s+|without\s+|%bcond\w*\s+)debug_build\b)");
    return name.is_in(text);
}

bool names_debug_macro(const SpecText& spec, std::size_t line) {
    static const Expression name(R"((^|[^%])%([?!{]|define\s+|global\s+)*pydebug_\w)");
    const spectext::Line& read = spec.lines()[line];
    const SectionKind kind = spec.sections()[read.section].kind;
    return read.kind != LineKind::comment && kind != SectionKind::changelog && kind != SectionKind::description &&
           read.text.find("pydebug_") != std::string_view::npos && name.is_in(spectext::before_dnl(read.text));
}

class Structure {
public:
    explicit Structure(const SpecText& spec) : spec_(spec) {}

    std::vector<Refusal> look() {
        if (spec_.broken_line() != no_line) add(Reason::broken_text, spec_.broken_line());
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) look_at(i);
        look_at_build_system();
        for (const SectionKind kind : phases) look_at_phase(kind);
        look_at_order();
        look_at_list();
        return std::move(found_);
    }

private:
    void add(Reason reason, std::size_t line, std::string detail = {}) {
        if (detail.empty() && line < spec_.lines().size()) detail = trim(spec_.lines()[line].text);
        found_.push_back({reason, line, std::move(detail)});
    }

    void look_at(std::size_t i) {
        const spectext::Line& line = spec_.lines()[i];
        if (spec_.sections()[line.section].kind == SectionKind::changelog) return;
        if (line.kind == LineKind::comment || line.kind == LineKind::continuation) return;
        if (line.kind == LineKind::include) add(Reason::included_text, i);
        if (names_debug_macro(spec_, i) || is_debug_switch(line.text)) add(Reason::by_hand, i);
        if (line.kind == LineKind::header) return look_at_header(i);
        if (line.text.find('%') == std::string_view::npos) return;
        const std::string_view whole = spec_.logical(i);
        if (whole.find("%{lua:") != std::string_view::npos && prints_sections(whole)) {
            add(Reason::sections_from_lua, i);
        } else if ((line.kind == LineKind::definition || whole.size() > line.text.size() ||
                    is_section_in_macro(whole)) &&
                   makes_sections(whole)) {
            add(Reason::sections_from_macros, i);
        }
    }

    /// "%{!?without_build:%build}"
    static bool is_section_in_macro(std::string_view line) {
        static const Expression section(R"(\s*%\{[!?]+\w+:\s*%[a-z].*)");
        return section.matches(line);
    }

    static bool prints_sections(std::string_view text) {
        static const Expression word(R"(package|files|description|%build|%install|%prep)");
        return word.is_in(text) &&
               (text.find("print") != std::string_view::npos || text.find("expand") != std::string_view::npos);
    }

    void look_at_header(std::size_t i) {
        const Section& section = spec_.sections()[spec_.lines()[i].section];
        if (section.kind == SectionKind::package && section.options == "debug") add(Reason::by_hand, i);
        const bool other_python = section.options.find("%{python_files") != std::string_view::npos;
        if (other_python || spec_.lines()[i].text.find("python_subpackages") != std::string_view::npos)
            add(Reason::interpreter_list, i);
    }

    void look_at_build_system() {
        const std::size_t line = build_system_line(spec_);
        if (line == no_line) return;
        const std::string name = build_system(spec_);
        const std::array known{"pyproject", "cmake", "autotools", "meson"};
        if (std::find(known.begin(), known.end(), name) == known.end()) add(Reason::unknown_build, line);
    }

    void look_at_phase(SectionKind kind) {
        const PhaseSections phase = phase_of(spec_, kind);
        const bool declarative = build_system_line(spec_) != no_line;
        if (phase.whole.size() > 1 && kind != SectionKind::check)
            return add(Reason::section_twice, phase.whole[1]->header);
        const bool parts = !phase.appended.empty() || !phase.prepended.empty();
        if (parts && (!phase.whole.empty() || !declarative)) {
            return add(Reason::declarative_build,
                       (phase.appended.empty() ? phase.prepended : phase.appended).front()->header);
        }
        const bool needed = kind == SectionKind::prep || kind == SectionKind::install;
        // A build without %build does everything in %install, which is repeated whole.
        if (phase.whole.empty() && needed && !declarative) add(Reason::section_missing, 0, std::string(name_of(kind)));
        if (kind == SectionKind::check) return;
        for (const auto* sections : {&phase.whole, &phase.appended, &phase.prepended}) {
            for (const Section* section : *sections) look_at_conditions(*section);
        }
    }

    void look_at_conditions(const Section& section) {
        const std::size_t end = spec_.last_own_line(section);
        if (spec_.lines()[section.header].branch != 0) {
            add(Reason::section_conditional, section.header);
        } else if (spec_.branch_after(end) != 0) {
            add(Reason::section_conditional, end);
        }
    }

    /// What the macros say of the tree is known to rpm once it has read %prep.
    void look_at_order() {
        const PhaseSections prep = phase_of(spec_, SectionKind::prep);
        if (prep.last() == nullptr) return;
        for (const SectionKind kind : phases) {
            for (const Section* section : spec_.all(kind)) {
                if (kind != SectionKind::prep && section->header < prep.last()->header)
                    return add(Reason::section_order, section->header);
            }
        }
    }

    [[nodiscard]] bool defines(std::string_view name) const {
        return std::any_of(spec_.definitions().begin(), spec_.definitions().end(),
                           [&](const auto& each) { return each.name == name; });
    }

    /// openSUSE's macros that repeat a build for each interpreter in %pythons. Its %pyproject_wheel is one of them, and
    /// only what the spec says of a list tells it from others' of that name.
    void look_at_list() {
        static const Expression loops(R"(%\{?(python_(build|install|expand|exec|clone))\b)");
        static const Expression of_list(R"(%\{?\??python_module[ }]|%\{?\??\w*module_pythons\b|%\{?pythons\b)");
        const bool own = defines("python_build") || defines("python_install");
        bool list = defines("pythons");
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) {
            const spectext::Line& line = spec_.lines()[i];
            if (line.kind == LineKind::comment || line.text.find('%') == std::string_view::npos) continue;
            const SectionKind kind = spec_.sections()[line.section].kind;
            if (kind == SectionKind::preamble) {
                list |= of_list.is_in(line.text);
            } else if (kind == SectionKind::build || kind == SectionKind::install) {
                const bool wheel = list && line.text.find("%pyproject_wheel") != std::string_view::npos;
                const bool loop = !own && loops.is_in(line.text);
                if (wheel || loop) return add(Reason::interpreter_list, i);
            }
        }
    }

    const SpecText& spec_;
    std::vector<Refusal> found_;
};

}  // namespace

bool has_debug_macros(const SpecText& spec) {
    for (std::size_t i = 0; i < spec.lines().size(); ++i) {
        if (names_debug_macro(spec, i)) return true;
    }
    return false;
}

std::vector<Refusal> structure_obstacles(const SpecText& spec) { return Structure(spec).look(); }

}  // namespace pystacks::transform
