#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "spectext/line_words.hpp"
#include "transform/macro_uses.hpp"
#include "transform/obstacles.hpp"
#include "transform/phase.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

constexpr std::string_view white_space = " \t\n\r\f\v";

constexpr std::array repeated{SectionKind::conf, SectionKind::build, SectionKind::install};

/// Whether the text means the same in both passes: folders of the system and what the package is called.
bool is_constant(std::string_view body) {
    static const Expression constant(
        R"(([^%]|%%|%nil\b|%\{\??(nil|_prefix|_exec_prefix|_datadir|_lib|_libdir|_libexecdir|_bindir|_sbindir|)"
        R"(_sysconfdir|_includedir|_mandir|_docdir|_infodir|_metainfodir|_localstatedir|_sharedstatedir|_rundir|)"
        R"(_unitdir|_tmpfilesdir|_sysusersdir|_udevrulesdir|_vendor|_os|_arch|_host|)"
        R"(_target_os|_target_cpu|_target_platform|name|version|release|python[23]_sitearch|python[23]_sitelib|)"
        R"(python[23]_version|python3_pkgversion)\})*)");
    return constant.matches(body);
}

/// Compiler flags that the second pass makes from the value that the release build ends with (pydebug.bindings() in
/// macros.pydebug). What a section adds to them it then adds twice, which says the same.
bool is_flags(std::string_view name) {
    static const Expression flags(R"(optflags|build_(c|cxx|f|ld)flags)");
    return flags.matches(name);
}

/// Whether such a definition reads flags, and nothing else that is another thing in the second pass.
bool adds_to_flags(std::string_view name, std::string_view body) {
    static const Expression read(
        R"(%(\{\??(optflags|build_(c|cxx|f|ld)flags)\}|(optflags|build_(c|cxx|f|ld)flags)\b))");
    return is_flags(name) && is_constant(read.removed_from(std::string(body)));
}

/// Whether the line reads no macro but those that are the same everywhere, sources and the build's folders.
bool reads_constants(const std::string& line) {
    static const Expression folder(R"(%(\{\??((SOURCE|PATCH)[0-9]+|[SP]:[0-9]+|buildroot|_builddir|_sourcedir)\}|)"
                                   R"((SOURCE|PATCH)[0-9]+\b|buildroot\b))");
    return is_constant(folder.removed_from(line));
}

