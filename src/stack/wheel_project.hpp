#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

/// Python projects that the wheels of a source tree carry, as stack.toml lists them ([[wheels]] `projects`).
namespace pystacks::stack {

struct WheelProject {
    std::string name;     ///< as Python's package index spells it in lower case: "typing-extensions"
    std::string version;  ///< upstream's own: "1.0.0.post1"
    std::string license;  ///< SPDX expression
};

/// Reads "NAME VERSION LICENSE". @returns nothing when one of the three is missing.
[[nodiscard]] std::optional<WheelProject> read_wheel_project(std::string_view text);

/// Lower case, and each run of `-`, `_` and `.` becomes one `-`: the rule by which Python's package index compares
/// names (packaging.python.org, "Names and normalization").
[[nodiscard]] std::string normalized_project_name(std::string_view name);

/// A Python version as rpm sorts it, spelled as Fedora's generator of dependencies spells it: without zeros at the end
/// ("2.0.0" is "2"), "1rc2" as "1~rc2", "1.post3" as "1^post3", "1.dev4" as "1~~dev4". What is not such a version stays
/// as it is.
[[nodiscard]] std::string rpm_version_of(std::string_view python_version);

/// The operands of an SPDX expression's outermost ANDs, without the parentheses around one.
[[nodiscard]] std::set<std::string> license_terms(std::string_view expression);

}  // namespace pystacks::stack
