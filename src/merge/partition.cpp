#include "merge/partition.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"
#include "merge/install_path.hpp"
#include "merge/requirements.hpp"

namespace pystacks::merge {
namespace {

using Mark = OwnedPath::Mark;

// rpm's: find-debuginfo moves there what it strips, and lists it for the debuginfo packages.
constexpr std::string_view debug_folder = "/usr/lib/debug";
constexpr std::size_t most_paths_listed = 20;

std::vector<std::string> without_empty(const std::vector<std::string>& patterns) {
    std::vector<std::string> result;
    std::copy_if(patterns.begin(), patterns.end(), std::back_inserter(result),
                 [](const std::string& pattern) { return !trim(pattern).empty(); });
    return result;
}

/// A package's patterns, ready to match.
struct Claims {
    explicit Claims(const stack::Package& claiming)
        : package(&claiming),
          licenses(without_empty(claiming.license_files)),
          docs(without_empty(claiming.doc_files)),
          files(without_empty(claiming.files)) {}

    [[nodiscard]] std::optional<Mark> mark(std::string_view path) const {
        if (licenses.matches(path)) return Mark::license;
        if (docs.matches(path)) return Mark::doc;
        if (files.matches(path)) return Mark::file;
        return std::nullopt;
    }

    const stack::Package* package;
    PathPatternList licenses, docs, files;
};

struct Owner {
    std::size_t package;
    Mark mark;
};

/// One partition while it is made. Packages are indices into claims_, in the stack's order.
class Partitioner {
public:
    Partitioner(const stack::Stack& stack, const Comparison& comparison, const tree::Tree& merged)
        : stack_(stack), comparison_(comparison), merged_(merged), system_(without_empty(stack.system_directories)) {
        for (const auto& package : stack.packages) {
            if (!package.condition.enabled()) continue;
            refuse_base_configuration(package);
            claims_.emplace_back(package);
            result_.packages.push_back({package.name, {}});
        }
        lists_.resize(claims_.size());
    }

    Partition run() {
        collect_filled_directories();
        for (const auto& [path, entry] : merged_.entries) claim_content(path, entry);
        require_all_claimed();
        require_base_unaware();
        own_directories();
        for (std::size_t index = 0; index < claims_.size(); ++index) {
            auto& paths = result_.packages[index].paths;
            for (const auto& [path, mark] : lists_[index]) paths.push_back({path, mark});
        }
        warn_of_idle_patterns();
        return std::move(result_);
    }

private:
    void refuse_base_configuration(const stack::Package& package) const {
        if (package.configuration != comparison_.base) return;
        throw Error(ErrorKind::usage, "cannot divide the files", package.place.text(),
                    fmt::format("{} claims the base configuration's own files, and which ones those are depends on "
                                "other configurations",
                                package.name),
                    "claim its files by patterns");
    }

    /// Whose decision it was that the path is there; bytecode comes and goes with its source.
    [[nodiscard]] const PathVerdict* verdict_of(std::string_view path) const {
        if (const auto source = existing_source(path)) path = source->first;
        return comparison_.find(path);
    }

    [[nodiscard]] bool belongs_to_base(std::string_view path) const {
        if (const auto* verdict = verdict_of(path)) return comparison_.installed_by_base(*verdict);
        // A __pycache__ that byte-compilation made: the base would have it for bytecode of its own only.
        const auto prefix = std::string(path) + '/';
        for (auto next = merged_.entries.lower_bound(prefix);
             next != merged_.entries.end() && next->first.starts_with(prefix); ++next)
            if (belongs_to_base(next->first)) return true;
        return false;
    }

    using MergedEntry = std::pair<const std::string, tree::Entry>;
    [[nodiscard]] const MergedEntry* existing_source(std::string_view path) const {
        const auto source = bytecode_source(path);
        if (!source) return nullptr;
        const auto found = merged_.entries.find(*source);
        return found == merged_.entries.end() ? nullptr : &*found;
    }

    /// A directory of the base is filled by what the base puts there, alone.
    void collect_filled_directories() {
        for (const auto& [path, entry] : merged_.entries) {
            const bool of_base = belongs_to_base(path);
            const auto parent = parent_of(path);
            if (!parent.empty() && (of_base || !belongs_to_base(parent))) filled_.insert(parent);
        }
    }

