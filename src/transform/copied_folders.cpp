#include "transform/copied_folders.hpp"

#include "base/expression.hpp"
#include "transform/build_tools.hpp"

namespace pystacks::transform {

using spectext::SectionKind;
using spectext::SpecText;

std::set<std::string> copied_folders(const SpecText& spec, const MacroValues& values) {
    static const Expression copy(R"(\s*cp\s+-[a-zA-Z]*[rRa][a-zA-Z]*\s+(?:\./)?([A-Za-z0-9_-]+)/?\s+)"
                                 R"((?:%\{?buildroot\}?|\$RPM_BUILD_ROOT)/?(\S+)\s*)");
    std::set<std::string> folders;
    for (const spectext::Line& line : spec.lines()) {
        if (!in_build_script(spec, line) || line.kind == spectext::LineKind::comment) continue;
        if (line.text.find("inplace") != std::string_view::npos) return {};
        if (spec.sections()[line.section].kind != SectionKind::install) continue;
        const auto groups = copy.groups_of(values.look(line.text));
        if (!groups) continue;
        // Into a folder that is there, or under its own name where it is not.
        const std::string target = folder_name((*groups)[2]), below = "/" + (*groups)[1];
        folders.insert(target + below);
        if (target.ends_with(below)) folders.insert(target);
    }
    return folders;
}

std::string folder_name(std::string path) {
    while (path.ends_with('/')) path.pop_back();
    return path;
}

}  // namespace pystacks::transform
