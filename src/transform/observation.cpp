#include "transform/observation.hpp"

#include <algorithm>
#include <array>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "transform/declared_packages.hpp"
#include "transform/module_evidence.hpp"
#include "transform/phase.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

struct Tool {
    BuildClass kind;
    std::array<std::string_view, 7> words;  // as many as there are
};

// A word begins a line's command or stands in it as a macro.
constexpr std::array tools{
    Tool{BuildClass::pyproject, {"pyproject_wheel", "pyproject_install", "maturin"}},
    Tool{BuildClass::py3_build,
         {"py3_build", "py3_install", "setup.py", "py2_build", "py2_install", "python3_build", "python3_install"}},
    Tool{BuildClass::meson, {"%meson", "%{meson}", "%{__meson}"}},
    Tool{BuildClass::cmake, {"%cmake", "%{cmake}", "%{__cmake}"}},
    Tool{BuildClass::autotools, {"%configure", "%{configure}", "./configure"}},
    Tool{BuildClass::make, {"%make_build", "%{make_build}", "make"}},
};

constexpr std::array build_sections{SectionKind::conf, SectionKind::build, SectionKind::install};

// What a spec asks for when a module is compiled, and nothing else would be.
constexpr std::array binding_tools{
    "cython",   "swig", "pybind11", "nanobind",        "cffi",          "boost-python",     "boost-devel",  "sip",
    "shiboken", "f2py", "maturin",  "setuptools-rust", "python3-numpy", "pygobject3-devel", "meson-python",
};
constexpr std::array compilers{"gcc",
                               "clang",
                               "rust",
                               "cargo",
                               "gcc-gfortran",
                               "gcc-c++",
                               "golang",
                               "cmake",
                               "meson",
                               "ninja",
                               "ninja-build",
                               "go-rpm-macros",
                               "cc",
                               "c++",
                               "cargo-rpm-macros",
                               "rust-packaging",
                               "rust-toolset",
                               "cargo-packaging",
                               "libstdc++-devel",
                               "glibc-devel"};

// What "make" makes where it is not asked to compile.
constexpr std::array document_words{"doc", "html", "man", "sphinx", "SPHINX", "pdf", "test", "clean", "po"};

// Distributions whose %{python3_sitelib} and %{python3_sitearch} are one folder, as %{_libdir} is /usr/lib.
constexpr std::array one_folder_for_all{"Photon", "Azure Linux", "Mariner"};
// What a spec of theirs asks for when setup.py compiles something.
constexpr std::array setup_tools{"cython",          "swig",        "pybind11", "nanobind", "maturin",
                                 "setuptools-rust", "meson-python"};

// What compiles something else than modules.
constexpr std::array other_builders{"%cargo_build", "%{cargo_build}", "cargo build", "cargo install", "%gobuild",
                                    "%{gobuild}",   "go build",       "%qmake",      "npm run",       "%npm_build"};

bool in_build_section(const SpecText& spec, const spectext::Line& line) {
    const SectionKind kind = spec.sections()[line.section].kind;
    return std::find(build_sections.begin(), build_sections.end(), kind) != build_sections.end();
}

class Observer {
public:
    Observer(const SpecText& spec, const MacroValues& values) : spec_(spec), values_(values) {}

    Observation observe() {
        see_tools();
        see_requirements();
        see_files();
        see_owners();
        decide_modules();
        if (result_.modules == Modules::none) result_.build = BuildClass::no_module;
        std::sort(result_.seen.begin(), result_.seen.end(),
                  [](const Seen& a, const Seen& b) { return a.line < b.line; });
        return std::move(result_);
    }

private:
    void see(std::size_t line, std::string what) { result_.seen.push_back({line, std::move(what)}); }

    /// The packages that may have modules, and which interpreter these are for. What is for another one is left out.
    void see_owners() {
        result_.owners = module_owners(spec_, values_);
        if (result_.owners.empty() && is_of_one_folder()) {
            result_.owners = module_owners(spec_, values_, Folders::one);
            one_folder_ = !result_.owners.empty();
        }
        result_.interpreter = interpreter_of(spec_, values_, result_.owners);
        if (result_.interpreter == InterpreterKind::python2 && result_.build == BuildClass::py3_build)
            result_.build = BuildClass::py2_build;
        const InterpreterKind other =
            result_.interpreter == InterpreterKind::python3 ? InterpreterKind::python2 : InterpreterKind::python3;
        for (ModuleOwner& owner : result_.owners) {
            std::erase_if(owner.entries,
                          [&](const FileEntry& entry) { return named_interpreter(values_.look(entry.path)) == other; });
        }
        std::erase_if(result_.owners,
                      [](const ModuleOwner& owner) { return owner.entries.empty() && !owner.pyproject_list; });
    }

