#include "compare/input.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/given_path.hpp"

namespace pystacks::compare {
namespace {

constexpr int deepest_package = 3;  // folders: RPMS/x86_64 of a topdir, and one more

/// Links to folders are not followed, links to packages are.
std::vector<fs::path> package_files(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code problem;
    fs::recursive_directory_iterator walk(folder, problem);
    for (; !problem && walk != fs::recursive_directory_iterator(); walk.increment(problem)) {
        if (walk.depth() >= deepest_package) walk.disable_recursion_pending();
        std::error_code ignored;
        if (walk->path().extension() == ".rpm" && walk->is_regular_file(ignored)) found.push_back(walk->path());
    }
    if (problem) throw system_error(problem.value(), "cannot search for packages", folder.string());
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<fs::path> search(const fs::path& folder) {
    std::vector<fs::path> found;
    bool is_topdir = false;
    for (const char* name : {"RPMS", "SRPMS"}) {
        if (!fs::is_directory(folder / name)) continue;
        is_topdir = true;
        const std::vector<fs::path> below = package_files(folder / name);
        found.insert(found.end(), below.begin(), below.end());
    }
    return is_topdir ? found : package_files(folder);
}

}  // namespace

InputKind kind_of(const fs::path& path, Folders folders) {
    if (const std::string problem = problem_of_input(path, Wanted::either); !problem.empty()) {
        throw Error(ErrorKind::usage, "cannot compare", path.string(), problem,
                    "compare takes two trees, two packages, or two folders of packages");
    }
    const fs::file_status status = fs::status(path);
    if (!fs::is_directory(status)) return InputKind::package;
    if (folders == Folders::trees) return InputKind::tree;
    try {
        return search(path).empty() ? InputKind::tree : InputKind::package_folder;
    } catch (const Error&) {
        return InputKind::tree;  // whose scan names what cannot be read, and goes on
    }
}

std::vector<rpm::Package> read_packages(const fs::path& path) {
    const std::vector<fs::path> files = fs::is_directory(path) ? search(path) : std::vector<fs::path>{path};
    std::vector<rpm::Package> packages;
    packages.reserve(files.size());
    for (const fs::path& file : files) packages.push_back(rpm::read_package(file));
    return packages;
}

}  // namespace pystacks::compare
