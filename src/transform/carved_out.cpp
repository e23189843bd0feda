#include "transform/carved_out.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>

namespace pystacks::transform {
namespace {

/// Each is compared with all other entries, so a spec with more of them is left to people.
constexpr std::size_t most_compared = 64;

/// Whether @p narrow is a folder below @p wide, of a package that has no module as far as the text shows. What both
/// list is in both packages, and so is right in either -debug package.
bool is_part(const ModuleOwner& owner, const FileEntry& narrow, const FileEntry& wide) {
    if (owner.surely_has_modules() || wide.kind != EntryKind::folder || narrow.kind != EntryKind::folder) return false;
    const std::string folder = std::string(without_folder_end(wide.rest)) + "/";
    return narrow.rest.size() > folder.size() && narrow.rest.starts_with(folder);
}

class TellingApart {
public:
    TellingApart(const std::vector<ModuleOwner>& owners, const std::vector<std::size_t>& alternatives)
        : owners_(owners), alternatives_(alternatives), result_{{}, std::vector<std::size_t>(owners.size())} {
        std::iota(result_.order.begin(), result_.order.end(), std::size_t{0});
    }

    ToldApart tell() {
        for (const EntryOverlap& each : entry_overlaps(owners_, alternatives_)) {
            if (!is_carved_out(each)) result_.overlaps.push_back(each);
        }
        return std::move(result_);
    }

private:
    [[nodiscard]] bool is_carved_out(const EntryOverlap& overlap) {
        const ModuleOwner& first = owners_[overlap.first_owner];
        const ModuleOwner& second = owners_[overlap.owner];
        const FileEntry& upper = first.entries[overlap.first_entry];
        const FileEntry& lower = second.entries[overlap.entry];
        const bool lower_is_narrow = first.excludes(lower) || is_part(second, lower, upper);
        const bool upper_is_narrow = !lower_is_narrow && (second.excludes(upper) || is_part(first, upper, lower));
        if (!lower_is_narrow && !upper_is_narrow) return false;
        if (++compared_ > most_compared || !is_alone(overlap.owner, lower, overlap.first_owner)) return false;
        return lower_is_narrow ? put_before(overlap.owner, overlap.first_owner)
                               : put_before(overlap.first_owner, overlap.owner);
    }

    /// Whether no third package before it names what @p entry names: entry_overlaps() has only the first one.
    [[nodiscard]] bool is_alone(std::size_t owner, const FileEntry& entry, std::size_t than) const {
        ModuleOwner narrow = owners_[owner];
        narrow.entries = {entry};
        std::vector<ModuleOwner> others;
        for (std::size_t i = 0; i < owner; ++i) {
            const bool in_its_place = i < alternatives_.size() && alternatives_[i] == owner;
            if (i != than && !in_its_place && !owners_[i].name.same_package(owners_[than].name)) {
                others.push_back(owners_[i]);
            }
        }
        others.push_back(std::move(narrow));
        const std::vector<EntryOverlap> found = entry_overlaps(others);
        return std::none_of(found.begin(), found.end(),
                            [&](const EntryOverlap& each) { return each.owner + 1 == others.size(); });
    }

    /// @returns false where another exclusion says the opposite
    [[nodiscard]] bool put_before(std::size_t narrow, std::size_t wide) {
        const auto opposite = std::pair(wide, narrow);
        if (std::find(pairs_.begin(), pairs_.end(), opposite) != pairs_.end()) return false;
        pairs_.emplace_back(narrow, wide);
        const auto at = [this](std::size_t owner) {
            return std::find(result_.order.begin(), result_.order.end(), owner);
        };
        const auto before = at(wide), now = at(narrow);
        if (now > before) std::rotate(before, now, now + 1);
        // A circle over more than two packages.
        return std::all_of(pairs_.begin(), pairs_.end(),
                           [&](const auto& pair) { return at(pair.first) < at(pair.second); });
    }

    const std::vector<ModuleOwner>& owners_;
    const std::vector<std::size_t>& alternatives_;
    std::vector<std::pair<std::size_t, std::size_t>> pairs_;
    std::size_t compared_ = 0;
    ToldApart result_;
};

}  // namespace

ToldApart tell_apart(const std::vector<ModuleOwner>& owners, const std::vector<std::size_t>& alternatives) {
    return TellingApart(owners, alternatives).tell();
}

}  // namespace pystacks::transform
