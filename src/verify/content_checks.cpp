#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/file.hpp"
#include "compare/twin_name.hpp"
#include "findings/finding_list.hpp"
#include "tree/elf.hpp"
#include "verify/checks.hpp"
#include "verify/one_sided.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Needs;
using findings::Verdict;

/// rpm's own links by build id, which follow the files that they name.
bool is_build_id_link(const std::string& path) { return path.starts_with("/usr/lib/.build-id"); }

/// What is written for one configuration of the build: headers, makefiles, sysconfig's data, the -config scripts.
bool is_configuration(const InstalledInterpreter& interpreter, const std::string& path) {
    const std::string name = fs::path(path).filename().string();
    return path.starts_with(interpreter.include + "/") || path.starts_with(interpreter.stdlib + "/config-") ||
           path.starts_with(interpreter.stdlib + "/config/") || name.starts_with("_sysconfigdata") ||
           name.ends_with(".pc") || (name.ends_with("-config") && fs::path(path).parent_path().filename() == "bin");
}

struct File {
    std::string path;
    const rpm::PackageFile* file = nullptr;
};

/// By twin key, the files of a role. Several have one key when one configuration has several names of a file.
std::multimap<std::string, File> files_by_key(const scratch::PackageSet& packages, scratch::Role role) {
    std::multimap<std::string, File> files;
    for (const rpm::Package* package : packages.of(role)) {
        for (const rpm::PackageFile& file : package->files) {
            if (file.is_directory() || is_build_id_link(file.path)) continue;
            files.emplace(compare::twin_key(file.path), File{file.path, &file});
        }
    }
    return files;
}

bool is_elf(const scratch::Layer& layer, const File& file) {
    return file.file->is_regular() && tree::read_elf(layer.root() / fs::path(file.path).relative_path()).has_value();
}

/// -debug has a debug version of all that is ELF or configuration.
Verdict complete(const Subject& subject) {
    const InstalledInterpreter* optimized = subject.of(python::optimized_traits);
    if (optimized == nullptr || subject.of(python::debug_traits) == nullptr)
        return Verdict::not_offered("there is one interpreter");
    const OneSidedPaths one_sided(subject);
    const auto debug = files_by_key(subject.packages, scratch::Role::debug);
    const std::unique_ptr<scratch::Layer> layer = subject.root->layer();
    FindingList findings;
    std::size_t count = 0;
    for (const auto& [key, file] : files_by_key(subject.packages, scratch::Role::base)) {
        if (!is_elf(*layer, file) && !is_configuration(*optimized, file.path)) continue;
        if (one_sided.contains(file.path)) continue;
        ++count;
        if (debug.count(key) == 0) findings.add(file.path + " has no debug version");
    }
    return findings.verdict(fmt::format("{} files have a debug version", count), "files without a debug version",
                            "-debug has a debug version of every ELF file and every file of configuration");
}

/// … and nothing else.
Verdict nothing_else(const Subject& subject) {
    if (subject.packages.of(scratch::Role::debug).empty()) return Verdict::not_offered("there is no -debug package");
    const OneSidedPaths one_sided(subject);
    const auto base = files_by_key(subject.packages, scratch::Role::base);
    FindingList findings;
    std::size_t count = 0;
    for (const auto& [key, file] : files_by_key(subject.packages, scratch::Role::debug)) {
        ++count;
        if (base.count(key) == 0 && !one_sided.contains(file.path)) findings.add(file.path);
    }
    return findings.verdict(fmt::format("{} files, each the debug version of one", count),
                            "files of -debug without an optimized version",
                            "every file of -debug is the debug version of a file in another package");
}

}  // namespace

std::vector<Check> content_checks(Subject& subject) {
    const std::vector<std::string> both{"optimized", "debug"};
    return {
        {"content.complete", "-debug has a debug version of every ELF file and every file of configuration",
         [&subject] { return complete(subject); }, Needs::installation, both},
        {"content.nothing-else", "-debug has only debug versions", [&subject] { return nothing_else(subject); },
         Needs::headers, both},
    };
}

}  // namespace pystacks::verify
