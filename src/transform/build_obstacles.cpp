#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "spectext/line_words.hpp"
#include "spectext/tag.hpp"
#include "transform/obstacles.hpp"
#include "transform/script_lines.hpp"
#include "transform/working_folder.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

/// Without paths that the second pass replaces: those whose end the shell asks python3-config for, which then says "d",
/// and what CMake is told, which is told last what its stand-in adds.
std::string without_replaced_paths(const std::string& text) {
    static const Expression replaced(
        R"((%\{_includedir\}|/usr/include)/python%\{python3_version\}(\$\(|`)python3?-config --abiflags|)"
        R"(libpython%\{python3_version\}(\$\(|`)python3?-config --abiflags(\)|`)\.so|)"
        R"(-D(PYTHON_(INCLUDE_(DIR|PATH)|LIBRARY)|(PYTHON|Python[23]?)_EXECUTABLE)(:[A-Z]+)?=[^ ;&|]+)");
    return replaced.removed_from(text);
}

/// Macros that the second pass defines again, out of what the spec has made of them.
bool is_rebound(std::string_view name) {
    constexpr std::array names{"optflags",      "build_cflags", "build_cxxflags", "build_fflags",
                               "build_ldflags", "__python3",    "__python2",      "__python",
                               "python3",       "python2",      "__cmake",        "__meson"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

class Builds {
public:
    Builds(const SpecText& spec, const MacroValues& values, const Observation& seen)
        : spec_(spec), values_(values), interpreter_(seen.interpreter), by_cmake_(seen.builds_with_cmake) {}

    std::vector<Refusal> look() {
        for (const Section* section : spec_.all(SectionKind::prep)) look_at_prep(*section);
        look_at_eager_definitions();
        for (const SectionKind kind : {SectionKind::conf, SectionKind::build, SectionKind::install}) {
            for (const Section* section : spec_.all(kind)) look_at_script(*section);
        }
        look_at_options();
        return std::move(found_);
    }

private:
    void add(Reason reason, std::size_t line) {
        found_.push_back({reason, line, std::string(trim(spec_.lines()[line].text))});
    }

    [[nodiscard]] bool is_code(std::size_t line) const {
        const LineKind kind = spec_.lines()[line].kind;
        return kind != LineKind::comment && kind != LineKind::blank;
    }

    void look_at_prep(const Section& section) {
        static const Expression setup(R"(%\{?\??!?[a-z_]*setup\b)");
        static const Expression beside(R"(%\{?(auto)?setup\b.*\s-b)");
        WorkingFolder folder;
        bool found = false;
        for (std::size_t i = section.begin; i < section.end; ++i) {
            if (!is_code(i)) continue;
            const std::string_view text = spec_.lines()[i].text;
            const bool unpacks = setup.is_in(text);
            found |= unpacks;
            if (unpacks) folder.enter_tree();
            const bool left = !unpacks && folder.follow(values_.look(text));
            if (left || (beside.is_in(text) && leaves_tree())) add(Reason::several_trees, i);
            look_at_exit(i);
        }
        if (!found && section.part() == spectext::SectionPart::whole) add(Reason::no_tree, section.header);
    }

    /// Whether the spec speaks of a place beside the tree. What a -b unpacks may also be part of the tree, if both
    /// archives have the same folder; if it is beside it and nothing goes there, the second pass does not miss it.
    [[nodiscard]] bool leaves_tree() const {
        static const Expression outside(R"((^|[^.\w])\.\.(/|["'\s;)&|]|$)|%\{?\??_?builddir\b|RPM_BUILD_DIR)");
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) {
            const SectionKind kind = spec_.sections()[spec_.lines()[i].section].kind;
            const bool text = kind == SectionKind::changelog || kind == SectionKind::description;
            if (!text && is_code(i) && outside.is_in(values_.look(spec_.lines()[i].text))) return true;
        }
        return false;
    }

    /// What a declarative build gives its build system.
    void look_at_options() {
        const Section& preamble = spec_.sections().front();
        for (std::size_t i = preamble.begin; i < preamble.end; ++i) {
            const auto tag = is_code(i) ? spectext::tag_of(spec_.lines()[i].text) : std::nullopt;
            if (tag && tag->is("buildoption")) look_at_command(i);
        }
    }

    /// %global expands at once: what it says of the build's folders, flags and interpreter stays that of the release
    /// build in the second pass.
    void look_at_eager_definitions() {
        static const Expression rebound(
            R"(%\{?\??(buildroot|_builddir|optflags|build_cflags|build_cxxflags|build_ldflags|__python[23]|)"
            R"(__cmake|__meson|python3_ext_suffix)\b|RPM_BUILD_ROOT|%\(.*python3?-config)");
        for (const spectext::Definition& each : spec_.definitions()) {
            const spectext::Line& line = spec_.lines()[each.line];
            const SectionKind kind = spec_.sections()[line.section].kind;
            const bool repeated =
                kind == SectionKind::conf || kind == SectionKind::build || kind == SectionKind::install;
            if (each.parametric || repeated) continue;
            if (spectext::first_macro(line.text) != "%global" || !rebound.is_in(each.body)) continue;
            if (is_rebound(each.name)) continue;
            // A command's output says what the interpreter said, not how it is started.
            const bool command = each.body.starts_with("%(") && each.body.find("-config") == std::string_view::npos &&
                                 each.body.find("flags") == std::string_view::npos;
            if (command || each.body.find("%%") != std::string_view::npos) continue;
            if (used_in_scripts(each.name)) add(Reason::eager_definition, each.line);
        }
    }

    [[nodiscard]] bool used_in_scripts(std::string_view name) {
        if (!scripts_) scripts_ = look_at_scripts();
        // Macros of the distribution read them: %py3_build reads %py_setup_args.
        static const Expression read_by_others(R"(^(optflags$|_|build_|py[23]?_|pyproject_|cmake_|meson_|configure_))");
        const bool implicit = read_by_others.is_in(name);
        return implicit ? scripts_->say_something : scripts_->names.contains(name);
    }

    /// What the scripts of the build use, as they are written and with the spec's own macros replaced.
    struct Scripts {
        bool say_something = false;
        std::set<std::string, std::less<>> names;
    };

    [[nodiscard]] Scripts look_at_scripts() const {
        Scripts scripts;
        for (const SectionKind kind : {SectionKind::conf, SectionKind::build, SectionKind::install}) {
            for (const Section* section : spec_.all(kind)) {
                for (std::size_t i = section->begin; i < section->end; ++i) {
                    if (!is_code(i)) continue;
                    scripts.say_something = true;
                    const std::string_view text = spec_.lines()[i].text;
                    const std::string looked = values_.look(text);
                    for (const std::string_view name : used_names(text)) scripts.names.emplace(name);
                    for (const std::string_view name : used_names(looked)) scripts.names.emplace(name);
                }
            }
        }
        return scripts;
    }

    void look_at_exit(std::size_t i) {
        static const Expression leaves(R"(^(exit(\s+0)?|return)\s*$)");
        if (spec_.lines()[i].branch == 0 && leaves.is_in(spec_.lines()[i].text)) add(Reason::section_leaves_early, i);
    }

    void look_at_script(const Section& section) {
        for (std::size_t i = section.begin; i < section.end; ++i) {
            if (!is_code(i)) continue;
            look_at_exit(i);
            look_at_command(i);
        }
    }

    /// Whether the spec makes a folder itself that is called as a build type.
    [[nodiscard]] bool own_build_folder() {
        if (!own_build_folder_) {
            const auto& lines = spec_.lines();
            own_build_folder_ = std::any_of(lines.begin(), lines.end(), [](const spectext::Line& line) {
                return line.kind != LineKind::comment && makes_build_type_folder(std::string(line.text));
            });
        }
        return *own_build_folder_;
    }

    /// The line, with those that a backslash joins to it.
    [[nodiscard]] std::string command_at(std::size_t i) const {
        std::string text = values_.look(spec_.lines()[i].text);
        for (std::size_t next = i + 1; text.ends_with('\\') && next < spec_.lines().size() && next < i + 20; ++next) {
            text.pop_back();
            text += values_.look(spec_.lines()[next].text);
        }
        return text;
    }

    void look_at_command(std::size_t i) {
        static const Expression mpi(R"(_(openmpi|mpich)_(un)?load|module load mpi|MPI_PYTHON3_SITEARCH)");
        static const Expression path(R"((%\{_bindir\}|/usr/bin)/python(3|2|%\{|\b))");
        static const Expression harmless(
            R"(\b(__)?(sed|grep|rm|ln|chmod|perl|awk|tr|find|echo)\b|pathfix|shebang|#!|%\{?buildroot|RPM_BUILD_ROOT)");
        static const Expression headers(R"((%\{_includedir\}|/usr/include)/python|-lpython|libpython[^ ]*\.so)");
        static const Expression programs(
            R"((^|[\s;&|(])(%\{_bindir\}/|/usr/bin/)?(f2py3?|sip-build|sip-install|scons(-3)?)(\s|$)|)"
            R"((^|\s)\./setup\.py (build|install|bdist|build_ext)\b)");
        static const Expression asked_at_once(R"(%\([^)]*(pkg-config[^)]*python|python[0-9.]*-config))");
        static const Expression folder(R"(pyproject_build_lib|build/(lib|temp)\.[^* ]*(python3_version|cpython-3))");
        static const Expression heavy(R"(%\{?(limit_build|constrain_build)\b)");
        const std::string text = without_replaced_paths(values_.look(spec_.lines()[i].text));
        if (is_for_other_python(text, interpreter_) && spec_.lines()[i].branch == 0)
            add(Reason::several_interpreters, i);
        if (mpi.is_in(text)) add(Reason::several_builds, i);
        if (programs.is_in(text) && !harmless.is_in(text)) add(Reason::other_interpreter, i);
        if (asked_at_once.is_in(text)) add(Reason::fixed_headers, i);
        if (folder.is_in(text) || (by_cmake_ && !own_build_folder() && names_build_type(text)))
            add(Reason::fixed_folder, i);
        if (path.is_in(text) && !harmless.is_in(text) && !runs_text_filter(command_at(i)))
            add(Reason::other_interpreter, i);
        if (headers.is_in(text) && !harmless.is_in(text)) add(Reason::fixed_headers, i);
        if (heavy.is_in(text)) add(Reason::heavy_build, i);
    }

    const SpecText& spec_;
    const MacroValues& values_;
    InterpreterKind interpreter_;
    std::optional<bool> own_build_folder_;
    bool by_cmake_;  ///< the second pass has CMake build for the type Debug
    std::optional<Scripts> scripts_;
    std::vector<Refusal> found_;
};

}  // namespace

std::vector<std::size_t> branches_of_other_pythons(const SpecText& spec, const MacroValues& values,
                                                   InterpreterKind interpreter) {
    std::vector<std::size_t> found;
    std::set<std::size_t> known;
    for (const SectionKind kind : {SectionKind::conf, SectionKind::build, SectionKind::install}) {
        for (const Section* section : spec.all(kind)) {
            for (std::size_t i = section->begin; i < section->end; ++i) {
                const spectext::Line& line = spec.lines()[i];
                const bool code = line.kind != LineKind::comment && line.kind != LineKind::blank;
                if (!code || line.branch == 0 || !is_for_other_python(values.look(line.text), interpreter)) continue;
                if (known.insert(line.branch).second) found.push_back(line.branch);
            }
        }
    }
    return found;
}

std::vector<Refusal> build_obstacles(const SpecText& spec, const MacroValues& values, const Observation& seen) {
    return Builds(spec, values, seen).look();
}

}  // namespace pystacks::transform