    void claim_content(const std::string& path, const tree::Entry& entry) {
        if (is_within(path, debug_folder)) return;
        if (entry.type == tree::FileType::directory && (filled_.contains(path) || system_.matches(path))) return;
        auto owner = owner_of(path);
        if (!owner) {
            unclaimed_.push_back(path);
            return;
        }
        if (entry.type == tree::FileType::directory) owner->mark = Mark::directory;
        lists_[owner->package].emplace(path, owner->mark);
        if (entry.type == tree::FileType::directory) contributors_[path].insert(owner->package);
        for (auto folder = parent_of(path); !folder.empty(); folder = parent_of(folder))
            contributors_[std::string(folder)].insert(owner->package);
    }

    [[nodiscard]] std::optional<Owner> owner_of(std::string_view path) const {
        if (const auto* source = existing_source(path)) {
            auto owner = owner_of(source->first);
            if (owner) owner->mark = Mark::file;
            return owner;
        }
        const auto* verdict = comparison_.find(path);
        if (verdict != nullptr && !comparison_.installed_by_base(*verdict))
            for (std::size_t index = 0; index < claims_.size(); ++index)
                if (claims_[index].package->configuration == verdict->winner) return Owner{index, Mark::file};
        for (std::size_t index = 0; index < claims_.size(); ++index)
            if (const auto mark = claims_[index].mark(path)) return Owner{index, *mark};
        return std::nullopt;
    }

    void require_all_claimed() const {
        if (unclaimed_.empty()) return;
        std::string list;
        for (std::size_t index = 0; index < std::min(unclaimed_.size(), most_paths_listed); ++index)
            list += "\n  " + unclaimed_[index];
        if (unclaimed_.size() > most_paths_listed)
            list += fmt::format("\n  … and {} more", unclaimed_.size() - most_paths_listed);
        throw Error(
            "cannot divide the files", fmt::format("{} unclaimed", unclaimed_.size()),
            "no package claims these paths:" + list,
            fmt::format("add a pattern to `files` of a [[package]] in {}, or an [[install-step]] that removes them",
                        stack_.file.string()));
    }

    /// Rule 1: a package with files of the base must not also have files that come and go with another configuration.
    void require_base_unaware() const {
        for (std::size_t index = 0; index < claims_.size(); ++index) {
            const std::string* of_base = nullptr;
            const std::string* of_other = nullptr;
            for (const auto& [path, mark] : lists_[index]) (belongs_to_base(path) ? of_base : of_other) = &path;
            if (of_base == nullptr || of_other == nullptr) continue;
            const auto& winner = verdict_of(*of_other)->winner;
            throw Error("cannot divide the files", claims_[index].package->name,
                        fmt::format("it would own {}, which is {}'s, and {}, which is {}'s", *of_base, comparison_.base,
                                    *of_other, winner),
                        fmt::format("the packages of {} must be the same without {}: give a package of its own the key "
                                    "configuration = \"{}\"",
                                    comparison_.base, winner, winner));
        }
    }

    void own_directories() {
        std::vector<const stack::Package*> packages;
        for (const auto& claims : claims_) packages.push_back(claims.package);
        const Requirements requirements(packages);
        for (const auto& [path, contributors] : contributors_) {
            if (system_.matches(path) || is_within(path, debug_folder)) continue;
            for (const auto owner : requirements.foundations(contributors))
                lists_[owner].emplace(path, Mark::directory);
        }
    }

    void warn_of_idle_patterns() {
        for (const auto& claims : claims_) {
            const auto& package = *claims.package;
            for (const auto* patterns : {&package.license_files, &package.doc_files, &package.files})
                for (const auto& pattern : without_empty(*patterns))
                    if (!pattern.starts_with('!') && !matches_anything(PathPattern(pattern)))
                        result_.warnings.push_back(fmt::format("{}: the pattern {} of {} matches nothing",
                                                               package.place.text(), pattern, package.name));
        }
    }

    [[nodiscard]] bool matches_anything(const PathPattern& pattern) const {
        return std::any_of(merged_.entries.begin(), merged_.entries.end(),
                           [&pattern](const auto& entry) { return pattern.matches(entry.first); });
    }

    const stack::Stack& stack_;
    const Comparison& comparison_;
    const tree::Tree& merged_;
    PathPatternList system_;
    std::vector<Claims> claims_;
    std::set<std::string_view> filled_;                            ///< directories that need no pattern
    std::vector<std::map<std::string, Mark, std::less<>>> lists_;  ///< by package
    std::map<std::string, std::set<std::size_t>, std::less<>>
        contributors_;  ///< packages with something in a directory
    std::vector<std::string> unclaimed_;
    Partition result_;
};

}  // namespace

Partition partition(const stack::Stack& stack, const Comparison& comparison, const tree::Tree& merged) {
    return Partitioner(stack, comparison, merged).run();
}

}  // namespace pystacks::merge
