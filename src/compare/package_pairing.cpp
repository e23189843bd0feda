#include <map>
#include <string>

#include "base/error.hpp"
#include "compare/pairing.hpp"
#include "compare/twin_name.hpp"

namespace pystacks::compare {
namespace {

std::string arch_of(const rpm::Package& package) { return package.is_source ? "src" : package.arch; }

using Named = std::map<std::string, std::size_t>;  // "name.arch" to the index

Named by_name(const Side& side) {
    Named result;
    for (std::size_t index = 0; index < side.packages.size(); ++index) {
        const rpm::Package& package = side.packages[index];
        const auto [known, is_new] = result.emplace(package.name + '.' + arch_of(package), index);
        if (is_new) continue;
        throw Error(ErrorKind::usage, "cannot compare", side.path.string(),
                    "two of its packages have the same name: " + side.packages[known->second].file.string() + " and " +
                        package.file.string(),
                    "leave one release of each package there");
    }
    return result;
}

/// By name without versions; only names that no other package of the side shares.
Named by_versionless_name(const Side& side, const Named& named) {
    Named result;
    for (const auto& [name, index] : named) {
        const auto [known, is_new] =
            result.emplace(versionless_key(side.packages[index].name) + '.' + arch_of(side.packages[index]), index);
        if (!is_new) known->second = no_package;
    }
    std::erase_if(result, [](const auto& entry) { return entry.second == no_package; });
    return result;
}

}  // namespace

std::vector<std::size_t> pair_packages(const Side& a, const Side& b) {
    if (a.packages.size() == 1 && b.packages.size() == 1) {
        if (a.packages[0].is_source == b.packages[0].is_source) return {0};
        const Side& source = a.packages[0].is_source ? a : b;
        throw Error(ErrorKind::usage, "cannot compare", source.path.string(),
                    "it is a source package, the other one is not", "compare two source packages, or two built ones");
    }
    std::vector<std::size_t> partners(a.packages.size(), no_package);
    std::vector<bool> taken(b.packages.size(), false);
    Named left_a = by_name(a);
    Named left_b = by_name(b);
    const auto pair_equal = [&](const Named& from_a, const Named& from_b) {
        for (const auto& [name, index] : from_a) {
            const auto found = from_b.find(name);
            if (found == from_b.end()) continue;
            partners[index] = found->second;
            taken[found->second] = true;
        }
    };
    pair_equal(left_a, left_b);
    std::erase_if(left_a, [&](const auto& entry) { return partners[entry.second] != no_package; });
    std::erase_if(left_b, [&](const auto& entry) { return taken[entry.second]; });
    pair_equal(by_versionless_name(a, left_a), by_versionless_name(b, left_b));
    return partners;
}

}  // namespace pystacks::compare
