#include "transform/refusal.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace pystacks::transform {
namespace {

struct Row {
    Reason reason;
    std::string_view key, text, way_out;
};

constexpr std::string_view write_by_hand =
    "write the macros by hand; docs/extension-macros.md (share/doc/pystacks) says where each belongs";

constexpr std::array rows{
    Row{Reason::broken_text, "broken-text", "a condition or a macro has no end, or an end without a beginning",
        "close it: rpm cannot read the spec either"},
    Row{Reason::by_hand, "by-hand", "the spec has debug macros or a debug switch that were written by hand",
        "keep them, or remove them first"},
    Row{Reason::included_text, "included-text", "part of the spec is in another file, which the macros cannot repeat",
        "put that text into the spec"},
    Row{Reason::sections_from_lua, "sections-from-lua", "Lua prints sections or packages, so they are not in the text",
        write_by_hand},
    Row{Reason::sections_from_macros, "sections-from-macros",
        "a macro of the spec makes sections or packages, so they are not in the text", write_by_hand},
    Row{Reason::declarative_build, "declarative-build",
        "the spec appends to a section that it also has as a whole, or that no BuildSystem makes",
        "join the parts into one section"},
    Row{Reason::unknown_build, "unknown-build",
        "no build system is recognized, so it is not known whether it uses the interpreter that it is given",
        write_by_hand},
    Row{Reason::section_missing, "section-missing", "a section that the second pass has to repeat is missing",
        "write the section, even if it is short; an empty %build or %install means that the build is elsewhere"},
    Row{Reason::section_twice, "section-twice", "the spec has a section twice",
        "join them into one section, with conditions in it"},
    Row{Reason::section_order, "section-order",
        "a section is above %prep, or a package is declared after %prep with %{summary}",
        "put %prep above the other scripts and below the packages"},
    Row{Reason::section_conditional, "section-conditional",
        "a section is inside a condition, or a condition crosses it", "put the condition into the section"},
    Row{Reason::section_leaves_early, "section-leaves-early", "the section's script may end before its last line",
        "use a condition instead of exit"},
    Row{Reason::definition_in_section, "definition-in-section",
        "the section defines a macro, and the second pass would find another value of it than the first",
        "define the macro in the preamble; if it needs several values, write the macros by hand"},
    Row{Reason::eager_definition, "eager-definition",
        "%global keeps the release build's folder, flags or interpreter, which the second pass could not replace",
        "use %define, which is expanded where it is used"},
    Row{Reason::several_trees, "several-trees", "%prep unpacks beside the source tree, and only one tree is copied",
        "unpack everything below one folder (%setup -a, %setup -c)"},
    Row{Reason::no_tree, "no-tree", "%prep has no %setup or %autosetup, so it is not known which tree to copy",
        write_by_hand},
    Row{Reason::several_interpreters, "several-interpreters", "the package is built for more than one Python",
        "write a second pass for each by hand (%pydebug_begin, %pydebug_end)"},
    Row{Reason::foreign_macros, "foreign-macros",
        "it has macros of a distribution that may ignore the interpreter that they are given",
        "use the macros that follow %__python3 (%py3_build, %{python3_sitearch}), or write a second pass by hand "
        "(%pydebug_begin, %pydebug_end)"},
    Row{Reason::interpreter_list, "interpreter-list",
        "its macros build for each interpreter of a list (%pythons), which the second pass could not replace",
        "use the macros of one interpreter (%python3_build, %{python3_sitearch}), or write a second pass by hand "
        "(%pydebug_begin, %pydebug_end)"},
    Row{Reason::unversioned_python, "unversioned-python",
        "the spec says \"python\" without a version, and which interpreter that is depends on the host",
        "say which one: %{__python3} and %{python3_sitearch}, or %{__python2} and %{python2_sitearch}"},
    Row{Reason::other_interpreter, "other-interpreter",
        "the build names an interpreter that the second pass cannot replace",
        "use %{__python3}; for Python 2 or another version define %pydebug_python, and write the macros by hand"},
    Row{Reason::fixed_headers, "fixed-headers",
        "the build names the folder of the release interpreter's headers or its library",
        "let the build ask %{__python3} or python3-config"},
    Row{Reason::fixed_folder, "fixed-folder",
        "the build names a build folder that only the release interpreter's build has",
        "use a pattern (build/lib.*), or install first and look there"},
    Row{Reason::several_builds, "several-builds",
        "the build is repeated for several MPIs, and so may be that of the modules",
        "write a second pass for each by hand (%pydebug_begin, %pydebug_end)"},
    Row{Reason::heavy_build, "heavy-build", "the build is too expensive to repeat as a whole",
        "repeat only what builds the modules (%pydebug_from_here), or build -debug from a spec of its own"},
    Row{Reason::uses_python_library, "uses-python-library",
        "the package has a library that seems to use Python itself; the debug modules would load its release build",
        "find out whether it does; if not, write the macros by hand"},
    Row{Reason::unknown_list, "unknown-list",
        "%files reads a list, and the text does not show whether modules are in it",
        "name the modules in %files, or write %pydebug_package by hand"},
    Row{Reason::unclear_modules, "unclear-modules", "the text does not show whether the package has compiled modules",
        "look into the package; if it has some, name them in %files (*.so), or write the macros by hand; with rpm "
        "4.19, %pydebug_package -d lets each build find out"},
    Row{Reason::not_told_apart, "not-told-apart",
        "several packages have modules, and the text does not show which has which",
        "write %pydebug_package -m GLOB for each by hand"},
    Row{Reason::owner_condition, "owner-condition",
        "the packages of modules are inside conditions that cannot be repeated in the preamble", write_by_hand},
    Row{Reason::own_version, "own-version",
        "a package has its own version, release or epoch, so %{version} has another meaning below it",
        "write its -debug package by hand"},
    Row{Reason::proof_failed, "proof-failed", "rpm does not read the changed spec as it must", write_by_hand},
};

const Row& row(Reason reason) {
    for (const Row& each : rows) {
        if (each.reason == reason) return each;
    }
    return rows.front();
}

}  // namespace

std::string_view key_of(Reason reason) { return row(reason).key; }
std::string_view text_of(Reason reason) { return row(reason).text; }
std::string_view way_out(Reason reason) { return row(reason).way_out; }

Error refusal_error(const std::string& attempted, const std::string& spec, const std::vector<Refusal>& refusals) {
    const Refusal& first = refusals.front();
    std::string hint(way_out(first.reason));
    std::set<Reason> others;
    for (const Refusal& each : refusals) others.insert(each.reason);
    others.erase(first.reason);
    const auto same = static_cast<std::size_t>(
        std::ranges::count_if(refusals, [&](const Refusal& each) { return each.reason == first.reason; }));
    if (const std::size_t more = others.size(); more > 0) {
        hint += fmt::format("\n{} more {}; pystacks extension add --explain lists {}", more,
                            more == 1 ? "reason refuses it" : "reasons refuse it", more == 1 ? "it" : "them");
    } else if (same > 1) {
        hint += fmt::format("\n{} more {} it for the same reason; pystacks extension add --explain lists {}", same - 1,
                            same == 2 ? "line refuses" : "lines refuse", same == 2 ? "it" : "them");
    }
    return {attempted, fmt::format("{}:{}", spec, first.line + 1),
            fmt::format("{} ({})", text_of(first.reason), first.detail), std::move(hint)};
}

}  // namespace pystacks::transform
