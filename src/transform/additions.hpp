#pragma once

#include <string>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/blocks.hpp"
#include "transform/observation.hpp"
#include "transform/refusal.hpp"

namespace pystacks::transform {

/// The additions to a spec that has no obstacle, and their places.
struct Additions {
    std::vector<Block> blocks;
    std::vector<Suffix> suffixes;
    std::vector<std::string> notes;
    std::vector<Refusal> refusals;  ///< conditions that cannot be repeated
};

/// @param other_pythons branches of conditions: where one holds, the switch has to be off
[[nodiscard]] Additions plan_additions(const spectext::SpecText& spec, const Observation& seen,
                                       std::vector<std::size_t> other_pythons);

}  // namespace pystacks::transform
