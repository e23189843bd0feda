#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.hpp"
#include "scratch/inside.hpp"
#include "scratch/package_set.hpp"
#include "scratch/scratch_root.hpp"
#include "verify/installed_interpreter.hpp"

namespace pystacks::verify {

/// What is verified: a stack's packages, installed, with their interpreters. All checks share it, and change nothing
/// of it.
struct Subject {
    scratch::PackageSet packages;
    const scratch::PackageSet& installed;  ///< also those of the stacks that are verified beside it
    scratch::ScratchRoot* root;            ///< null where nobody runs a check: for their names alone
    std::vector<InstalledInterpreter> interpreters;
    fs::path scripts;      ///< templates/verify
    unsigned threads = 1;  ///< for what one check does in parallel

    /// The first interpreter of that configuration; null when the packages have none.
    [[nodiscard]] const InstalledInterpreter* of(std::string_view configuration) const {
        for (const InstalledInterpreter& interpreter : interpreters) {
            if (interpreter.configuration() == configuration) return &interpreter;
        }
        return nullptr;
    }
    /// The base's.
    [[nodiscard]] const InstalledInterpreter* of_base() const { return of(packages.base().name); }

    /// The first interpreter of these configurations that does not start; null when all do that there are.
    [[nodiscard]] const InstalledInterpreter* broken_among(const std::vector<std::string>& configurations) const {
        for (const InstalledInterpreter& interpreter : interpreters) {
            const bool named = std::find(configurations.begin(), configurations.end(), interpreter.configuration()) !=
                               configurations.end();
            if (named && !interpreter.broken.empty()) return &interpreter;
        }
        return nullptr;
    }

    /// A layer to run commands in, with the scripts in it.
    [[nodiscard]] std::unique_ptr<scratch::Layer> layer_with_scripts() const {
        std::unique_ptr<scratch::Layer> layer = root->layer();
        scratch::bring_templates(*layer, scripts.parent_path());
        return layer;
    }
};

}  // namespace pystacks::verify
