#include "compare/build_comparison.hpp"

#include <algorithm>
#include <ctime>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "compare/content_source.hpp"
#include "compare/contents.hpp"
#include "process/interruption.hpp"
#include "rpm/payload.hpp"
#include "tree/parallel.hpp"

namespace pystacks::compare {
namespace {

using tree::FileType;

constexpr const char* time_attribute = "time";

/// "2026-11-30T18:00:00Z".
std::string utc(std::uint32_t seconds) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

class Comparer {
public:
    Comparer(BuildComparison& result, const std::vector<std::size_t>& partners, Times times)
        : result_(result), partners_(partners), times_(times) {}

    void run(unsigned threads) {
        const std::vector<FilePair> pairs = pair_files(result_.a, result_.b, partners_);
        result_.pairs.reserve(pairs.size());
        for (const FilePair& pair : pairs) add(pair);
        look_into(threads);
        count();
    }

private:
    void add(const FilePair& files) {
        Pair& pair = result_.pairs.emplace_back();
        pair.a = files.a;
        pair.b = files.b;
        pair.match = files.match;
        if (pair.is_only()) {
            pair.verdict = pair.a != nullptr ? PairVerdict::only_a : PairVerdict::only_b;
            const File& file = pair.any();
            if (file.type == FileType::symlink) {
                pair.details = "link to " + file.target;
            } else if (file.type != FileType::regular) {
                pair.details = name_of(file.type);
            }
            return;
        }
        compare_attributes(pair);
        compare_kinds(pair);
    }

    void compare_kinds(Pair& pair) {
        const File& a = *pair.a;
        const File& b = *pair.b;
        if (a.type != b.type) {
            pair.verdict = PairVerdict::different;
            pair.details = fmt::format("{} / {}", name_of(a.type), name_of(b.type));
        } else if (a.type == FileType::symlink && a.target != b.target) {
            pair.verdict = PairVerdict::different;
            pair.details = fmt::format("link to {} / {}", a.target, b.target);
        } else if (a.type == FileType::regular && a.has_content && b.has_content &&
                   (a.size != b.size || a.digest != b.digest || a.digest.empty())) {
            pair.verdict = PairVerdict::different;
            if (a.digest.empty() || b.digest.empty()) {
                pair.details = "one of the headers has no digest of it";
            } else {
                undecided_.push_back(result_.pairs.size() - 1);
            }
        }
    }

    void compare_attributes(Pair& pair) {
        const File& a = *pair.a;
        const File& b = *pair.b;
        const auto add = [&pair](const char* name, const std::string& in_a, const std::string& in_b) {
            if (in_a != in_b) pair.attributes.push_back({name, in_a, in_b});
        };
        if (a.type == b.type && a.type != FileType::symlink) {
            add("mode", fmt::format("{:04o}", a.mode), fmt::format("{:04o}", b.mode));
        }
        if (result_.a.is_tree) return;
        add("owner", a.user + ':' + a.group, b.user + ':' + b.group);
        add("capabilities", a.capabilities, b.capabilities);
        add("flags", a.flags, b.flags);
        if (a.mtime != b.mtime) ++result_.other_times;
        if (times_ == Times::counted) add(time_attribute, utc(a.mtime), utc(b.mtime));
        if (partners_[a.package] != b.package) {
            add("package", result_.a.packages[a.package].name, result_.b.packages[b.package].name);
        }
    }

    void look_into(unsigned threads) {
        std::vector<const File*> of_a;
        std::vector<const File*> of_b;
        for (const std::size_t index : undecided_) {
            of_a.push_back(result_.pairs[index].a);
            of_b.push_back(result_.pairs[index].b);
        }
        ContentSource source_a(result_.a);
        ContentSource source_b(result_.b);
        source_a.fetch(of_a);
        source_b.fetch(of_b);
        tree::for_each_index(undecided_.size(), threads, [&](std::size_t index) {
            process::throw_if_interrupted();
            Pair& pair = result_.pairs[undecided_[index]];
            ContentFinding finding = compare_contents(pair.a->path, source_a.locate(*pair.a), source_b.locate(*pair.b));
            pair.verdict = finding.verdict;
            pair.details = std::move(finding.details);
            pair.metadata = std::move(finding.metadata);
            pair.diff = std::move(finding.diff);
            pair.lines_a = finding.lines_a;
            pair.lines_b = finding.lines_b;
        });
    }

    void count() {
        for (const Pair& pair : result_.pairs) {
            const auto add_to = [&pair](Total& total) {
                ++total.paths;
                total.bytes_a += pair.a != nullptr ? pair.a->weight : 0;
                total.bytes_b += pair.b != nullptr ? pair.b->weight : 0;
            };
            add_to(result_.all);
            if (pair.is_same()) {
                add_to(result_.identical);
            } else if (pair.verdict == PairVerdict::identical) {
                add_to(pair.match == Match::path ? result_.attributes : result_.renamed);
            } else {
                add_to(result_.totals[pair.verdict]);
            }
        }
    }

    BuildComparison& result_;
    const std::vector<std::size_t>& partners_;
    const Times times_;
    std::vector<std::size_t> undecided_;  // pairs whose contents have to be looked into
};

}  // namespace

std::string_view name_of(PairVerdict verdict) noexcept {
    switch (verdict) {
        case PairVerdict::identical:
            return "identical";
        case PairVerdict::same_bytecode:
            return "same-bytecode";
        case PairVerdict::same_code:
            return "same-code";
        case PairVerdict::text:
            return "text";
        case PairVerdict::different:
            return "different";
        case PairVerdict::only_a:
            return "only-a";
        case PairVerdict::only_b:
            return "only-b";
    }
    return "unknown";
}

bool BuildComparison::differ() const noexcept {
    const auto counts = [](const Pair& pair) {
        return !pair.is_same() &&
               (pair.verdict != PairVerdict::same_bytecode || !pair.attributes.empty() || pair.match != Match::path);
    };
    return std::any_of(pairs.begin(), pairs.end(), counts) ||
           std::any_of(packages.begin(), packages.end(), [](const PackagePair& pair) { return pair.differ(); });
}

bool BuildComparison::same_but_for_build_ids() const noexcept {
    return std::all_of(pairs.begin(), pairs.end(), [](const Pair& pair) {
        return pair.attributes.empty() && pair.match == Match::path && pair.verdict <= PairVerdict::same_code;
    });
}

bool BuildComparison::same_but_for_times() const noexcept {
    return std::all_of(pairs.begin(), pairs.end(), [](const Pair& pair) {
        const bool only_time = std::all_of(pair.attributes.begin(), pair.attributes.end(),
                                           [](const Property& each) { return each.name == time_attribute; });
        return only_time && pair.match == Match::path && pair.verdict == PairVerdict::identical;
    });
}

bool BuildComparison::anything_in_common() const noexcept {
    return std::any_of(pairs.begin(), pairs.end(),
                       [](const Pair& pair) { return !pair.is_only() && pair.any().type != FileType::directory; });
}

BuildComparison compare(Side a, Side b, unsigned threads, Times times) {
    BuildComparison result;
    result.times = times;
    result.a = std::move(a);
    result.b = std::move(b);
    std::vector<std::size_t> partners;
    if (!result.a.is_tree) {
        partners = pair_packages(result.a, result.b);
        for (const Side* side : {&result.a, &result.b}) {
            for (const rpm::Package& package : side->packages) rpm::check_payload(package.file);
        }
        result.packages = compare_packages(result.a, result.b, partners);
    }
    Comparer(result, partners, times).run(threads);
    return result;
}

}  // namespace pystacks::compare
