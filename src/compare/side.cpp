#include "compare/side.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "rpm/configuration_provides.hpp"

namespace pystacks::compare {
namespace {

using tree::FileType;

FileType type_of(const rpm::PackageFile& file) noexcept {
    if (file.is_regular()) return FileType::regular;
    if (file.is_directory()) return FileType::directory;
    if (file.is_symlink()) return FileType::symlink;
    return FileType::other;
}

File file_of(const rpm::PackageFile& from, std::size_t package, std::uint32_t digest_algorithm) {
    File file;
    file.path = from.path;
    file.type = type_of(from);
    file.mode = from.mode & 07777U;
    file.has_content = !from.is_ghost();
    if (file.type == FileType::regular && file.has_content) {
        file.size = from.size;
        if (!from.digest.empty()) file.digest = fmt::format("{}:{}", digest_algorithm, from.digest);
    }
    file.target = from.link_target;
    file.user = from.user;
    file.group = from.group;
    file.capabilities = from.capabilities;
    file.flags = rpm::flag_names(from.flags);
    file.mtime = from.mtime;
    file.package = package;
    return file;
}

/// What a package that contradicts itself says counts for nothing here: it can be compared all the same.
std::string suffix_of(const rpm::Package& package) {
    try {
        const auto configuration = rpm::declared_configuration(package);
        return configuration ? configuration->suffix : std::string();
    } catch (const Error&) {
        return {};
    }
}

}  // namespace

Side side_of_tree(const tree::Tree& tree) {
    Side side;
    side.path = tree.root;
    side.files.reserve(tree.entries.size());
    std::set<std::pair<std::uint64_t, std::uint64_t>> linked;
    for (const auto& [path, entry] : tree.entries) {
        File& file = side.files.emplace_back();
        file.path = path;
        file.type = entry.type;
        file.mode = entry.mode;
        file.size = entry.size;
        const bool first_name = entry.links < 2 || linked.emplace(entry.device, entry.inode).second;
        file.weight = first_name ? entry.size : 0;
        if (entry.type == FileType::regular) file.digest = entry.digest.hex();
        file.target = entry.target;
    }
    return side;
}

Side side_of_packages(const std::filesystem::path& path, std::vector<rpm::Package> packages) {
    Side side;
    side.path = path;
    side.is_tree = false;
    side.packages = std::move(packages);
    for (std::size_t index = 0; index < side.packages.size(); ++index) {
        const rpm::Package& package = side.packages[index];
        side.suffixes.push_back(suffix_of(package));
        std::set<std::pair<std::uint64_t, std::string>> linked;
        for (const rpm::PackageFile& from : package.files) {
            File& file = side.files.emplace_back(file_of(from, index, package.digest_algorithm));
            // Equal inodes alone prove nothing in a header from elsewhere.
            file.weight = linked.emplace(from.inode, from.digest).second ? file.size : 0;
        }
    }
    std::stable_sort(side.files.begin(), side.files.end(), [](const File& a, const File& b) {
        return std::tie(a.path, a.package) < std::tie(b.path, b.package);
    });
    return side;
}

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

}  // namespace pystacks::compare
