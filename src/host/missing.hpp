#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "host/host.hpp"
#include "host/need.hpp"
#include "stack/stack.hpp"

namespace pystacks::host {

/// Something that has to be on the host, and is not.
struct Missing {
    std::string what;    ///< a program, a Python module, or a package by rpm's name
    std::string why;     ///< what needs it
    std::string debian;  ///< the package that has it; empty where there is none
    std::string rpm;
};

/// The package that has @p missing on @p host.
[[nodiscard]] const std::string& package_on(const Host& host, const Missing& missing);

/// The programs of these uses that are not there, by the table of packages; looks at PATH and rpm's own folders.
[[nodiscard]] std::vector<Missing> missing_programs(std::initializer_list<Use> uses);

/// The stack's build requirements whose condition holds. @param expanded as rpm expanded it
[[nodiscard]] std::vector<Missing> missing_build_requirements(const stack::Stack& expanded, const Host& host);

/// The packages that have all of @p missing, sorted, each once; and the one command that installs them, empty where
/// no package of this host has any.
[[nodiscard]] std::vector<std::string> packages_of(std::span<const Missing> missing, const Host& host);
[[nodiscard]] std::string command_for(std::span<const Missing> missing, const Host& host);

/// @param attempted what to say was attempted ("cannot build")
/// @throws Error that names everything that is missing, with the command that installs it as its hint.
void require_nothing_missing(std::span<const Missing> missing, const Host& host, const std::string& attempted,
                             const std::string& subject);

}  // namespace pystacks::host
