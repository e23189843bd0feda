#include "stack/wheels.hpp"

#include <set>
#include <string>

#include <fmt/format.h>

#include "stack/paths.hpp"
#include "stack/wheel_project.hpp"

namespace pystacks::stack {

namespace {

void check_package(const Item<Wheels>& wheels, const std::vector<Package>& packages, Problems& problems) {
    const std::string& name = wheels.value.package;
    std::vector<std::string> names;
    for (const Package& package : packages) {
        if (package.name == name || has_macro(package.name) != has_macro(name)) return;
        names.push_back(package.name);
    }
    if (name.empty() || problems.full()) return;
    problems.add(wheels.where("package"),
                 fmt::format("'package' names no [[package]]: {}{}", in_quotes(name), suggestion(name, names)));
}

void check_projects(const Item<Wheels>& wheels, Problems& problems) {
    for (const std::string& text : wheels.value.projects) {
        if (has_macro(text) || read_wheel_project(text)) continue;
        problems.add(
            wheels.where("projects"),
            fmt::format("each of 'projects' must be a name, a version and a license, found {}", in_quotes(text)));
    }
}

}  // namespace

void check_wheels(const std::vector<Item<Wheels>>& wheels, const std::vector<Package>& packages, Problems& problems) {
    std::set<std::string> seen;
    for (const Item<Wheels>& item : wheels) {
        const Wheels& value = item.value;
        check_package(item, packages, problems);
        if (!value.package.empty() && !seen.insert(value.package).second) {
            problems.add(item.where("package"),
                         fmt::format("a second [[wheels]] is of the package {}", in_quotes(value.package)));
        }
        for (const std::string& pattern : value.files)
            check_inner_pattern(item.where("files"), "files", pattern, problems);
        check_rpm_name(item.where("namespace"), "namespace", value.name_space, problems);
        check_projects(item, problems);
        for (const std::string& file : value.silent) {
            check_inner_path(item.where("silent"), "silent", file, "the source tree", problems);
        }
    }
}

}  // namespace pystacks::stack