/// Whether such a line may read the macro all the same, as %{_libdir} reads %_prefix.
bool is_read_by_constants(std::string_view name) {
    return is_constant("%{" + std::string(name) + "}") || name == "buildroot" || name == "_builddir" ||
           name == "_sourcedir" || name.find("python") != std::string_view::npos;
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

/// Macros that are read after the scripts, so that it is enough if their values are the same at the end: by %files, by
/// rpm's own scripts after %install, by its generators of dependencies.
bool is_read_behind_scripts(std::string_view name) {
    static const Expression behind(
        R"(^(_docdir_fmt|__(provides|requires|recommends|suggests|supplements|enhances|conflicts|obsoletes)_exclude.*|)"
        R"(__brp_.*|_python_bytecompile_.*|_unpackaged_files_.*|_missing_(doc|build)_.*|_build_id_links|)"
        R"(_debug(source|info)_.*|_find_debuginfo_.*|_(binary|source)_(payload|filedigest.*)|)"
        R"(_filter_.*|filter_.*|_use_internal_dependency_generator|__(spec|os|arch|debug)_install_post)$)");
    return behind.is_in(name);
}

/// Whether a definition's text reads the macro's value so far: "%{name}", "%{!?name:…}", "%name". In Lua, in conditions
/// and in parameters any word may be a name.
bool reads_itself(std::string_view body, std::string_view name) {
    if (!uses_macro(body, name)) return false;
    static const Expression words_may_be_names(R"(%(\[|\(|\{[a-z]+:|(with|without)\b|[a-z_]+\s))");
    if (words_may_be_names.is_in(body)) return true;
    for (std::size_t at = body.find(name); at != std::string_view::npos; at = body.find(name, at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && std::string_view("{?!").find(body[begin - 1]) != std::string_view::npos) --begin;
        if (begin > 0 && body[begin - 1] == '%') return true;
    }
    return false;
}

/// Definitions inside sections that run twice: the second time they must not find, nor leave, another value.
class Definitions {
public:
    Definitions(const SpecText& spec, const MacroValues& values) : spec_(spec), values_(values), uses_(spec) {}

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

    [[nodiscard]] bool same_twice(const Section& section, std::size_t i) {
        const std::string_view word = spectext::first_macro(spec_.lines()[i].text);
        if (word.starts_with("%bcond")) return false;
        if (word == "%undefine") return undefined_once(section, i);
        const auto& all = spec_.definitions();
        const auto definition = std::lower_bound(all.begin(), all.end(), i,
                                                 [](const auto& each, std::size_t line) { return each.line < line; });
        if (definition == all.end() || definition->line != i || definition->parametric) return false;
        const std::string_view name = definition->name;
        if (word == "%global" && adds_to_flags(name, definition->body)) return nothing_before(section, i);
        if (reads_itself(definition->body, name)) return false;
        // %define keeps its text, which is the same both times; %global keeps what the text says at that time.
        const bool keeps = word == "%define" || is_constant(values_.look(definition->body));
        if (keeps && is_read_behind_scripts(name) && !scripts_read(name)) return true;
        if (keeps) return is_read_by_others(name) ? nothing_before(section, i) : not_used_before(section, name);
        return !is_read_by_others(name) && used_behind_definitions_only(name);
    }

    /// Whether a section that runs twice reads the macro.
    [[nodiscard]] bool scripts_read(std::string_view name) {
        const auto [place, is_new] = scripts_read_.try_emplace(name, false);
        if (!is_new) return place->second;
        const MacroUses::Lines& lines = uses_.uses_of(name);
        place->second = std::any_of(lines.begin(), lines.end(), [&](std::size_t line) { return reads(line); });
        if (name != "_docdir_fmt" || place->second) return place->second;
        // It is read through another macro.
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) {
            place->second |= uses_macro(spec_.lines()[i].text, "_pkgdocdir") && reads(i);
        }
        return place->second;
    }

    [[nodiscard]] bool reads(std::size_t line) const {
        const LineKind kind = spec_.lines()[line].kind;
        return kind != LineKind::comment && kind != LineKind::definition &&
               std::find(repeated.begin(), repeated.end(), section_of(line).kind) != repeated.end();
    }

    [[nodiscard]] bool undefined_once(const Section& section, std::size_t i) {
        const std::string name(trim(trim(spec_.lines()[i].text).substr(std::string_view("%undefine").size())));
        const MacroUses::Lines& lines = uses_.definitions_of(name);
        return nothing_before(section, i) &&
               std::all_of(lines.begin(), lines.end(), [&](std::size_t line) { return line == i; });
    }

    /// Whether nothing reads the macro in the section before the first definition, so that the second pass, which finds
    /// the value that the first one ended with, reads none before its own.
    [[nodiscard]] bool nothing_before(const Section& section, std::size_t i) {
        const std::string_view name = defined_name(i);
        const Beginning& beginning =
            beginning_of(section, is_read_by_constants(name) ? Lines::of_constants_read : Lines::of_constants_do_not);
        return i <= beginning.first_use || beginning.defined.contains(name);
    }

    /// Whether lines that expand constants alone count as readers.
    enum class Lines { of_constants_read, of_constants_do_not };

    /// A section up to the first line that may read the macros that it defines.
    struct Beginning {
        std::size_t first_use = spectext::no_line;
        std::set<std::string_view> defined;  ///< names, with the parentheses of those with parameters
    };

    const Beginning& beginning_of(const Section& section, Lines constants) {
        const auto [place, is_new] = beginnings_.try_emplace({&section, constants});
        Beginning& beginning = place->second;
        for (std::size_t i = section.begin; is_new && i < section.end; ++i) {
            const spectext::Line& line = spec_.lines()[i];
            if (line.kind == LineKind::definition && !defined_name(i).empty()) {
                beginning.defined.insert(defined_name(i));
            } else if (may_read(line, constants)) {
                beginning.first_use = i;
                break;
            }
        }
        return beginning;
    }

    [[nodiscard]] bool may_read(const spectext::Line& line, Lines constants) const {
        const bool code = line.kind == LineKind::content || line.kind == LineKind::continuation;
        if (!code || line.text.find('%') == std::string_view::npos) return false;
        return constants == Lines::of_constants_read || !reads_constants(values_.look(line.text));
    }

    /// The second word of the line; empty where there is none.
    [[nodiscard]] std::string_view defined_name(std::size_t i) const {
        const std::string_view text = trim(spec_.lines()[i].text);
        const std::string_view rest = trim(text.substr(std::min(text.find_first_of(white_space), text.size())));
        return rest.substr(0, rest.find_first_of(white_space));
    }

    [[nodiscard]] const Section& section_of(std::size_t line) const {
        return spec_.sections()[spec_.lines()[line].section];
    }

    [[nodiscard]] bool not_used_before(const Section& section, std::string_view name) const {
        const std::size_t used = first_from(uses_.uses_of(name), section.begin);
        const std::size_t defined = first_from(uses_.definitions_of(name), section.begin);
        return used >= section.end || defined <= used;
    }

    /// Whether each line that uses the macro comes after a definition in its own section.
    [[nodiscard]] bool used_behind_definitions_only(std::string_view name) {
        const auto [place, is_new] = used_behind_.try_emplace(name, true);
        if (!is_new) return place->second;
        const MacroUses::Lines& uses = uses_.uses_of(name);
        place->second = std::all_of(uses.begin(), uses.end(), [&](std::size_t line) {
            const Section& section = section_of(line);
            if (section.kind == SectionKind::changelog) return true;
            const bool runs_twice = std::find(repeated.begin(), repeated.end(), section.kind) != repeated.end();
            return runs_twice && first_from(uses_.definitions_of(name), section.begin) <= line;
        });
        return place->second;
    }

    const SpecText& spec_;
    const MacroValues& values_;
    const MacroUses uses_;
    std::map<std::pair<const Section*, Lines>, Beginning> beginnings_;
    std::map<std::string_view, bool> used_behind_, scripts_read_;
    std::vector<Refusal> found_;
};

}  // namespace

std::vector<Refusal> definition_obstacles(const SpecText& spec, const MacroValues& values) {
    return Definitions(spec, values).look();
}

}  // namespace pystacks::transform
