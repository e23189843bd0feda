#pragma once

#include "scene.hpp"
#include "source/patch.hpp"

namespace pystacks::source::test {

/// tree/dir/f.txt and what applying a patch to it says.
struct PatchedTree : Scene {
    static constexpr const char* original = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    static constexpr const char* good =
        "Some words before.\n\n--- a/dir/f.txt\t2024-01-01\n+++ b/dir/f.txt\t2024-01-02\n"
        "@@ -2,3 +2,3 @@ context\n two\n-three\n+THREE\n four\n";

    PatchedTree() { write("tree/dir/f.txt", original); }
    std::string apply(const std::string& text, int strip = 1) const {
        const fs::path patch = write("p.patch", text);
        return error_of([&] { apply_patch(patch, strip, *this / "tree"); });
    }
    [[nodiscard]] std::string file(const std::string& name = "tree/dir/f.txt") const { return read_file(*this / name); }
};

}  // namespace pystacks::source::test
