#include "transform/build_tools.hpp"

#include <algorithm>
#include <array>

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

struct Tool {
    BuildClass kind;
    Words words;  // as many as there are
};

// A word begins a line's command or is in it as a macro.
constexpr std::array tools{
    Tool{BuildClass::pyproject, {"pyproject_wheel", "pyproject_install", "pyproject_build", "maturin", "-m build"}},
    Tool{BuildClass::py3_build,
         {"py3_build", "py3_install", "setup.py", "py2_build", "py2_install", "python3_build", "python3_install",
          "%py_build", "%py_install", "pip install", "pip3 install"}},
    Tool{BuildClass::meson, {"%meson", "%{meson}", "%{__meson}", "meson setup"}},
    Tool{BuildClass::cmake, {"%cmake", "%{cmake}", "%{__cmake}", "cmake -", "cmake3 -"}},
    Tool{BuildClass::autotools, {"%configure", "%{configure}", "./configure"}},
    Tool{BuildClass::make, {"%make_build", "%{make_build}", "make"}},
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

/// The class of a build with these tools, in the order of `tools`.
BuildClass class_of(const std::array<bool, tools.size()>& found) {
    const bool python = found[0] || found[1];
    const int native = int{found[2]} + int{found[3]} + int{found[4]};
    if (native > 1 || (native == 1 && python)) return BuildClass::mixed;
    if (native == 1) return found[2] ? BuildClass::meson : found[3] ? BuildClass::cmake : BuildClass::autotools;
    if (python) return found[0] ? BuildClass::pyproject : BuildClass::py3_build;
    return found[5] ? BuildClass::make : BuildClass::unknown;
}

}  // namespace

bool in_build_script(const SpecText& spec, const spectext::Line& line) {
    const SectionKind kind = spec.sections()[line.section].kind;
    return std::find(build_sections.begin(), build_sections.end(), kind) != build_sections.end();
}

BuildTools build_tools(const SpecText& spec) {
    BuildTools result;
    std::array<bool, tools.size()> found{};
    for (std::size_t i = 0; i < spec.lines().size(); ++i) {
        const spectext::Line& line = spec.lines()[i];
        if (line.kind == LineKind::comment || !in_build_script(spec, line)) continue;
        result.other_builder |= std::any_of(other_builders.begin(), other_builders.end(), [&](std::string_view word) {
            return line.text.find(word) != std::string_view::npos;
        });
        result.installs_python |= installs(line.text);
        for (std::size_t tool = 0; tool < tools.size(); ++tool) {
            if (tools[tool].kind == BuildClass::make && for_documents(line.text)) continue;
            if (found[tool] || !names(line.text, tools[tool].words)) continue;
            found[tool] = true;
            result.seen.push_back(
                {i, "built with " + std::string(name_of(tools[tool].kind)) + ": " + std::string(trim(line.text))});
        }
    }
    const std::string system = build_system(spec);
    if (!system.empty()) result.seen.push_back({build_system_line(spec), "BuildSystem: " + system});
    found[0] |= system == "pyproject" || system == "python";
    found[2] |= system == "meson";
    found[3] |= system == "cmake";
    found[4] |= system == "autotools";
    result.kind = class_of(found);
    result.installs_python |= system == "pyproject" || system == "python";
    result.python = found[0] || found[1];
    result.cmake = found[3];
    result.make = found[5];
    result.native = found[2] || found[3] || found[4] || result.kind == BuildClass::make;
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
