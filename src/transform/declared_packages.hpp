#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "spectext/spec_text.hpp"
#include "transform/macro_values.hpp"
#include "transform/module_owner.hpp"

namespace pystacks::transform {

/// The packages that a spec declares, by name. They are looked up for every %files, so each declaration is read once.
class DeclaredPackages {
public:
    DeclaredPackages(const spectext::SpecText& spec, const MacroValues& values);

    /// The %package section of the package, or the preamble; none when it is not in the spec's text.
    [[nodiscard]] const spectext::Section* declaration(const PackageName& name) const;

    /// Whether the package (or, with an empty name, the whole spec) says `BuildArch: noarch`, without a condition.
    [[nodiscard]] bool is_noarch(const PackageName& name) const;
    /// The line that says so under a condition, which decides what is built; no_line when there is none.
    [[nodiscard]] std::size_t perhaps_noarch(const PackageName& name) const;

    /// What the main package is called, as far as the text says it.
    [[nodiscard]] const std::string& main_name() const noexcept { return main_; }

private:
    [[nodiscard]] std::string full_name(const PackageName& name) const;
    void note(const spectext::Section& section);

    const spectext::SpecText& spec_;
    const MacroValues& values_;
    std::string main_;  ///< what %{name} says
    std::map<std::string, const spectext::Section*> sections_;
    std::set<const spectext::Section*> noarch_;
    std::map<const spectext::Section*, std::size_t> perhaps_noarch_;
};

}  // namespace pystacks::transform
