#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "findings/check.hpp"
#include "rpm/switches.hpp"

namespace pystacks::verify {

/// A stack that is built twice, under different circumstances (reproducible.hpp).
struct TwoBuilds {
    std::string stack;  ///< as `pystacks build` takes it
    rpm::Switches switches;
    std::filesystem::path sources;  ///< a folder to look for sources in first; may be empty
    std::filesystem::path work;     ///< the folder below which both build; what earlier ones left there is removed
    int jobs = 1;
    std::filesystem::path program;  ///< this pystacks
};

/// Builds, one after the other: each uses all processors by itself.
/// @returns the checks that compare the packages @throws Error with the end of a failed build's log
[[nodiscard]] std::vector<findings::Check> build_twice(const TwoBuilds& wanted);

}  // namespace pystacks::verify
