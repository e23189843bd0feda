#include "compare/two_sides.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks::compare {
namespace {

TwoSides scan_trees(const fs::path& path_a, const fs::path& path_b, unsigned threads) {
    std::vector<tree::ScanProblem> problems;
    tree::Tree a = tree::scan(path_a, threads, problems);
    tree::Tree b = tree::scan(path_b, threads, problems);
    leave_out(a, problems);
    leave_out(b, problems);
    return {side_of_tree(a), side_of_tree(b), std::move(problems)};
}

std::string_view words_for(InputKind kind) {
    switch (kind) {
        case InputKind::tree:
            return "a tree";
        case InputKind::package:
            return "a package";
        case InputKind::package_folder:
            return "a folder of packages";
    }
    return "something else";
}

}  // namespace

TwoSides read_sides(const fs::path& path_a, const fs::path& path_b, Folders folders, unsigned threads) {
    const InputKind a = kind_of(path_a, folders);
    const InputKind b = kind_of(path_b, folders);
    if (a == InputKind::tree && b == InputKind::tree) return scan_trees(path_a, path_b, threads);
    if (a == InputKind::tree || b == InputKind::tree) {
        throw Error(ErrorKind::usage, "cannot compare", path_b.string(),
                    fmt::format("it is {}, but {} is {}", words_for(b), path_a.string(), words_for(a)),
                    "compare takes two trees, or packages on both sides; --trees treats every folder as a tree");
    }
    return {side_of_packages(path_a, read_packages(path_a)), side_of_packages(path_b, read_packages(path_b)), {}};
}

}  // namespace pystacks::compare
