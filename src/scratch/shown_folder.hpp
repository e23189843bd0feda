#pragma once

#include <filesystem>
#include <vector>

#include "sandbox/sandbox.hpp"

namespace pystacks::scratch {

/// A folder of a user, for a program that reads a file in it: at its own path and read only, without files that not all
/// users may read, without sockets and FIFOs, and not at all if it holds a home. It is looked at once in this process,
/// as many files of one folder may be read. Thread-safe.
/// @param folder absolute
[[nodiscard]] const std::vector<sandbox::Shown>& shown_folder(const std::filesystem::path& folder);

}  // namespace pystacks::scratch
