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
#include "verify/variant_checks.hpp"

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

/// By twin key, the files of a configuration. Several have one key when it has several names of a file.
std::multimap<std::string, File> files_by_key(const scratch::PackageSet& packages,
                                              const scratch::PackagedConfiguration& configuration) {
    std::multimap<std::string, File> files;
    for (const rpm::Package* package : packages.of_configuration(configuration.name)) {
        for (const rpm::PackageFile& file : package->files) {
            if (file.is_directory() || is_build_id_link(file.path)) continue;
            files.emplace(compare::twin_key(file.path, configuration.suffix), File{file.path, &file});
        }
    }
    return files;
}

bool is_elf(const scratch::Layer& layer, const File& file) {
    return file.file->is_regular() && tree::read_elf(layer.root() / fs::path(file.path).relative_path()).has_value();
}

/// A variant has a version of its own of all that is ELF or configuration.
Verdict complete(const Subject& subject, const Variant& variant) {
    const std::string& name = variant.itself.name;
    const InstalledInterpreter* of = subject.of(variant.of.name);
    if (of == nullptr) return Verdict::not_run("no package has an interpreter of " + variant.of.name);
    const OneSidedPaths one_sided(subject, subject.of(name));
    const auto own = files_by_key(subject.packages, variant.itself);
    const std::unique_ptr<scratch::Layer> layer = subject.root->layer();
    FindingList findings;
    std::size_t count = 0;
    for (const auto& [key, file] : files_by_key(subject.packages, variant.of)) {
        if (!is_elf(*layer, file) && !is_configuration(*of, file.path)) continue;
        if (one_sided.contains(file.path)) continue;
        ++count;
        if (own.count(key) == 0) findings.add(fmt::format("{} has no {} version", file.path, name));
    }
    return findings.verdict(
        fmt::format("{} files have a {} version", count, name), fmt::format("files without a {} version", name),
        fmt::format("{} has a version of every ELF file and every file of configuration of {}", name, variant.of.name));
}

/// … and nothing else.
Verdict nothing_else(const Subject& subject, const Variant& variant) {
    const std::string& name = variant.itself.name;
    const OneSidedPaths one_sided(subject, subject.of(name));
    const auto theirs = files_by_key(subject.packages, variant.of);
    FindingList findings;
    std::size_t count = 0;
    for (const auto& [key, file] : files_by_key(subject.packages, variant.itself)) {
        ++count;
        if (theirs.count(key) == 0 && !one_sided.contains(file.path)) findings.add(file.path);
    }
    return findings.verdict(
        fmt::format("{} files, each the {} version of one", count, name),
        fmt::format("files of {} that {} has no version of", name, variant.of.name),
        fmt::format("every file of {} is the {} version of a file of {}", name, name, variant.of.name));
}

}  // namespace

std::vector<Check> content_checks(Subject& subject) {
    std::vector<Check> checks = checks_of_variants(
        subject, {"content.complete", "{0} has a version of every ELF file and every file of configuration of {1}",
                  [&subject](const Variant& variant) { return complete(subject, variant); }, Needs::installation,
                  VariantCheck::Interpreters::both});
    for (Check& check :
         checks_of_variants(subject, {"content.nothing-else", "{0} has only {0} versions of files of {1}",
                                      [&subject](const Variant& variant) { return nothing_else(subject, variant); },
                                      Needs::headers, VariantCheck::Interpreters::both})) {
        checks.push_back(std::move(check));
    }
    return checks;
}

}  // namespace pystacks::verify
