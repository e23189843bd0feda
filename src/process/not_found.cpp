#include "process/not_found.hpp"

#include <array>
#include <fstream>

namespace pystacks::process {
namespace {

/// A traced command ("+ echo …") says what is run, not how it went.
bool is_trace(std::string_view line) { return line.starts_with('+'); }

bool ends_as_a_shell_would(std::string_view line) {
    // dash: "script: 643: cpio: not found"; bash: "script: line 643: cpio: command not found".
    return line.ends_with(": not found") || line.ends_with(": command not found");
}

bool has_a_missing_file_of(std::string_view line, std::string_view speaker) {
    constexpr std::string_view reason = "No such file or directory";
    return line.starts_with(speaker) && line.ends_with(reason);
}

}  // namespace

bool says_not_found(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (line.empty() || is_trace(line)) return false;
    if (ends_as_a_shell_would(line)) return true;
    // A script whose "#!" names what is not there.
    if (line.ends_with(": bad interpreter: No such file or directory")) return true;
    constexpr std::array speakers{"env: ", "/usr/bin/env: ", "xargs: ", "make: ", "error: Couldn't exec "};
    for (const char* speaker : speakers) {
        if (has_a_missing_file_of(line, speaker)) return true;
    }
    return line.starts_with("ModuleNotFoundError: No module named ") ||
           line.starts_with("ImportError: No module named ");
}

std::optional<std::string> first_not_found(const std::filesystem::path& log) {
    std::ifstream file(log);
    std::string line;
    while (std::getline(file, line)) {
        if (says_not_found(line)) return line;
    }
    return std::nullopt;
}

}  // namespace pystacks::process
