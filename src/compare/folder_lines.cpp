#include "compare/folder_lines.hpp"

#include <cstddef>
#include <functional>

namespace pystacks::compare {
namespace {

bool is_folder(const Pair& pair) { return pair.any().type == tree::FileType::directory; }

/// Found under another path with the same bytes and attributes.
bool is_only_renamed(const Pair& pair) {
    return !pair.is_only() && pair.match != Match::path && pair.verdict == PairVerdict::identical &&
           pair.attributes.empty();
}

/// What tells folders of A only, of B only and renamed ones apart: both paths, of which one may be empty.
std::string key(std::string_view in_a, std::string_view in_b) {
    return std::string(in_a) + '\0' + std::string(in_b);  // no path has a NUL in it
}

/// Calls @p visit with both ends of the path cut off before the last, the one before … component, while these are the
/// same in A and B. From the inside to the outside.
void for_each_above(const Pair& pair, const std::function<void(const std::string&)>& visit) {
    std::string_view a = pair.a != nullptr ? std::string_view(pair.a->path) : std::string_view();
    std::string_view b = pair.b != nullptr ? std::string_view(pair.b->path) : std::string_view();
    for (;;) {
        const std::size_t slash_a = a.rfind('/');
        const std::size_t slash_b = b.rfind('/');
        const bool cut_a = slash_a != std::string_view::npos && slash_a > 0;
        const bool cut_b = slash_b != std::string_view::npos && slash_b > 0;
        if ((pair.a != nullptr && !cut_a) || (pair.b != nullptr && !cut_b)) return;
        if (!pair.is_only() && a.substr(slash_a) != b.substr(slash_b)) return;
        if (pair.a != nullptr) a = a.substr(0, slash_a);
        if (pair.b != nullptr) b = b.substr(0, slash_b);
        visit(key(a, b));
    }
}

std::string key(const Pair& pair) {
    return key(pair.a != nullptr ? std::string_view(pair.a->path) : std::string_view(),
               pair.b != nullptr ? std::string_view(pair.b->path) : std::string_view());
}

}  // namespace

FolderLines::FolderLines(const std::vector<Pair>& pairs) {
    for (const Pair& pair : pairs) {
        if (is_folder(pair) && (pair.is_only() || is_only_renamed(pair))) folders_.try_emplace(key(pair));
    }
    // What has a partner elsewhere is not in the line of a folder that only one side has.
    for (const Pair& pair : pairs) {
        if (pair.is_only() || pair.match == Match::path) continue;
        for (const File* file : {pair.a, pair.b}) {
            Pair alone;
            (file == pair.a ? alone.a : alone.b) = file;
            for_each_above(alone, [this](const std::string& above) { folders_.erase(above); });
        }
    }
    for (const Pair& pair : pairs) {
        if (!pair.is_only() && !is_only_renamed(pair)) continue;
        if (const auto* top = topmost(pair)) {
            FolderContent& content = folders_.find(top->first)->second;
            ++content.paths;
            content.bytes += pair.any().weight;
        }
    }
}

const FolderLines::Folders::value_type* FolderLines::topmost(const Pair& pair) const {
    const Folders::value_type* found = nullptr;
    for_each_above(pair, [&](const std::string& above) {
        const auto folder = folders_.find(above);
        if (folder != folders_.end()) found = &*folder;
    });
    return found;
}

bool FolderLines::covers(const Pair& pair) const {
    return (pair.is_only() || is_only_renamed(pair)) && topmost(pair) != nullptr;
}

const FolderContent* FolderLines::content(const Pair& pair) const {
    if (!is_folder(pair)) return nullptr;
    const auto found = folders_.find(key(pair));
    return found == folders_.end() ? nullptr : &found->second;
}

}  // namespace pystacks::compare