    [[nodiscard]] bool is_of_one_folder() const {
        const std::size_t line = tag_line(spec_, spec_.sections().front(), "distribution");
        if (line == spectext::no_line) return false;
        const std::string_view text = spec_.lines()[line].text;
        return std::find(one_folder_for_all.begin(), one_folder_for_all.end(), trim(text.substr(text.find(':') + 1))) !=
               one_folder_for_all.end();
    }

    void see_tools() {
        std::array<bool, tools.size()> found{};
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) {
            const spectext::Line& line = spec_.lines()[i];
            if (line.kind == LineKind::comment || !in_build_section(spec_, line)) continue;
            other_builder_ |= std::any_of(other_builders.begin(), other_builders.end(), [&](std::string_view word) {
                return line.text.find(word) != std::string_view::npos;
            });
            for (std::size_t tool = 0; tool < tools.size(); ++tool) {
                if (tools[tool].kind == BuildClass::make && for_documents(line.text)) continue;
                if (!found[tool] && names(line.text, tools[tool].words)) {
                    found[tool] = true;
                    see(i,
                        "built with " + std::string(name_of(tools[tool].kind)) + ": " + std::string(trim(line.text)));
                }
            }
        }
        const std::string system = build_system(spec_);
        if (!system.empty()) see(build_system_line(spec_), "BuildSystem: " + system);
        found[0] |= system == "pyproject";
        found[2] |= system == "meson";
        found[3] |= system == "cmake";
        found[4] |= system == "autotools";
        const bool python = found[0] || found[1];
        const int native = int{found[2]} + int{found[3]} + int{found[4]};
        native_ = native > 0;
        make_ = found[5];
        python_ = python;
        if (native > 1 || (native == 1 && python)) {
            result_.build = BuildClass::mixed;
        } else if (native == 1) {
            result_.build = found[2] ? BuildClass::meson : found[3] ? BuildClass::cmake : BuildClass::autotools;
        } else if (python) {
            result_.build = found[0] ? BuildClass::pyproject : BuildClass::py3_build;
        } else {
            result_.build = found[5] ? BuildClass::make : BuildClass::unknown;
            native_ = found[5];
        }
    }

    static bool for_documents(std::string_view line) {
        return std::any_of(document_words.begin(), document_words.end(),
                           [&](std::string_view word) { return line.find(word) != std::string_view::npos; });
    }

    static bool names(std::string_view line, const std::array<std::string_view, 7>& words) {
        return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
            const std::size_t at = line.find(word);
            if (word.empty() || at == std::string_view::npos) return false;
            return word.front() != '%' || has_word(line.substr(at), word) || line.substr(at).starts_with(word);
        });
    }

    void see_requirements() {
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) {
            const std::string_view text = trim(spec_.lines()[i].text);
            if (spec_.lines()[i].kind == LineKind::definition &&
                text.find("debug_package %{nil}") != std::string_view::npos) {
                see(i, "no debug packages: nothing is compiled");
                nothing_compiled_ = true;
            }
            if (!text.starts_with("BuildRequires:") && !text.starts_with("Buildrequires:")) continue;
            std::string lower(text.substr(text.find(':') + 1));
            for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            see_tools_of(i, lower);
        }
    }

    void see_tools_of(std::size_t line, const std::string& text) {
        for (const std::string_view tool : binding_tools) {
            if (text.find(tool) == std::string::npos) continue;
            // Headers of Boost say nothing of Python by themselves.
            if (tool == "boost-devel" && result_.build != BuildClass::cmake) continue;
            binding_ = compiler_ = true;
            setup_tool_ |= std::find(setup_tools.begin(), setup_tools.end(), tool) != setup_tools.end();
            see(line, "compiles modules: " + std::string(tool));
        }
        for (const std::string_view compiler : compilers) {
            for (const std::string& word : split_words(replace_all(text, ",", " "))) {
                if (word != compiler) continue;
                compiler_ = true;
                rust_ |= compiler.starts_with("cargo") || compiler.starts_with("rust");
                other_compiler_ |= !compiler.starts_with("cargo") && !compiler.starts_with("rust");
                see(line, "compiles: " + std::string(compiler));
            }
        }
    }

    void see_files() {
        for (const Section* section : spec_.all(SectionKind::files)) {
            for (std::size_t i = section->begin; i < section->end; ++i) {
                if (names_shared_library(spec_.lines()[i].text, values_)) result_.has_shared_library = true;
            }
        }
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) {
            const spectext::Line& line = spec_.lines()[i];
            const bool preamble = spec_.sections()[line.section].kind == SectionKind::preamble;
            if (line.kind == LineKind::comment || (!preamble && !in_build_section(spec_, line))) continue;
            if (line.text.find('%') == std::string_view::npos) continue;
            const std::string looked = values_.look(line.text);
            const bool place =
                looked.find("python3_site") != std::string::npos || looked.find("python2_site") != std::string::npos ||
                looked.find("python_site") != std::string::npos || looked.find("site-packages") != std::string::npos;
            static const Expression module_file(R"(\.(so|la)\b|ext_suffix)");
            if (!place || !module_file.is_in(looked)) continue;
            handled_ = true;
            see(i, "the spec speaks of compiled modules: " + std::string(trim(line.text)));
        }
    }

    void decide_modules() {
        bool named = false, entries = false;
        for (const ModuleOwner& owner : result_.owners) {
            named |= owner.names_modules();
            entries |= !owner.entries.empty();
            for (const FileEntry& each : owner.entries) see(each.line, "may hold modules: " + each.path);
            if (owner.pyproject_list) see(owner.files->header, "has what the wheel has: " + owner.name.option());
        }
        const bool noarch = DeclaredPackages(spec_, values_).is_noarch({});
        if (noarch && !named) return conclude(Modules::none, "the package has no architecture");
        if (result_.owners.empty()) return conclude(Modules::none, "no package has files where compiled modules are");
        if (named) return conclude(Modules::some, "%files names them");
        if (nothing_compiled_) return decide_without_debug_packages(entries);
        if (one_folder_) return decide_in_one_folder();
        if (!compiler_ && !native_) return conclude(Modules::none, "it asks for no compiler");
        if (handled_) return conclude(Modules::some, "the spec speaks of their files");
        if (binding_) return conclude(Modules::some, "it asks for a tool that compiles modules");
        // A wheel that Rust compiles may have a program instead of a module.
        const bool only_rust = rust_ && !other_compiler_;
        if (!native_ && !other_builder_ && !only_rust && (entries || !make_))
            return conclude(Modules::some, "a compiler is asked for, and Python's own tools are the only build");
        const bool with_pip = result_.build == BuildClass::pyproject || result_.build == BuildClass::py3_build ||
                              (result_.build == BuildClass::mixed && python_);
        if (auto evidence = evidence_of_modules(spec_, values_, result_.owners, with_pip)) {
            see(evidence->line, evidence->what);
            return conclude(Modules::some, evidence->what);
        }
        conclude(Modules::unclear, entries ? "there are files where compiled modules are, but none is named"
                                           : "what the wheel has cannot be seen, and the compiler may be for the rest");
    }

    /// "%global debug_package %{nil}" is written where nothing is compiled, and where somebody does without.
    void decide_without_debug_packages(bool entries) {
        const bool compiled = handled_ || binding_ || (compiler_ && !native_ && entries);
        if (!compiled) return conclude(Modules::none, "it has no debug packages, so nothing is compiled");
        conclude(Modules::unclear, "it says that it has no debug packages, yet it asks for a compiler");
    }

    void decide_in_one_folder() {
        if (!native_ && !other_builder_ && !make_ && setup_tool_)
            return conclude(Modules::some, "it asks for a tool that compiles modules, and Python's own are the build");
        conclude(Modules::unclear,
                 "on this distribution compiled modules and others are in one folder, and none is named");
    }

    void conclude(Modules modules, std::string why) {
        result_.modules = modules;
        result_.why = std::move(why);
    }

    const SpecText& spec_;
    const MacroValues& values_;
    Observation result_;
    bool native_ = false, compiler_ = false, binding_ = false, nothing_compiled_ = false, handled_ = false;
    bool make_ = false, python_ = false, rust_ = false, other_compiler_ = false;
    bool setup_tool_ = false, other_builder_ = false, one_folder_ = false;
};

}  // namespace

std::string_view name_of(BuildClass kind) {
    switch (kind) {
        case BuildClass::pyproject:
            return "pyproject";
        case BuildClass::py3_build:
            return "py3_build";
        case BuildClass::py2_build:
            return "py2_build";
        case BuildClass::meson:
            return "meson";
        case BuildClass::cmake:
            return "cmake";
        case BuildClass::autotools:
            return "autotools";
        case BuildClass::make:
            return "make";
        case BuildClass::mixed:
            return "mixed";
        case BuildClass::no_module:
            return "no_module";
        case BuildClass::unknown:
            break;
    }
    return "unknown";
}

Observation observe(const SpecText& spec, const MacroValues& values) { return Observer(spec, values).observe(); }

}  // namespace pystacks::transform
