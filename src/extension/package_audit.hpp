#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "findings/finding_list.hpp"
#include "findings/totals.hpp"
#include "findings/verdict.hpp"
#include "rpm/package.hpp"

/// Looks at finished packages: is every module of every -debug package a debug build of its release twin, and no other
/// module a debug build?
namespace pystacks::extension {

struct AuditedModule {
    std::string path;
    std::string package;  ///< NEVRA
    std::string twin;     ///< path of the release module; empty when it was not found
    /// `passed`: a debug build, and nothing speaks against it. `not_run`: nothing speaks against it, but nothing shows
    /// it, because its debug information is not at hand. `failed`: it is wrong.
    findings::Status status = findings::Status::not_run;
    std::vector<std::string> problems;  ///< why it is wrong
    std::string shown_by;               ///< what shows that it is a debug build
    std::string optimization{};  ///< "-O2": a debugger sees less than it could; empty for a module as it should be
};

struct Audit {
    std::vector<std::string> packages;   ///< the -debug packages, by NEVRA
    std::vector<AuditedModule> modules;  ///< by package and path
    findings::FindingList problems;      ///< of packages as a whole, by NEVRA
    std::size_t release_modules = 0;     ///< that were looked at: each is a release build, or a problem of its package

    /// Of the modules.
    [[nodiscard]] findings::Totals totals() const;
    [[nodiscard]] bool passed() const { return problems.empty() && totals().failed == 0; }
};

/// @param packages -debug packages, their base packages and, for what was stripped, their -debuginfo packages; others
/// are left alone. @throws Error (usage) when a payload is damaged
[[nodiscard]] Audit audit_packages(const std::vector<rpm::Package>& packages);

[[nodiscard]] std::string to_text(const Audit& audit);

}  // namespace pystacks::extension
