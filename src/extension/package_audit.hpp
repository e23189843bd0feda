#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rpm/package.hpp"

/// Looks at finished packages: is every module of every -debug package a debug build of its release twin?
namespace pystacks::extension {

enum class Verdict : std::uint8_t {
    debug,     ///< a debug build, and nothing speaks against it
    unproved,  ///< nothing speaks against it, but nothing shows it: its debug information is not at hand
    wrong,
};
[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;

struct AuditedModule {
    std::string path;
    std::string package;  ///< NEVRA
    std::string twin;     ///< path of the release module; empty when it was not found
    Verdict verdict = Verdict::unproved;
    std::vector<std::string> problems;  ///< why it is wrong
    std::string shown_by;               ///< what shows that it is a debug build
    std::string optimization{};  ///< "-O2": a debugger sees less than it could; empty for a module as it should be
};

/// What is wrong with a package as a whole.
struct PackageProblem {
    std::string package;  ///< NEVRA
    std::string problem;
};

struct Audit {
    std::vector<std::string> packages;   ///< the -debug packages, by NEVRA
    std::vector<AuditedModule> modules;  ///< by package and path
    std::vector<PackageProblem> problems;

    [[nodiscard]] std::size_t count(Verdict verdict) const;
    [[nodiscard]] bool passed() const { return problems.empty() && count(Verdict::wrong) == 0; }
};

/// @param packages -debug packages, their base packages and, for what was stripped, their -debuginfo packages; others
/// are left alone. @throws Error (usage) when a payload is damaged, or there is no -debug package among them
[[nodiscard]] Audit audit_packages(const std::vector<rpm::Package>& packages);

[[nodiscard]] std::string to_text(const Audit& audit);

}  // namespace pystacks::extension
