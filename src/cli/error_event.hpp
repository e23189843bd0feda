#pragma once

#include <string>

#include "base/error.hpp"

namespace pystacks::cli {

/// Logs what ends the program: the terminal shows error_text(), JSON lines have the parts and the exit code.
/// @returns the exit code
int report_error(const Error& error);

/// The same for an exception that is not an Error. @param sentence "out of memory"
int report_unexpected(const std::string& sentence);

}  // namespace pystacks::cli
