#include "transform/interpreter_kind.hpp"

#include <algorithm>

#include "base/expression.hpp"
#include "spectext/tag.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::SectionKind;
using spectext::SpecText;

struct Mentions {
    bool python3 = false, python2 = false;
};

bool asks_for(std::string_view line) {
    const auto tag = spectext::tag_of(line);
    return tag && tag->asks_for_build();
}

/// What the build runs and asks for. Mere tools that are written in Python count for nothing: only headers do.
Mentions mentions_of(const SpecText& spec, const MacroValues& values) {
    static const Expression three(R"(py3_|__python3\b|python3[. ]|python3$|pyproject_|python3_)");
    static const Expression two(R"(py2_|__python2\b|python2[. ]|python2$|python2_)");
    static const Expression headers(R"(python(?:%\{python)?(3|2)[^ ]*-devel|pkgconfig\(python-?(3|2))");
    Mentions found;
    for (const spectext::Line& line : spec.lines()) {
        if (line.kind == LineKind::comment || line.branch != 0) continue;
        const SectionKind kind = spec.sections()[line.section].kind;
        const bool script = kind == SectionKind::conf || kind == SectionKind::build || kind == SectionKind::install;
        const bool headers_asked = kind == SectionKind::preamble || kind == SectionKind::package;
        const std::string text = values.look(line.text);
        if (script) {
            found.python3 |= three.is_in(text);
            found.python2 |= two.is_in(text);
        } else if (headers_asked && asks_for(line.text)) {
            const auto groups = headers.first_in(text);
            if (groups) ((*groups)[1] == "3" || (*groups)[2] == "3" ? found.python3 : found.python2) = true;
        }
    }
    return found;
}

}  // namespace

InterpreterKind named_interpreter(std::string_view text) {
    static const Expression two(R"(python2|py2_|python-?%\{python2_version|__python2)");
    static const Expression three(R"(python3|py3_|pyproject_|python%\{python3)");
    static const Expression unversioned(
        R"(%\{?\??python_site|%\{?\??py_(plat|pure|site)|%\{?\??__python\b|python(%|\*|\b)|get_python_lib)");
    if (two.is_in(text)) return InterpreterKind::python2;
    if (three.is_in(text)) return InterpreterKind::python3;
    return unversioned.is_in(text) ? InterpreterKind::unversioned : InterpreterKind::python3;
}

InterpreterKind interpreter_of(const SpecText& spec, const MacroValues& values,
                               const std::vector<ModuleOwner>& owners) {
    bool two = false, unversioned = false;
    for (const ModuleOwner& owner : owners) {
        if (owner.pyproject_list) return InterpreterKind::python3;
        for (const FileEntry& entry : owner.entries) {
            const InterpreterKind kind = named_interpreter(values.look(entry.path));
            if (kind == InterpreterKind::python3) return kind;
            (kind == InterpreterKind::python2 ? two : unversioned) = true;
        }
    }
    if (!unversioned) return two ? InterpreterKind::python2 : InterpreterKind::python3;
    const Mentions build = mentions_of(spec, values);
    if (build.python2 == build.python3) return InterpreterKind::unversioned;
    return build.python3 && !two ? InterpreterKind::python3
           : build.python2       ? InterpreterKind::python2
                                 : InterpreterKind::unversioned;
}

}  // namespace pystacks::transform
