#include "transform/build_tools.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "transform/macro_values.hpp"
#include "transform/phase.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::SectionKind;
using spectext::SpecText;

using Words = std::array<std::string_view, 12>;

/// What a tool makes of the build that it is found in.
enum class Family : std::uint8_t { python, native, make };

struct Tool {
    BuildClass kind;
    Family family;
    std::array<std::string_view, 2> systems;  // its names behind BuildSystem:, as many as there are
    Words words;                              // as many as there are; each begins a command or is in it as a macro
};

// Of several tools of one family, the first gives the class.
constexpr std::array tools{
    Tool{BuildClass::pyproject,
         Family::python,
         {"pyproject", "python"},
         {"pyproject_wheel", "pyproject_install", "pyproject_build", "maturin", "-m build"}},
    Tool{BuildClass::py3_build,
         Family::python,
         {},
         {"py3_build", "py3_install", "setup.py", "py2_build", "py2_install", "python3_build", "python3_install",
          "%py_build", "%py_install", "pip install", "pip3 install"}},
    Tool{BuildClass::meson, Family::native, {"meson"}, {"%meson", "%{meson}", "%{__meson}", "meson setup"}},
    Tool{BuildClass::cmake, Family::native, {"cmake"}, {"%cmake", "%{cmake}", "%{__cmake}", "cmake -", "cmake3 -"}},
    Tool{BuildClass::autotools, Family::native, {"autotools"}, {"%configure", "%{configure}", "./configure"}},
    Tool{BuildClass::make, Family::make, {}, {"%make_build", "%{make_build}", "make"}},
};

/// The tools that were found, each once.
class FoundTools {
public:
    [[nodiscard]] bool has(BuildClass kind) const { return found_.contains(kind); }
    void add(BuildClass kind) { found_.insert(kind); }

    /// In the order of the table.
    [[nodiscard]] std::vector<BuildClass> of(Family family) const {
        std::vector<BuildClass> result;
        for (const Tool& tool : tools) {
            if (tool.family == family && has(tool.kind)) result.push_back(tool.kind);
        }
        return result;
    }

    [[nodiscard]] BuildClass build_class() const {
        const std::vector<BuildClass> python = of(Family::python), native = of(Family::native);
        if (native.size() > 1 || (!native.empty() && !python.empty())) return BuildClass::mixed;
        if (!native.empty()) return native.front();
        if (!python.empty()) return python.front();
        return has(BuildClass::make) ? BuildClass::make : BuildClass::unknown;
    }

private:
    std::set<BuildClass> found_;
};

constexpr std::array build_sections{SectionKind::conf, SectionKind::build, SectionKind::install};

// What "make" makes where it is not asked to compile.
constexpr std::array document_words{"doc", "html", "man", "sphinx", "SPHINX", "pdf", "test", "clean", "po"};

// What compiles something else than modules.
constexpr std::array other_builders{"%cargo_build", "%{cargo_build}", "cargo build", "cargo install", "%gobuild",
                                    "%{gobuild}",   "go build",       "%qmake",      "npm run",       "%npm_build"};

bool for_documents(std::string_view line) {
    return std::any_of(document_words.begin(), document_words.end(),
                       [&](std::string_view word) { return line.find(word) != std::string_view::npos; });
}

bool names(std::string_view line, const Words& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return !word.empty() && line.find(word) != std::string_view::npos;
    });
}

/// Whether Python's own tools install into the buildroot. What they install beside it helps the build.
bool installs(std::string_view line) {
    static const Expression macro(R"(%\{?(py[23]?_install|py3_install\w*|pyproject_install|python[23]?_install)\b)");
    static const Expression program(
        R"((setup\.py\s.*\binstall\b|\bpip[0-9.]*\s.*\binstall\b|-m installer\b|pyproject_installer).*)"
        R"((buildroot|RPM_BUILD_ROOT|DESTDIR))");
    return macro.is_in(line) || program.is_in(line);
}

bool is_one_of(std::string_view word, const std::array<std::string_view, 2>& words) {
    return !word.empty() && std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool in_build_script(const SpecText& spec, const spectext::Line& line) {
    const SectionKind kind = spec.sections()[line.section].kind;
    return std::find(build_sections.begin(), build_sections.end(), kind) != build_sections.end();
}

BuildTools build_tools(const SpecText& spec) {
    BuildTools result;
    FoundTools found;
    for (std::size_t i = 0; i < spec.lines().size(); ++i) {
        const spectext::Line& line = spec.lines()[i];
        if (line.kind == LineKind::comment || !in_build_script(spec, line)) continue;
        result.other_builder |= std::any_of(other_builders.begin(), other_builders.end(), [&](std::string_view word) {
            return line.text.find(word) != std::string_view::npos;
        });
        result.installs_python |= installs(line.text);
        for (const Tool& tool : tools) {
            if (tool.kind == BuildClass::make && for_documents(line.text)) continue;
            if (found.has(tool.kind) || !names(line.text, tool.words)) continue;
            found.add(tool.kind);
            result.seen.push_back(
                {i, "built with " + std::string(name_of(tool.kind)) + ": " + std::string(trim(line.text))});
        }
    }
    const std::string system = build_system(spec);
    if (!system.empty()) result.seen.push_back({build_system_line(spec), "BuildSystem: " + system});
    for (const Tool& tool : tools) {
        if (!is_one_of(system, tool.systems)) continue;
        found.add(tool.kind);
        result.installs_python |= tool.family == Family::python;
    }
    result.kind = found.build_class();
    result.python = !found.of(Family::python).empty();
    result.cmake = found.has(BuildClass::cmake);
    result.make = found.has(BuildClass::make);
    result.native = !found.of(Family::native).empty() || result.kind == BuildClass::make;
    return result;
}

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

}  // namespace pystacks::transform
