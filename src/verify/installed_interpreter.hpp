#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "python/interpreter.hpp"
#include "scratch/layer.hpp"
#include "scratch/package_set.hpp"

namespace pystacks::verify {

/// An interpreter of the packages, as it is installed.
struct InstalledInterpreter : python::Interpreter {
    /// Why it does not start. Then its traits are those of its package's configuration.
    std::string broken{};
    /// The configuration that its package belongs to; empty where nobody can tell.
    std::string packaged_in{};

    /// The configuration, to name checks after: "debug". By its traits where nobody can tell.
    [[nodiscard]] std::string configuration() const {
        return packaged_in.empty() ? python::Interpreter::configuration() : packaged_in;
    }

    /// What a task costs that costs @p optimized with the optimized interpreter.
    [[nodiscard]] int cost(int optimized) const {
        constexpr int times = 5;
        return abi.has(python::Trait::debug) ? times * optimized : optimized;
    }
};

/// Whether a file may be one, by its name, type and mode: "/usr/bin/python3.13", also a script beside it.
[[nodiscard]] bool may_be_interpreter(const rpm::PackageFile& file);

/// All interpreters of the packages, those of the base first; hard links and symbolic links count once. One that
/// does not start is broken. @throws Error when there is none
[[nodiscard]] std::vector<InstalledInterpreter> find_interpreters(const scratch::PackageSet& packages,
                                                                  const scratch::Layer& layer);

}  // namespace pystacks::verify
