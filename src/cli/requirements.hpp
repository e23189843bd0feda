#pragma once

#include <string>
#include <vector>

#include "cli/host.hpp"
#include "stack/stack.hpp"

namespace pystacks::cli {

/// Something that has to be on the host, and is not.
struct Missing {
    std::string what;    ///< a program, or a package by rpm's name
    std::string why;     ///< what needs it
    std::string debian;  ///< the package that has it; empty where there is none
    std::string fedora;
};

/// The package that has @p missing on @p host.
[[nodiscard]] const std::string& package_on(const Host& host, const Missing& missing);

/// The programs that pystacks and rpm start while packages are built, whatever the stack.
[[nodiscard]] std::vector<Missing> missing_tools();

/// The stack's build requirements whose condition holds. @param expanded as rpm expanded it
[[nodiscard]] std::vector<Missing> missing_build_requirements(const stack::Stack& expanded, const Host& host);

/// The packages that have all of @p missing, sorted, each once; and the one command that installs them.
[[nodiscard]] std::vector<std::string> packages_of(const std::vector<Missing>& missing, const Host& host);
[[nodiscard]] std::string command_for(const std::vector<Missing>& missing, const Host& host);

/// @throws Error that names everything that is missing, with the command that installs it as its hint.
void require_nothing_missing(const std::vector<Missing>& missing, const Host& host, const std::string& stack_name);

}  // namespace pystacks::cli
