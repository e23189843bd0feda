#include "tree/compare.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "tree/content_details.hpp"
#include "tree/parallel.hpp"

namespace pystacks::tree {
namespace {

std::string_view name_of(FileType type) noexcept {
    switch (type) {
        case FileType::regular:
            return "file";
        case FileType::directory:
            return "folder";
        case FileType::symlink:
            return "link";
        case FileType::other:
            break;
    }
    return "special file";
}

/// What a tree's names weigh: every inode at its first name only.
class Weight {
public:
    std::uint64_t add(const Entry& entry) {
        if (entry.links > 1 && !seen_.emplace(entry.device, entry.inode).second) return 0;
        return entry.size;
    }

private:
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen_;
};

class Comparer {
public:
    Comparer(const Tree& a, const Tree& b) : a_(a), b_(b) {}

    TreeComparison compare(unsigned threads) {
        merge();
        for_each_index(undecided_.size(), threads, [this](std::size_t i) {
            PathDifference& difference = result_.differences[undecided_[i]];
            ContentFinding finding =
                compare_contents(difference.path, a_.locate(difference.path), b_.locate(difference.path));
            difference.kind = finding.kind;
            difference.details = std::move(finding.details);
        });
        count();
        return std::move(result_);
    }

private:
    void merge() {
        auto a = a_.entries.begin();
        auto b = b_.entries.begin();
        while (a != a_.entries.end() || b != b_.entries.end()) {
            if (b == b_.entries.end() || (a != a_.entries.end() && a->first < b->first)) {
                add_only(a->first, DifferenceKind::only_a, &a->second, nullptr);
                ++a;
            } else if (a == a_.entries.end() || b->first < a->first) {
                add_only(b->first, DifferenceKind::only_b, nullptr, &b->second);
                ++b;
            } else {
                compare_entries(a->first, a->second, b->second);
                ++a;
                ++b;
            }
        }
    }

    void compare_entries(const std::string& path, const Entry& a, const Entry& b) {
        if (a.type != b.type) {
            add(path, DifferenceKind::type, fmt::format("{} / {}", name_of(a.type), name_of(b.type)), &a, &b);
            return;
        }
        if (a.type == FileType::symlink) {
            if (a.target != b.target) {
                add(path, DifferenceKind::link_target, fmt::format("{} / {}", a.target, b.target), &a, &b);
            }
            return;
        }
        if (a.type == FileType::regular && (a.size != b.size || a.digest != b.digest)) {
            undecided_.push_back(result_.differences.size());
            add(path, DifferenceKind::content, {}, &a, &b);
        }
        if (a.mode != b.mode) add(path, DifferenceKind::mode, fmt::format("{:04o} / {:04o}", a.mode, b.mode), &a, &b);
    }

    void add(const std::string& path, DifferenceKind kind, std::string details, const Entry* a, const Entry* b) {
        PathDifference difference;
        difference.path = path;
        difference.kind = kind;
        difference.details = std::move(details);
        if (a != nullptr) {
            difference.size_a = a->size;
            difference.type_a = a->type;
        }
        if (b != nullptr) {
            difference.size_b = b->size;
            difference.type_b = b->type;
        }
        result_.differences.push_back(std::move(difference));
    }

    void add_only(const std::string& path, DifferenceKind kind, const Entry* a, const Entry* b) {
        const Entry& entry = a != nullptr ? *a : *b;
        std::string details;
        if (entry.type == FileType::symlink)
            details = "link to " + entry.target;
        else if (entry.type != FileType::regular)
            details = name_of(entry.type);
        add(path, kind, std::move(details), a, b);
    }

    /// One walk over both trees, so that an inode weighs in the class of its first name.
    void count() {
        Weight weight_a;
        Weight weight_b;
        auto difference = result_.differences.begin();
        auto count_path = [&](const std::string& path, const Entry* a, const Entry* b) {
            const std::uint64_t bytes_a = a != nullptr ? weight_a.add(*a) : 0;
            const std::uint64_t bytes_b = b != nullptr ? weight_b.add(*b) : 0;
            auto add_to = [&](PathTotal& total) {
                ++total.paths;
                total.bytes_a += bytes_a;
                total.bytes_b += bytes_b;
            };
            add_to(result_.all);
            if (difference == result_.differences.end() || difference->path != path) add_to(result_.identical);
            for (; difference != result_.differences.end() && difference->path == path; ++difference) {
                add_to(result_.totals[difference->kind]);
            }
        };
        auto a = a_.entries.begin();
        auto b = b_.entries.begin();
        while (a != a_.entries.end() || b != b_.entries.end()) {
            const bool take_a = b == b_.entries.end() || (a != a_.entries.end() && a->first <= b->first);
            const bool take_b = a == a_.entries.end() || (b != b_.entries.end() && b->first <= a->first);
            count_path(take_a ? a->first : b->first, take_a ? &a->second : nullptr, take_b ? &b->second : nullptr);
            if (take_a) ++a;
            if (take_b) ++b;
        }
    }

    const Tree& a_;
    const Tree& b_;
    TreeComparison result_;
    std::vector<std::size_t> undecided_;  // differences whose files have to be looked into
};

}  // namespace

std::string_view name_of(DifferenceKind kind) noexcept {
    switch (kind) {
        case DifferenceKind::only_a:
            return "only-a";
        case DifferenceKind::only_b:
            return "only-b";
        case DifferenceKind::type:
            return "type";
        case DifferenceKind::content:
            return "content";
        case DifferenceKind::bytecode:
            return "bytecode";
        case DifferenceKind::link_target:
            return "link-target";
        case DifferenceKind::mode:
            return "mode";
    }
    return "unknown";
}

bool TreeComparison::differ() const noexcept {
    return std::any_of(differences.begin(), differences.end(),
                       [](const PathDifference& difference) { return difference.kind != DifferenceKind::bytecode; });
}

TreeComparison compare_trees(const Tree& a, const Tree& b, unsigned threads) { return Comparer(a, b).compare(threads); }

}  // namespace pystacks::tree
