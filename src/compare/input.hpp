#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "rpm/package.hpp"

namespace pystacks::compare {

/// What a path on the command line stands for.
enum class InputKind : std::uint8_t { tree, package, package_folder };

/// A file is a package. A folder is a folder of packages when a file that ends in .rpm is in it, or at most three
/// folders down; else it is a tree. @param trees take every folder as a tree
/// @throws Error (usage) when there is nothing at @p path.
enum class Folders : std::uint8_t { by_content, trees };
[[nodiscard]] InputKind kind_of(const std::filesystem::path& path, Folders folders);

/// The packages of @p path, a package or a folder of packages, bytewise by file name. Of a topdir of rpmbuild's only
/// RPMS and SRPMS are searched. @throws Error (usage) when one cannot be read.
[[nodiscard]] std::vector<rpm::Package> read_packages(const std::filesystem::path& path);

}  // namespace pystacks::compare
