#include "verify/abi_checks.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "tree/dwarf.hpp"
#include "verify/finding_list.hpp"

namespace pystacks::verify {
namespace {

using Paths = std::set<std::string>;

bool is_debug(const ElfFile& file) { return file.role == Role::debug; }

/// The libpythons of each configuration are those that its packages provide.
Verdict linkage(ElfInventory& inventory) {
    std::map<std::string, bool> library_is_debug;
    for (const ElfFile& file : inventory.files()) {
        if (!file.info.soname.empty()) library_is_debug[file.info.soname] = is_debug(file);
    }
    FindingList findings;
    std::size_t count = 0;
    for (const ElfFile& file : inventory.files()) {
        for (const std::string& library : file.info.needed) {
            const auto found = library_is_debug.find(library);
            if (found == library_is_debug.end()) continue;
            ++count;
            if (found->second != is_debug(file)) findings.add(file.path + " needs " + library);
        }
    }
    return findings.verdict(fmt::format("{} links within the stack", count), "files linked to the other configuration",
                            "debug files need libraries of -debug, optimized files those of the other packages");
}

/// The pyconfig.h that a file was compiled with; empty when nothing says.
Paths configuration_headers(const Layer& layer, const ElfFile& file) {
    const fs::path separate = layer.root() / fs::path(debug_file_of(file.info.build_id)).relative_path();
    if (fs::exists(separate)) return tree::source_files(separate, "pyconfig.h");
    return tree::source_files(layer.root() / fs::path(file.path).relative_path(), "pyconfig.h");
}

const ElfFile* file_at(ElfInventory& inventory, const std::string& path) {
    const auto found = std::find_if(inventory.files().begin(), inventory.files().end(),
                                    [&](const ElfFile& file) { return file.path == path; });
    return found == inventory.files().end() ? nullptr : &*found;
}

/// Every file was compiled with the pyconfig.h that the interpreter of its configuration was compiled with.
Verdict headers(const Subject& subject, ElfInventory& inventory) {
    const std::unique_ptr<Layer> layer = subject.root.layer();
    std::map<bool, Paths> own;
    for (const Interpreter& interpreter : subject.interpreters) {
        const ElfFile* file = file_at(inventory, interpreter.executable);
        if (file != nullptr) own[interpreter.debug] = configuration_headers(*layer, *file);
        if (own[interpreter.debug].empty()) {
            return Verdict::not_offered("there is no debug information for " + interpreter.executable);
        }
    }
    FindingList findings;
    if (own.size() == 2 && own[false] == own[true]) findings.add("both interpreters: " + *own[true].begin());
    std::size_t count = 0;
    for (const ElfFile& file : inventory.files()) {
        const Paths seen = configuration_headers(*layer, file);
        if (!seen.empty()) ++count;
        for (const std::string& path : seen) {
            if (own[is_debug(file)].count(path) == 0) findings.add(file.path + " was compiled with " + path);
        }
    }
    return findings.verdict(
        fmt::format("{} files say which pyconfig.h they were compiled with", count),
        "files compiled with another configuration's headers",
        "each file was compiled with the pyconfig.h of its own configuration: " + *own.begin()->second.begin());
}

/// A debug module that has the bytes of an optimized one is none.
Verdict same_bytes(const PackageSet& packages) {
    std::map<std::string, std::string> optimized;
    for (const rpm::Package* package : packages.of(Role::base)) {
        for (const rpm::PackageFile& file : package->files) {
            if (file.is_regular() && file.size > 0) optimized.try_emplace(file.digest, file.path);
        }
    }
    FindingList findings;
    std::size_t count = 0;
    for (const rpm::Package* package : packages.of(Role::debug)) {
        for (const rpm::PackageFile& file : package->files) {
            if (!file.is_regular() || !file.path.ends_with(".so")) continue;
            ++count;
            const auto twin = optimized.find(file.digest);
            if (twin != optimized.end()) findings.add(file.path + " has the bytes of " + twin->second);
        }
    }
    if (count == 0) return Verdict::not_offered("there is no -debug package with modules");
    return findings.verdict(fmt::format("{} files", count), "debug modules that are optimized ones",
                            "no module of -debug has the bytes of an optimized one");
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
        {"abi.headers", "every file was compiled with its own configuration's pyconfig.h, by its debug information",
         [inventory, &subject] { return headers(subject, *inventory); }},
        {"abi.same-bytes", "no module of -debug has the bytes of an optimized one",
         [&subject] { return same_bytes(subject.packages); }},
    };
}

}  // namespace pystacks::verify
