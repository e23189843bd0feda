#include "verify/abi_checks.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "findings/finding_list.hpp"
#include "python/symbols.hpp"
#include "tree/dwarf.hpp"
#include "verify/variant_checks.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Needs;
using findings::Verdict;

using Paths = std::set<std::string>;
using scratch::PackagedConfiguration;

/// The libpythons of each configuration are those that its packages provide.
Verdict linkage(ElfInventory& inventory, const Variant& variant) {
    const std::string& name = variant.itself.name;
    std::map<std::string, const ElfFile*> libraries;
    FindingList findings;
    for (const ElfFile& file : inventory.files()) {
        if (file.info.soname.empty()) continue;
        const auto [known, is_new] = libraries.emplace(file.info.soname, &file);
        const bool both = !is_new && known->second->configuration != file.configuration &&
                          (known->second->configuration == name || file.configuration == name);
        if (both) findings.add(file.path + " has the soname of " + known->second->path);
    }
    std::size_t count = 0;
    for (const ElfFile& file : inventory.files()) {
        for (const std::string& library : file.info.needed) {
            const auto found = libraries.find(library);
            if (found == libraries.end()) continue;
            const bool from = file.configuration == name;
            const bool to = found->second->configuration == name;
            if (from || to) ++count;
            if (from != to) findings.add(file.path + " needs " + library);
        }
    }
    return findings.verdict(
        fmt::format("{} links to or from files of {}, none of them to or from another configuration", count, name),
        "files linked to another configuration",
        fmt::format("files of {} need libraries of {}, and no others need these", name, name));
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
Verdict build_folders(const Subject& subject, ElfInventory& inventory, const PackagedConfiguration& configuration) {
    const std::unique_ptr<scratch::Layer> layer = subject.root->layer();
    std::map<std::string, Paths> own;
    for (const InstalledInterpreter& interpreter : subject.interpreters) {
        const ElfFile* file = file_at(inventory, interpreter.executable);
        Paths& folders = own[interpreter.configuration()];
        if (file != nullptr) folders = compiled_in(*layer, *file);
        if (folders.empty()) {
            return Verdict::not_run("there is no debug information for " + interpreter.executable +
                                    ": no -debuginfo package was given that has it");
        }
    }
    const auto here = own.find(configuration.name);
    if (here == own.end()) return Verdict::not_run("no package has an interpreter of " + configuration.name);
    for (const auto& [name, folders] : own) {
        if (name == configuration.name || folders != here->second) continue;
        return Verdict::not_offered(
            fmt::format("the interpreter of {} was compiled in the same folder, {}", name, *folders.begin()));
    }
    FindingList findings;
    std::size_t count = 0;
    std::size_t files = 0;
    for (const ElfFile& file : inventory.files()) {
        if (file.configuration != configuration.name) continue;
        const Paths seen = compiled_in(*layer, file);
        ++files;
        if (!seen.empty()) ++count;
        for (const std::string& path : seen) {
            if (here->second.count(path) == 0) findings.add(file.path + " was compiled in " + path);
        }
    }
    return findings.verdict(
        fmt::format("{} of {} files say where they were compiled: in the folder of their own interpreter", count,
                    files),
        "files compiled in another configuration's build folder",
        fmt::format("{} files compiled in {}", configuration.name, *here->second.begin()));
}

/// ELF's half of the same: what the headers made of Py_INCREF shows in the symbols that a module asks for.
Verdict reference_counting(ElfInventory& inventory, const PackagedConfiguration& configuration) {
    const bool debug = configuration.traits.has(python::Trait::debug);
    FindingList findings;
    std::size_t files = 0;
    std::size_t count = 0;
    for (const ElfFile& file : inventory.files()) {
        if (file.configuration != configuration.name) continue;
        ++files;
        if (!python::counts_references(file.info)) continue;
        ++count;
        if (!debug) findings.add(file.path + " counts references as debug builds do");
    }
    if (debug && count == 0) return Verdict::not_offered("no file needs symbols of Py_REF_DEBUG");
    return findings.verdict(debug ? fmt::format("{} of {} files count references", count, files)
                                  : fmt::format("none of {} files counts references", files),
                            "files compiled with debug headers",
                            "only files of configurations with the trait debug count references");
}

/// A module that has the bytes of another configuration's is none.
Verdict same_bytes(const scratch::PackageSet& packages, const Variant& variant) {
    const std::string& name = variant.itself.name;
    std::map<std::string, std::string> others;
    for (const PackagedConfiguration& other : packages.configurations()) {
        if (other.name == name) continue;
        for (const rpm::Package* package : packages.of_configuration(other.name)) {
            for (const rpm::PackageFile& file : package->files) {
                if (file.is_regular() && file.size > 0) others.try_emplace(file.digest, file.path);
            }
        }
    }
    FindingList findings;
    std::size_t count = 0;
    for (const rpm::Package* package : packages.of_configuration(name)) {
        for (const rpm::PackageFile& file : package->files) {
            if (!file.is_regular() || !file.path.ends_with(".so")) continue;
            ++count;
            const auto twin = others.find(file.digest);
            if (twin != others.end()) findings.add(file.path + " has the bytes of " + twin->second);
        }
    }
    if (count == 0) return Verdict::not_offered("the packages of " + name + " have no modules");
    return findings.verdict(fmt::format("{} modules, none with the bytes of another configuration's", count),
                            "modules with the bytes of another configuration's",
                            fmt::format("no module of {} has the bytes of another configuration's file", name));
}

}  // namespace

std::string debug_file_of(const std::string& build_id) {
    if (build_id.size() < 3) return {};
    return "/usr/lib/debug/.build-id/" + build_id.substr(0, 2) + "/" + build_id.substr(2) + ".debug";
}

std::vector<Check> abi_checks(Subject& subject, const std::shared_ptr<ElfInventory>& inventory) {
    std::vector<Check> checks;
    const auto add = [&checks](std::vector<Check> some) {
        checks.insert(checks.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    };
    add(checks_of_variants(subject,
                           {"abi.linkage", "no file of {0} is linked to another configuration, and none to {0}",
                            [inventory](const Variant& variant) { return linkage(*inventory, variant); }}));
    std::vector<Check> folders = checks_of_configurations(
        subject, "abi.build-folders", "every file of {0} was compiled in {0}'s own build folder, by its DWARF",
        [inventory, &subject](const auto& configuration) { return build_folders(subject, *inventory, configuration); });
    for (std::size_t i = 0; i < folders.size(); ++i)
        folders[i].interpreters = {subject.packages.configurations()[i].name};
    add(std::move(folders));
    add(checks_of_configurations(
        subject, "abi.reference-counting",
        "files of {0} were compiled to count references only if it is a debug configuration, by their symbols",
        [inventory](const auto& configuration) { return reference_counting(*inventory, configuration); }));
    add(checks_of_variants(
        subject,
        {"abi.same-bytes", "no module of {0} has the bytes of another configuration's file",
         [&subject](const Variant& variant) { return same_bytes(subject.packages, variant); }, Needs::headers}));
    return checks;
}

}  // namespace pystacks::verify
