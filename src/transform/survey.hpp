#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "transform/proof.hpp"
#include "transform/transformation.hpp"

/// What the tool would do with every spec of a distribution.
namespace pystacks::transform {

struct SurveyedSpec {
    std::string path;  ///< below the folder
    Outcome outcome = Outcome::refused;
    Proof::State proof = Proof::State::not_parsed;  ///< of what is added, where rpm was asked
    BuildClass build = BuildClass::unknown;
    Modules modules = Modules::unclear;
    std::string distribution;       ///< whose macros it has; empty: those that several distributions have
    std::string why;                ///< of `nothing to do`; of what could not be read
    std::vector<Refusal> refusals;  ///< lines from 0
    bool asked_rpm = false;

    /// Refused because nothing shows whether it has compiled modules.
    [[nodiscard]] bool cannot_tell() const { return outcome == Outcome::refused && modules == Modules::unclear; }
};

/// A file that has a spec's name and was not looked at.
struct SkippedSpec {
    std::string path, why;
    bool failed = false;  ///< it should have been: it cannot be read
};

struct Survey {
    std::vector<SurveyedSpec> specs;  ///< by path
    std::vector<SkippedSpec> skipped;
    bool asked_rpm = false;
    std::size_t not_reached = 0;  ///< specs that an interruption left out

    [[nodiscard]] bool is_complete() const { return not_reached == 0; }
};

/// Has rpm read what was made of a spec. Expanding a foreign spec runs the commands that it has in %(…).
using Prover = std::function<Proof(const Transformation& done, const std::filesystem::path& spec)>;

/// All files named *.spec below @p folder, and files that links of such names lead to; each file once.
/// An interruption ends it early: what was looked at until then is returned.
/// @param prover none: rpm is not asked
/// @throws Error when the folder cannot be read, or a spec's additions could not be taken out again
[[nodiscard]] Survey survey(const std::filesystem::path& folder, unsigned threads, const Prover& prover = {});

[[nodiscard]] std::string to_text(const Survey& survey);
[[nodiscard]] std::string to_json(const Survey& survey);
/// One HTML page. @param templates the folder of page.html
[[nodiscard]] std::string to_page(const Survey& survey, const std::filesystem::path& templates);

/// "added", "nothing to do", "refused".
[[nodiscard]] std::string_view name_of(Outcome outcome);
/// The same with "proved" or "unproved" for "added" where rpm was asked, and "cannot tell" for what is refused because
/// nothing shows whether there are compiled modules.
[[nodiscard]] std::string_view result_of(const SurveyedSpec& spec);

}  // namespace pystacks::transform
