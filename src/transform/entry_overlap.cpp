#include "transform/entry_overlap.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace pystacks::transform {
namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// What is compared of an entry.
struct Place {
    std::size_t owner = 0, entry = 0;
    std::size_t package = 0;  ///< the same number for %files of the same package
    std::string_view rest;
    std::string_view fixed;  ///< the part before the first pattern
    std::string folder;      ///< the same as a folder: "lib" is not in the way of "library", but of "lib/rary"
    bool exact = false;
    std::size_t text = none, folder_text = none;  ///< numbers of `fixed` and `folder` among all of them

    [[nodiscard]] bool is_pattern() const { return fixed.size() != rest.size(); }
};

/// The first of some places, and the first that is of another package than that one.
class Earliest {
public:
    /// To be called in the order of the places.
    void add(std::size_t place, std::size_t package) {
        if (first_ == none) {
            first_ = place;
            package_ = package;
        } else if (other_ == none && package != package_) {
            other_ = place;
        }
    }
    /// The first one that is not of @p package.
    [[nodiscard]] std::size_t without(std::size_t package) const { return package_ == package ? other_ : first_; }

private:
    std::size_t first_ = none, other_ = none;
    std::size_t package_ = none;
};

/// Texts in their order, each with the longest other one that it begins with. So all that a text begins with is reached
/// in fewer steps than it has characters.
class Beginnings {
public:
    explicit Beginnings(std::vector<std::string_view> texts) : texts_(std::move(texts)) {
        std::sort(texts_.begin(), texts_.end());
        texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
        parents_.resize(texts_.size(), none);
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            while (!open.empty() && !texts_[i].starts_with(texts_[open.back()])) open.pop_back();
            if (!open.empty()) parents_[i] = open.back();
            open.push_back(i);
        }
    }

    [[nodiscard]] std::size_t size() const { return texts_.size(); }
    [[nodiscard]] std::size_t parent(std::size_t text) const { return parents_[text]; }
    [[nodiscard]] std::size_t number_of(std::string_view text) const {
        return static_cast<std::size_t>(std::lower_bound(texts_.begin(), texts_.end(), text) - texts_.begin());
    }

private:
    std::vector<std::string_view> texts_;
    std::vector<std::size_t> parents_;
};

/// Places by text.
class Notes {
public:
    explicit Notes(const Beginnings& texts) : texts_(texts), at_(texts.size()), below_(texts.size()) {}

    void add(std::size_t text, std::size_t place, std::size_t package) {
        at_[text].add(place, package);
        for (; text != none; text = texts_.parent(text)) below_[text].add(place, package);
    }

    /// The first place, not of @p package, whose text begins with this one or the other way round.
    [[nodiscard]] std::size_t first_in_line(std::size_t text, std::size_t package) const {
        std::size_t first = below_[text].without(package);
        while ((text = texts_.parent(text)) != none) first = std::min(first, at_[text].without(package));
        return first;
    }

private:
    const Beginnings& texts_;
    std::vector<Earliest> at_, below_;
};

std::vector<Place> places_of(const std::vector<ModuleOwner>& owners, const std::vector<std::size_t>& alternatives) {
    std::map<std::pair<bool, std::string_view>, std::size_t> packages;
    std::vector<Place> places;
    for (std::size_t owner = 0; owner < owners.size(); ++owner) {
        const bool second = owner < alternatives.size() && alternatives[owner] < owner;
        const PackageName& name = owners[second ? alternatives[owner] : owner].name;
        const std::size_t package =
            packages.emplace(std::pair(name.absolute, std::string_view(name.text)), packages.size()).first->second;
        for (std::size_t entry = 0; entry < owners[owner].entries.size(); ++entry) {
            const FileEntry& from = owners[owner].entries[entry];
            Place place{owner, entry, package, from.rest, from.rest, {}, from.kind == EntryKind::exact_module};
            place.fixed = place.rest.substr(0, place.rest.find_first_of("*?["));
            if (!place.is_pattern()) place.folder = from.rest.ends_with('/') ? from.rest : from.rest + '/';
            places.push_back(std::move(place));
        }
    }
    return places;
}

Beginnings texts_of(const std::vector<Place>& places) {
    std::vector<std::string_view> texts;
    for (const Place& each : places) texts.push_back(each.fixed);
    return Beginnings(std::move(texts));
}

Beginnings folders_of(const std::vector<Place>& places) {
    std::vector<std::string_view> texts;
    for (const Place& each : places) {
        if (!each.is_pattern()) texts.emplace_back(each.folder);
    }
    return Beginnings(std::move(texts));
}

/// The places of the owners so far.
class Seen {
public:
    Seen(const Beginnings& texts, const Beginnings& folders)
        : patterns_{Notes(texts), Notes(texts)},
          texts_{Notes(texts), Notes(texts)},
          folders_{Notes(folders), Notes(folders)} {}

    /// The first one in whose way @p place is. Two names of modules are in each other's way if they are the same.
    [[nodiscard]] std::size_t first_in_the_way(const Place& place) const {
        std::size_t first = none;
        for (const bool exact : {false, true}) {
            if (exact && place.exact) continue;
            const std::size_t kind = exact ? 1 : 0;
            first = std::min(first, patterns_[kind].first_in_line(place.text, place.package));
            first =
                std::min(first, place.is_pattern() ? texts_[kind].first_in_line(place.text, place.package)
                                                   : folders_[kind].first_in_line(place.folder_text, place.package));
        }
        if (!place.exact) return first;
        const auto same = names_.find(place.rest);
        return same == names_.end() ? first : std::min(first, same->second.without(place.package));
    }

    void add(const Place& place, std::size_t number) {
        const std::size_t kind = place.exact ? 1 : 0;
        (place.is_pattern() ? patterns_ : texts_)[kind].add(place.text, number, place.package);
        if (!place.is_pattern()) folders_[kind].add(place.folder_text, number, place.package);
        if (place.exact) names_[place.rest].add(number, place.package);
    }

private:
    std::array<Notes, 2> patterns_, texts_, folders_;  ///< of all but names of modules, of these
    std::map<std::string_view, Earliest> names_;
};

}  // namespace

std::vector<EntryOverlap> entry_overlaps(const std::vector<ModuleOwner>& owners,
                                         const std::vector<std::size_t>& alternatives) {
    std::vector<Place> places = places_of(owners, alternatives);
    const Beginnings texts = texts_of(places), folders = folders_of(places);
    for (Place& each : places) {
        each.text = texts.number_of(each.fixed);
        if (!each.is_pattern()) each.folder_text = folders.number_of(each.folder);
    }
    std::vector<EntryOverlap> found;
    Seen seen(texts, folders);
    for (std::size_t begin = 0, end = 0; begin < places.size(); begin = end) {
        for (end = begin; end < places.size() && places[end].owner == places[begin].owner; ++end) {
            const std::size_t first = seen.first_in_the_way(places[end]);
            if (first != none)
                found.push_back({places[first].owner, places[first].entry, places[end].owner, places[end].entry});
        }
        for (std::size_t i = begin; i < end; ++i) seen.add(places[i], i);
    }
    return found;
}

}  // namespace pystacks::transform
