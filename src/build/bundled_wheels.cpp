#include "build/bundled_wheels.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"
#include "source/wheel.hpp"
#include "stack/wheel_project.hpp"

namespace pystacks::build {
namespace {

constexpr const char* attempted = "cannot use the list of bundled projects";
constexpr const char* unknown_license = "LICENSE?";

/// A project's name and version, as rpm compares versions: "8.0.0" and "8" are one.
using Key = std::pair<std::string, std::string>;

Key key_of(const std::string& name, const std::string& version) {
    return {stack::normalized_project_name(name), stack::rpm_version_of(version)};
}

/// What one table's wheels are and contain.
struct Found {
    std::map<Key, std::string> projects;        ///< with upstream's spelling of the version
    std::map<std::string, std::string> silent;  ///< wheels that do not say all, each with one of the folders
};

std::string path_in(const fs::path& source, const fs::path& file) { return file.lexically_relative(source).string(); }

/// Every wheel of the tree, sorted.
std::vector<std::string> all_wheels(const fs::path& source) {
    std::vector<std::string> paths;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source)) {
        if (entry.path().extension() != ".whl" || entry.is_symlink() || !entry.is_regular_file()) continue;
        paths.push_back(path_in(source, entry.path()));
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

Found read_all(const stack::Wheels& wheels, const fs::path& source, const std::vector<std::string>& paths) {
    const PathPatternList patterns(wheels.files);
    Found found;
    for (const std::string& path : paths) {
        if (!patterns.matches(path)) continue;
        const source::WheelContents contents = source::read_wheel(source / path);
        for (const auto& [name, version] : contents.projects) found.projects[key_of(name, version)] = version;
        if (contents.silent_folders.empty()) continue;
        found.silent[fs::path(path).filename().string()] = contents.silent_folders.front();
    }
    return found;
}

std::vector<stack::WheelProject> listed(const stack::Wheels& wheels) {
    std::vector<stack::WheelProject> projects;
    for (const std::string& text : wheels.projects) {
        if (auto project = stack::read_wheel_project(text)) projects.push_back(std::move(*project));
    }
    return projects;
}

/// The array to write. Licenses are those that the table has for projects of the same name.
std::string corrected(const std::vector<stack::WheelProject>& listed, const Found& found, bool keep_others) {
    std::map<std::string, std::string> licenses;
    std::map<Key, std::string> lines;
    for (const stack::WheelProject& project : listed) {
        const Key key = key_of(project.name, project.version);
        licenses.emplace(key.first, project.license);
        if (keep_others) lines[key] = fmt::format("{} {} {}", key.first, project.version, project.license);
    }
    for (const auto& [key, version] : found.projects) {
        const auto license = licenses.find(key.first);
        lines[key] =
            fmt::format("{} {} {}", key.first, version, license == licenses.end() ? unknown_license : license->second);
    }
    std::string text = "projects = [\n";
    for (const auto& [key, line] : lines) text += fmt::format("    \"{}\",\n", line);
    return text + "]";
}

/// One line for each difference between the table and the wheels.
std::vector<std::string> differences(const stack::Wheels& wheels, const Found& found,
                                     const std::vector<stack::WheelProject>& projects) {
    std::vector<std::string> lines;
    std::set<Key> known;
    for (const stack::WheelProject& project : projects) {
        const Key key = key_of(project.name, project.version);
        known.insert(key);
        // A wheel that does not say what it contains may contain anything.
        if (found.silent.empty() && !found.projects.contains(key)) {
            lines.push_back(fmt::format("no wheel contains {} {}", key.first, project.version));
        }
    }
    for (const auto& [key, version] : found.projects) {
        if (!known.contains(key)) lines.push_back(fmt::format("'projects' lacks {} {}", key.first, version));
    }
    const std::set<std::string> silent(wheels.silent.begin(), wheels.silent.end());
    for (const auto& [file, folder] : found.silent) {
        if (silent.contains(file)) continue;
        lines.push_back(fmt::format(
            "{} does not say what {} contains: add that to 'projects', and the wheel to 'silent'", file, folder));
    }
    for (const std::string& file : silent) {
        if (!found.silent.contains(file))
            lines.push_back(fmt::format("'silent' has {}, but no such wheel is silent", file));
    }
    return lines;
}

/// The licenses that the package's own expression does not have already.
std::set<std::string> added_terms(const std::vector<stack::WheelProject>& projects, const std::set<std::string>& own) {
    std::set<std::string> terms;
    for (const stack::WheelProject& project : projects) terms.merge(stack::license_terms(project.license));
    std::erase_if(terms, [&own](const std::string& term) { return own.contains(term); });
    return terms;
}

std::string expression(const std::set<std::string>& terms) {
    std::vector<std::string> parts;
    for (const std::string& term : terms) {
        parts.push_back(term.find(" OR ") == std::string::npos ? term : fmt::format("({})", term));
    }
    return join(parts, " AND ");
}

std::set<std::string> terms_of_package(const stack::Stack& stack, const std::string& name) {
    for (const stack::Package& package : stack.packages) {
        if (package.name == name)
            return stack::license_terms(package.license.empty() ? stack.license : package.license);
    }
    return {};
}

Error wrong(const stack::Wheels& wheels, std::string reason, const std::string& hint) {
    return {ErrorKind::usage, attempted, fmt::format("[[wheels]] of {} ({})", wheels.package, wheels.place.text()),
            std::move(reason), hint};
}

}  // namespace

void check_wheels(const stack::Stack& stack, const fs::path& source) {
    if (stack.wheels.empty()) return;
    const std::vector<std::string> paths = all_wheels(source);
    for (const stack::Wheels& wheels : stack.wheels) {
        if (!wheels.condition.enabled()) continue;
        const Found found = read_all(wheels, source, paths);
        const std::vector<stack::WheelProject> projects = listed(wheels);
        const std::vector<std::string> lines = differences(wheels, found, projects);
        if (!lines.empty()) {
            throw wrong(wheels, "\n  " + join(lines, "\n  "),
                        "In the stack's [[wheels]] write:\n" + corrected(projects, found, !found.silent.empty()));
        }
        const std::set<std::string> needed = added_terms(projects, terms_of_package(stack, wheels.package));
        if (needed == stack::license_terms(wheels.license)) continue;
        throw wrong(wheels, fmt::format("'license' is \"{}\", but the projects have other licenses", wheels.license),
                    fmt::format("In the stack's [[wheels]] write:\nlicense = \"{}\"", expression(needed)));
    }
}

}  // namespace pystacks::build
