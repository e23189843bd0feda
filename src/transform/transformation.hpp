#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/observation.hpp"
#include "transform/refusal.hpp"

/// A spec with debug modules out of one without. Text alone: nothing is expanded, no rpm is asked.
namespace pystacks::transform {

enum class Outcome : std::uint8_t { added, nothing_to_do, refused };

struct Transformation {
    Outcome outcome = Outcome::refused;
    std::shared_ptr<const spectext::SpecText> original;  ///< without earlier additions of ours
    Observation seen;
    std::vector<Refusal> refusals;   ///< the first one counts
    std::vector<std::string> notes;  ///< what was decided, a sentence each
    std::string text;                ///< the spec with the additions, when there are some
};

/// @param bytes of a spec, with our additions or without
/// @throws Error (usage) when marks of earlier additions are damaged
[[nodiscard]] Transformation transform(const std::string& bytes, const std::string& name);

}  // namespace pystacks::transform
