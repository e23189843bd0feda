#include "merge/linkage.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "merge/install_path.hpp"
#include "tree/elf.hpp"

namespace pystacks::merge {
namespace {

struct ElfFile {
    const std::string* path;
    std::set<std::string> configurations;  ///< whose processes load it
    std::vector<std::string> needed;
};

/// A shared file is everybody's who installs it; of a file that was chosen among several, only the winner's is left.
std::set<std::string> users_of(const PathVerdict& verdict) {
    const bool alike = verdict.kind == PathVerdict::Kind::shared || verdict.kind == PathVerdict::Kind::own;
    if (!alike) return {verdict.winner};
    return {verdict.configurations.begin(), verdict.configurations.end()};
}

}  // namespace

void check_linkage(const Comparison& comparison, const tree::Tree& merged) {
    std::vector<ElfFile> files;
    std::map<std::string, std::set<std::string>> providers;  // by soname
    for (const auto& [path, entry] : merged.entries) {
        if (entry.type != tree::FileType::regular) continue;
        const auto* verdict = comparison.find(path);
        if (verdict == nullptr) continue;  // made after the merge: bytecode
        const auto elf = tree::read_elf(on_disk(merged.root, path));
        if (!elf) continue;
        auto users = users_of(*verdict);
        if (!elf->soname.empty()) providers[elf->soname].insert(users.begin(), users.end());
        files.push_back({&path, std::move(users), elf->needed});
    }

    std::string violations;
    std::size_t count = 0;
    for (const auto& file : files)
        for (const auto& soname : file.needed) {
            const auto provider = providers.find(soname);
            if (provider == providers.end()) continue;
            for (const auto& user : file.configurations) {
                if (provider->second.contains(user)) continue;
                ++count;
                const std::vector<std::string> owners(provider->second.begin(), provider->second.end());
                violations += fmt::format("\n  {} ({}) needs {} ({})", *file.path, user, soname, join(owners, ", "));
            }
        }
    if (count == 0) return;
    throw Error(
        "cannot merge", fmt::format("{} wrong {}", count, count == 1 ? "link" : "links"),
        "these files need a library that only other configurations have, and would mix two ABIs in one process:" +
            violations,
        "check how that configuration was linked: its log, and LDFLAGS and LIBRARY_PATH in its environment");
}

}  // namespace pystacks::merge
