#include <algorithm>
#include <array>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "spectext/line_words.hpp"
#include "transform/obstacles.hpp"
#include "transform/phase.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

constexpr std::array repeated{SectionKind::conf, SectionKind::build, SectionKind::install};

/// Whether the text means the same in both passes: folders of the system and what the package is called.
bool is_constant(std::string_view body) {
    static const Expression constant(
        R"(([^%]|%%|%nil\b|%\{\??(nil|_prefix|_exec_prefix|_datadir|_lib|_libdir|_libexecdir|_bindir|_sbindir|)"
        R"(_sysconfdir|_includedir|_mandir|_docdir|_localstatedir|_sharedstatedir|_unitdir|_vendor|_os|_arch|_host|)"
        R"(_target_os|_target_cpu|_target_platform|name|version|release|python[23]_sitearch|python[23]_sitelib|)"
        R"(python[23]_version|python3_pkgversion)\})*)");
    return constant.matches(body);
}

/// Names that macros of the distribution read, so that using them cannot be seen in the spec.
bool is_read_by_others(std::string_view name) {
    // What rpm reads behind the last line of %install, after both passes.
    if (name == "__spec_install_post" || name == "__os_install_post") return false;
    static const Expression others(
        R"(^(_.*|optflags|buildroot|buildsubdir|build_.*|py[23]?_.*|python[23]?|python[23]_.*|pyproject_.*|)"
        R"(cmake.*|meson.*|configure.*|pytest.*|ninja.*|make.*|set_build_flags|debug_package|name|version|release)$)");
    return others.matches(name);
}

/// Definitions inside sections that run twice: the second time they must not find, nor leave, another value.
class Definitions {
public:
    Definitions(const SpecText& spec, const MacroValues& values) : spec_(spec), values_(values) {}

    std::vector<Refusal> look() {
        for (const SectionKind kind : repeated) {
            for (const Section* section : spec_.all(kind)) {
                for (std::size_t i = section->begin; i < section->end; ++i) look_at(*section, i);
            }
        }
        return std::move(found_);
    }

private:
    void look_at(const Section& section, std::size_t i) {
        const spectext::Line& line = spec_.lines()[i];
        if (line.kind == LineKind::comment || line.kind == LineKind::blank) return;
        static const Expression somewhere(R"(%(\{\?[^}]*:\s*%)?(global|define|undefine|bcond)\b|)"
                                          R"(%\{(lua|load|include|global|define|undefine|define_if_undefined)[: ])");
        if (!somewhere.is_in(line.text)) return;
        const bool same = line.kind == LineKind::definition ? same_twice(section, i) : defines_once(line.text);
        if (!same) found_.push_back({Reason::definition_in_section, i, std::string(trim(line.text))});
    }

    /// "%{!?name:%global name constant}"
    [[nodiscard]] bool defines_once(std::string_view text) const {
        static const Expression once(R"(^\s*%\{(!\?|\?!)(\w+):\s*%(global|define)\s+(\w+)\s+(.*)\}\s*$)");
        const auto groups = once.groups_of(text);
        return groups && (*groups)[2] == (*groups)[4] && is_constant(values_.look((*groups)[5]));
    }

    [[nodiscard]] bool same_twice(const Section& section, std::size_t i) const {
        const std::string_view word = spectext::first_macro(spec_.lines()[i].text);
        if (word.starts_with("%bcond")) return false;
        if (word == "%undefine") return undefined_once(section, i);
        const auto& all = spec_.definitions();
        const auto definition = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.line == i; });
        if (definition == all.end() || definition->parametric) return false;
        const std::string_view name = definition->name;
        if (uses_macro(definition->body, name)) return false;
        // %define keeps its text, which is the same both times; %global keeps what the text says at that time.
        if (word == "%define" || is_constant(values_.look(definition->body)))
            return is_read_by_others(name) ? nothing_before(section, i) : not_used_before(section, name);
        return !is_read_by_others(name) && used_behind_definitions_only(name);
    }

    [[nodiscard]] bool undefined_once(const Section& section, std::size_t i) const {
        const std::string name(trim(trim(spec_.lines()[i].text).substr(std::string_view("%undefine").size())));
        const auto& all = spec_.definitions();
        return nothing_before(section, i) && std::none_of(all.begin(), all.end(), [&](const auto& each) {
                   return each.name == name && each.line != i;
               });
    }

    /// Whether no macro runs in the section before the first definition, so that none sees what is left behind.
    [[nodiscard]] bool nothing_before(const Section& section, std::size_t i) const {
        for (std::size_t line = section.begin; line < i; ++line) {
            const LineKind kind = spec_.lines()[line].kind;
            if (kind == LineKind::definition && names_same(line, i)) return true;
            const bool says_nothing = kind != LineKind::content && kind != LineKind::continuation;
            if (!says_nothing && spec_.lines()[line].text.find('%') != std::string_view::npos) return false;
        }
        return true;
    }

    /// Whether both lines define the same macro.
    [[nodiscard]] bool names_same(std::size_t one, std::size_t other) const {
        const std::vector<std::string> a = split_words(spec_.lines()[one].text),
                                       b = split_words(spec_.lines()[other].text);
        return a.size() > 1 && b.size() > 1 && a[1] == b[1] && nothing_before(section_of(one), one);
    }

    [[nodiscard]] const Section& section_of(std::size_t line) const {
        return spec_.sections()[spec_.lines()[line].section];
    }

    [[nodiscard]] bool defines(std::size_t line, std::string_view name) const {
        const auto& all = spec_.definitions();
        return std::any_of(all.begin(), all.end(),
                           [&](const auto& each) { return each.line == line && each.name == name; });
    }

    [[nodiscard]] bool not_used_before(const Section& section, std::string_view name) const {
        for (std::size_t line = section.begin; line < section.end; ++line) {
            if (defines(line, name)) return true;
            const bool comment = spec_.lines()[line].kind == LineKind::comment;
            if (!comment && uses_macro(spec_.lines()[line].text, name)) return false;
        }
        return true;
    }

    /// Whether each line that uses the macro comes after a definition in its own section.
    [[nodiscard]] bool used_behind_definitions_only(std::string_view name) const {
        for (std::size_t line = 0; line < spec_.lines().size(); ++line) {
            const spectext::Line& each = spec_.lines()[line];
            if (each.kind == LineKind::comment || !uses_macro(each.text, name)) continue;
            const Section& section = section_of(line);
            if (section.kind == SectionKind::changelog) continue;
            const bool runs_twice = std::find(repeated.begin(), repeated.end(), section.kind) != repeated.end();
            if (!runs_twice || (!defines(line, name) && !defined_above(section, line, name))) return false;
        }
        return true;
    }

    [[nodiscard]] bool defined_above(const Section& section, std::size_t end, std::string_view name) const {
        for (std::size_t line = section.begin; line < end; ++line) {
            if (defines(line, name)) return true;
        }
        return false;
    }

    const SpecText& spec_;
    const MacroValues& values_;
    std::vector<Refusal> found_;
};

}  // namespace

std::vector<Refusal> definition_obstacles(const SpecText& spec, const MacroValues& values) {
    return Definitions(spec, values).look();
}

}  // namespace pystacks::transform
