#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verify/inside.hpp"
#include "verify/interpreter.hpp"
#include "verify/package_set.hpp"
#include "verify/scratch_root.hpp"

namespace pystacks::verify {

/// What is verified: a stack's packages, installed, with their interpreters. All checks share it, and change nothing
/// of it.
struct Subject {
    PackageSet packages;
    const PackageSet& installed;  ///< also those of the stacks that are verified beside it
    ScratchRoot& root;
    std::vector<Interpreter> interpreters;
    fs::path scripts;      ///< templates/verify
    unsigned threads = 1;  ///< for what one check does in parallel

    /// The interpreter of a configuration, "optimized" or "debug"; null when the packages have none.
    [[nodiscard]] const Interpreter* of(bool debug) const {
        for (const Interpreter& interpreter : interpreters) {
            if (interpreter.debug == debug) return &interpreter;
        }
        return nullptr;
    }

    /// A layer to run commands in, with the scripts in it.
    [[nodiscard]] std::unique_ptr<Layer> layer_with_scripts() const {
        std::unique_ptr<Layer> layer = root.layer();
        bring_scripts(*layer, scripts);
        return layer;
    }
};

}  // namespace pystacks::verify
