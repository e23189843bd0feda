#include "transform/entry_overlap.hpp"

#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "catch.hpp"

using namespace pystacks::transform;

namespace {

std::string fixed_part(const FileEntry& entry) { return entry.rest.substr(0, entry.rest.find_first_of("*?[")); }

bool is_below(std::string path, std::string folder) {
    if (!path.ends_with('/')) path += '/';
    if (!folder.ends_with('/')) folder += '/';
    return path.starts_with(folder);
}

/// What is meant, for two entries.
bool overlap(const FileEntry& a, const FileEntry& b) {
    const std::string one = fixed_part(a), other = fixed_part(b);
    if (a.kind == EntryKind::exact_module && b.kind == EntryKind::exact_module) return a.rest == b.rest;
    const bool patterns = one != a.rest || other != b.rest;
    if (patterns) return one.starts_with(other) || other.starts_with(one);
    return is_below(one, other) || is_below(other, one);
}

using Row = std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>;

/// Compares each package with each one below it, entry by entry.
std::vector<Row> expected(const std::vector<ModuleOwner>& owners) {
    std::vector<Row> rows;
    for (std::size_t b = 0; b < owners.size(); ++b) {
        for (std::size_t j = 0; j < owners[b].entries.size(); ++j) {
            const auto find = [&]() -> std::vector<Row> {
                for (std::size_t a = 0; a < b; ++a) {
                    if (owners[a].name.same_package(owners[b].name)) continue;
                    for (std::size_t i = 0; i < owners[a].entries.size(); ++i) {
                        if (overlap(owners[a].entries[i], owners[b].entries[j])) return {{a, i, b, j}};
                    }
                }
                return {};
            };
            for (const Row& row : find()) rows.push_back(row);
        }
    }
    return rows;
}

std::vector<Row> found(const std::vector<ModuleOwner>& owners) {
    std::vector<Row> rows;
    for (const EntryOverlap& each : entry_overlaps(owners))
        rows.emplace_back(each.first_owner, each.first_entry, each.owner, each.entry);
    return rows;
}

}  // namespace

TEST_CASE("entries get in each other's way as a comparison of each with each says") {
    std::mt19937 random(1);
    const auto below = [&](std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
    };
    const std::vector<std::string> parts{"a", "b", "/", "a", "/", "*", "?", "ab"};
    const std::vector<EntryKind> kinds{EntryKind::exact_module, EntryKind::exact_module, EntryKind::module_glob,
                                       EntryKind::open_glob, EntryKind::folder};
    for (int round = 0; round < 2000; ++round) {
        std::vector<ModuleOwner> owners(1 + below(4));
        for (ModuleOwner& owner : owners) {
            owner.name.text = std::string(1, static_cast<char>('x' + below(3)));
            owner.name.absolute = below(2) == 0;
            owner.entries.resize(below(4));
            for (FileEntry& entry : owner.entries) {
                entry.kind = kinds[below(kinds.size())];
                for (std::size_t length = below(4); length > 0; --length) entry.rest += parts[below(parts.size())];
            }
        }
        CHECK(found(owners) == expected(owners));
    }
}
