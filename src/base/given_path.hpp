#pragma once

#include <filesystem>
#include <string>

/// What is wrong with a path that a user gives: the end of a sentence, as in "x.spec: it is a folder". Empty: nothing.
namespace pystacks {

enum class Wanted { file, folder, either };

/// Of a path to read. Names the file that a link leads to when that is what is missing.
[[nodiscard]] std::string problem_of_input(const std::filesystem::path& path, Wanted wanted);

/// Of a file to write: it may be there, and its folder has to be. A device is a file here: /dev/stdout.
[[nodiscard]] std::string problem_of_output(const std::filesystem::path& path);

}  // namespace pystacks
