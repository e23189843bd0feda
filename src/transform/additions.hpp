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

/// The branch of a condition: where it is read, there can be no debug modules, and the switch has to be off.
struct Exception {
    std::size_t branch = 0;
    Refusal reason;   ///< why the spec is refused if the modules are in the branch
    std::string why;  ///< the beginning of a sentence: "built for another Python"
};

[[nodiscard]] Additions plan_additions(const spectext::SpecText& spec, const Observation& seen,
                                       std::vector<Exception> exceptions);

}  // namespace pystacks::transform
