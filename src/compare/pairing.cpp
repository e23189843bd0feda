#include "compare/pairing.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>

#include "compare/twin_name.hpp"

namespace pystacks::compare {
namespace {

using tree::FileType;
using Files = std::vector<const File*>;
using Key = std::function<std::string(const Side& side, const File& file)>;

/// Files of SRPMs are of another kind than those of packages: no pair is made of one each.
std::string realm(const Side& side, const File& file) {
    return !side.is_tree && side.packages[file.package].is_source ? "src:" : "";
}

std::string twin(const Side& side, const File& file) {
    return twin_key(file.path, file.package < side.suffixes.size() ? side.suffixes[file.package] : std::string());
}

std::string_view base_name(const File& file) {
    const std::size_t slash = file.path.rfind('/');
    return std::string_view(file.path).substr(slash == std::string::npos ? 0 : slash + 1);
}

class Pairing {
public:
    Pairing(const Side& a, const Side& b) : a_(a), b_(b) {
        for (const File& file : a.files) left_a_.push_back(&file);
        for (const File& file : b.files) left_b_.push_back(&file);
    }

    std::vector<FilePair> run(const std::vector<std::size_t>& packages) {
        if (!packages.empty()) pair_within(packages);
        pair_by_path();
        pair_by_content();
        pair_by_key(Match::twin,
                    [](const Side& side, const File& file) { return realm(side, file) + twin(side, file); });
        pair_by_key(Match::version,
                    [](const Side& side, const File& file) { return realm(side, file) + versionless_key(file.path); });
        for (const File* file : left_a_) pairs_.push_back({file, nullptr, Match::path});
        for (const File* file : left_b_) pairs_.push_back({nullptr, file, Match::path});
        std::stable_sort(pairs_.begin(), pairs_.end(), [](const FilePair& x, const FilePair& y) {
            return (x.a != nullptr ? x.a : x.b)->path < (y.a != nullptr ? y.a : y.b)->path;
        });
        return std::move(pairs_);
    }

private:
    /// Both lists are sorted by path: one walk pairs what @p belongs allows.
    template <typename Belongs>
    void merge_paths(Belongs belongs) {
        Files rest_a;
        Files rest_b;
        auto b = left_b_.begin();
        for (auto a = left_a_.begin(); a != left_a_.end();) {
            while (b != left_b_.end() && (*b)->path < (*a)->path) rest_b.push_back(*b++);
            const std::string& path = (*a)->path;
            const auto is_other = [&path](const File* file) { return file->path != path; };
            const auto end_a = std::find_if(a, left_a_.end(), is_other);
            const auto end_b = std::find_if(b, left_b_.end(), is_other);
            Files candidates(b, end_b);
            for (; a != end_a; ++a) {
                const auto found = std::find_if(candidates.begin(), candidates.end(),
                                                [&](const File* file) { return belongs(**a, *file); });
                if (found == candidates.end()) {
                    rest_a.push_back(*a);
                    continue;
                }
                pairs_.push_back({*a, *found, Match::path});
                candidates.erase(found);
            }
            rest_b.insert(rest_b.end(), candidates.begin(), candidates.end());
            b = end_b;
        }
        rest_b.insert(rest_b.end(), b, left_b_.end());
        left_a_ = std::move(rest_a);
        left_b_ = std::move(rest_b);
    }

    void pair_within(const std::vector<std::size_t>& packages) {
        merge_paths([&](const File& a, const File& b) { return packages[a.package] == b.package; });
    }

    void pair_by_path() {
        merge_paths([&](const File& a, const File& b) { return realm(a_, a) == realm(b_, b); });
    }

    /// Among files of the same bytes twins are preferred, then those that kept their name, then any.
    void pair_by_content() {
        const auto content = [](const Side& side, const File& file) {
            const bool counts = file.type == FileType::regular && file.size > 0 && !file.digest.empty();
            return counts ? realm(side, file) + file.digest : std::string();
        };
        pair_by_key(Match::content, [&](const Side& side, const File& file) {
            const std::string key = content(side, file);
            return key.empty() ? key : key + '\n' + twin(side, file);
        });
        pair_by_key(Match::content, [&](const Side& side, const File& file) {
            const std::string key = content(side, file);
            return key.empty() ? key : key + '\n' + std::string(base_name(file));
        });
        pair_by_key(Match::content, content);
    }

    /// Pairs what is left and has the same type and key, in the order of the paths; an empty key pairs with nothing.
    void pair_by_key(Match match, const Key& key) {
        if (left_a_.empty() || left_b_.empty()) return;
        std::unordered_map<std::string, std::vector<const File*>> wanted;
        const auto typed_key = [&](const Side& side, const File& file) {
            std::string text = key(side, file);
            if (!text.empty()) text += static_cast<char>('0' + static_cast<int>(file.type));
            return text;
        };
        for (auto file = left_b_.rbegin(); file != left_b_.rend(); ++file) {
            std::string text = typed_key(b_, **file);
            if (!text.empty()) wanted[std::move(text)].push_back(*file);
        }
        std::unordered_map<const File*, bool> taken;
        std::erase_if(left_a_, [&](const File* file) {
            const auto found = wanted.find(typed_key(a_, *file));
            if (found == wanted.end() || found->second.empty()) return false;
            const File* other = found->second.back();
            found->second.pop_back();
            taken[other] = true;
            pairs_.push_back({file, other, match});
            return true;
        });
        std::erase_if(left_b_, [&](const File* file) { return taken.contains(file); });
    }

    const Side& a_;
    const Side& b_;
    Files left_a_, left_b_;
    std::vector<FilePair> pairs_;
};

}  // namespace

std::string_view name_of(Match match) noexcept {
    switch (match) {
        case Match::path:
            return "path";
        case Match::content:
            return "content";
        case Match::twin:
            return "twin";
        case Match::version:
            return "version";
    }
    return "unknown";
}

std::vector<FilePair> pair_files(const Side& a, const Side& b, const std::vector<std::size_t>& packages) {
    return Pairing(a, b).run(packages);
}

}  // namespace pystacks::compare
