#pragma once

#include <array>
#include <string>
#include <vector>

#include "spectext/spec_text.hpp"

/// How the scripts of a build are put together: from sections that are written whole, from parts that are appended to
/// or prepended to, and from what `BuildSystem:` says where nothing is written.
namespace pystacks::transform {

/// In rpm's order. Those which the macros repeat or add to.
inline constexpr std::array phases{spectext::SectionKind::prep, spectext::SectionKind::conf,
                                   spectext::SectionKind::build, spectext::SectionKind::install,
                                   spectext::SectionKind::check};

struct PhaseSections {
    std::vector<const spectext::Section*> whole, appended, prepended;

    /// The section at whose end the macros see all of the script: the one that is whole, else the last one that is
    /// appended; none when there is neither.
    [[nodiscard]] const spectext::Section* last() const;
};

[[nodiscard]] PhaseSections phase_of(const spectext::SpecText& spec, spectext::SectionKind kind);

/// The line of `BuildSystem:`, or no_line.
[[nodiscard]] std::size_t build_system_line(const spectext::SpecText& spec);
/// "pyproject"; empty when the spec has none.
[[nodiscard]] std::string build_system(const spectext::SpecText& spec);

}  // namespace pystacks::transform
