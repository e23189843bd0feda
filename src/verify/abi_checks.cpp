#include "verify/abi_checks.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "findings/finding_list.hpp"
#include "python/symbols.hpp"
#include "tree/dwarf.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Needs;
using findings::Verdict;

using Paths = std::set<std::string>;

/// For which interpreter a file is, by its package.
python::Traits traits_of(const ElfFile& file) {
    return file.role == scratch::Role::debug ? python::debug_traits : python::optimized_traits;
}

/// The libpythons of each configuration are those that its packages provide.
Verdict linkage(ElfInventory& inventory) {
    std::map<std::string, python::Traits> libraries;
    for (const ElfFile& file : inventory.files()) {
        if (!file.info.soname.empty()) libraries[file.info.soname] = traits_of(file);
    }
    FindingList findings;
    std::size_t count = 0;
    for (const ElfFile& file : inventory.files()) {
        for (const std::string& library : file.info.needed) {
            const auto found = libraries.find(library);
            if (found == libraries.end()) continue;
            ++count;
            if (found->second != traits_of(file)) findings.add(file.path + " needs " + library);
        }
    }
    return findings.verdict(fmt::format("{} links between files of the stack, none to the other configuration", count),
                            "files linked to the other configuration",
                            "debug files need libraries of -debug, optimized files those of the other packages");
}

/// Where a file was compiled, by its debug information; empty when nothing says.
Paths compiled_in(const scratch::Layer& layer, const ElfFile& file) {
    const fs::path separate = layer.root() / fs::path(debug_file_of(file.info.build_id)).relative_path();
    if (fs::exists(separate)) return tree::compilation_folders(separate);
    return tree::compilation_folders(layer.root() / fs::path(file.path).relative_path());
}

const ElfFile* file_at(ElfInventory& inventory, const std::string& path) {
    const auto found = std::find_if(inventory.files().begin(), inventory.files().end(),
                                    [&](const ElfFile& file) { return file.path == path; });
    return found == inventory.files().end() ? nullptr : &*found;
}

/// Each configuration has a build folder, with a pyconfig.h, of its own; so a file that was compiled where the
/// interpreter of its configuration was has that configuration's headers. (DWARF itself does not name pyconfig.h, which
/// has macros alone.)
Verdict build_folders(const Subject& subject, ElfInventory& inventory) {
    const std::unique_ptr<scratch::Layer> layer = subject.root->layer();
    std::map<python::Traits, Paths> own;
    for (const InstalledInterpreter& interpreter : subject.interpreters) {
        const ElfFile* file = file_at(inventory, interpreter.executable);
        if (file != nullptr) own[interpreter.abi.traits] = compiled_in(*layer, *file);
        if (own[interpreter.abi.traits].empty()) {
            return Verdict::not_run("there is no debug information for " + interpreter.executable +
                                    ": no -debuginfo package was given that has it");
        }
    }
    if (own.size() == 2 && own.begin()->second == own.rbegin()->second) {
        return Verdict::not_offered("both interpreters were compiled in one folder, " + *own.begin()->second.begin());
    }
    FindingList findings;
    std::size_t count = 0;
    for (const ElfFile& file : inventory.files()) {
        const auto folders = own.find(traits_of(file));
        if (folders == own.end()) continue;  // there is no interpreter to compare with
        const Paths seen = compiled_in(*layer, file);
        if (!seen.empty()) ++count;
        for (const std::string& path : seen) {
            if (folders->second.count(path) == 0) findings.add(file.path + " was compiled in " + path);
        }
    }
    std::string expected;
    for (const auto& [traits, folders] : own) {
        expected += name_of(traits) + " files compiled in " + *folders.begin() + "\n";
    }
    expected.pop_back();
    return findings.verdict(
        fmt::format("{} of {} files say where they were compiled: in the folder of their own interpreter", count,
                    inventory.files().size()),
        "files compiled in another configuration's build folder", expected);
}

/// ELF's half of the same: what the headers made of Py_INCREF shows in the symbols that a module asks for.
Verdict reference_counting(ElfInventory& inventory) {
    FindingList findings;
    std::size_t count = 0;
    for (const ElfFile& file : inventory.files()) {
        if (!python::counts_references(file.info)) continue;
        ++count;
        if (!traits_of(file).has(python::Trait::debug))
            findings.add(file.path + " counts references as debug builds do");
    }
    if (count == 0) return Verdict::not_offered("no file needs symbols of Py_REF_DEBUG");
    return findings.verdict(fmt::format("{} files count references, all in -debug", count),
                            "optimized files compiled with debug headers", "only files of -debug count references");
}

/// A debug module that has the bytes of an optimized one is none.
Verdict same_bytes(const scratch::PackageSet& packages) {
    std::map<std::string, std::string> optimized;
    for (const rpm::Package* package : packages.of(scratch::Role::base)) {
        for (const rpm::PackageFile& file : package->files) {
            if (file.is_regular() && file.size > 0) optimized.try_emplace(file.digest, file.path);
        }
    }
    FindingList findings;
    std::size_t count = 0;
    for (const rpm::Package* package : packages.of(scratch::Role::debug)) {
        for (const rpm::PackageFile& file : package->files) {
            if (!file.is_regular() || !file.path.ends_with(".so")) continue;
            ++count;
            const auto twin = optimized.find(file.digest);
            if (twin != optimized.end()) findings.add(file.path + " has the bytes of " + twin->second);
        }
    }
    if (count == 0) return Verdict::not_offered("there is no -debug package with modules");
    return findings.verdict(fmt::format("{} debug modules, none with the bytes of an optimized module", count),
                            "debug modules with the bytes of an optimized module",
                            "no module of -debug has the bytes of an optimized module");
}

}  // namespace

std::string debug_file_of(const std::string& build_id) {
    if (build_id.size() < 3) return {};
    return "/usr/lib/debug/.build-id/" + build_id.substr(0, 2) + "/" + build_id.substr(2) + ".debug";
}

std::vector<Check> abi_checks(Subject& subject, const std::shared_ptr<ElfInventory>& inventory) {
    return {
        {"abi.linkage", "no file is linked to a library of the other configuration",
         [inventory] { return linkage(*inventory); }},
        {"abi.build-folders",
         "every file was compiled in its own configuration's build folder, by its DWARF",
         [inventory, &subject] { return build_folders(subject, *inventory); },
         Needs::installation,
         {"optimized", "debug"}},
        {"abi.reference-counting", "only files of -debug were compiled to count references, by their symbols",
         [inventory] { return reference_counting(*inventory); }},
        {"abi.same-bytes", "no module of -debug has the bytes of an optimized module",
         [&subject] { return same_bytes(subject.packages); }, Needs::headers},
    };
}

}  // namespace pystacks::verify
