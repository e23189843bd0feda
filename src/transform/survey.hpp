#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "transform/transformation.hpp"

/// What the tool would do with every spec of a distribution. Text alone: rpm is not asked.
namespace pystacks::transform {

struct SurveyedSpec {
    std::string path;  ///< below the folder
    Outcome outcome = Outcome::refused;
    BuildClass build = BuildClass::unknown;
    std::string why;                ///< of `nothing to do`; of what could not be read
    std::vector<Refusal> refusals;  ///< lines from 0
};

struct Survey {
    std::vector<SurveyedSpec> specs;  ///< by path
};

/// All files named *.spec below @p folder.
/// @throws Error when the folder cannot be read, or a spec's additions could not be taken out again
[[nodiscard]] Survey survey(const std::filesystem::path& folder, unsigned threads);

[[nodiscard]] std::string to_text(const Survey& survey);
[[nodiscard]] std::string to_json(const Survey& survey);

/// "added", "nothing to do", "refused".
[[nodiscard]] std::string_view name_of(Outcome outcome);

}  // namespace pystacks::transform
