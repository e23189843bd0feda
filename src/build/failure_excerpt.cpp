#include "build/failure_excerpt.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "base/text.hpp"
#include "build/make_progress.hpp"
#include "process/command.hpp"

namespace pystacks::build {
namespace {

constexpr int lines_searched = 200;
constexpr std::ptrdiff_t lines_shown = 25;

constexpr std::ptrdiff_t lines_before_a_conclusion = 8;

/// make and gcc's linking step say that something failed; what failed has said why before them.
bool is_conclusion(const std::string& line) {
    return line.find("*** ") != std::string::npos || line.find(": error: ld returned ") != std::string::npos;
}

bool looks_like_error(const std::string& line) {
    return line.find("error:") != std::string::npos || is_conclusion(line);
}

}  // namespace

std::string failure_excerpt_of(std::string_view tail) {
    std::vector<std::string> lines = split(tail, '\n');
    while (!lines.empty() && trim(lines.back()).empty()) lines.pop_back();
    std::erase_if(lines, compiles_object);
    if (std::ssize(lines) > lines_searched) lines.erase(lines.begin(), lines.end() - lines_searched);

    const auto error = std::find_if(lines.begin(), lines.end(), looks_like_error);
    auto first = error != lines.end() ? error : lines.end() - std::min(std::ssize(lines), lines_shown);
    if (error != lines.end() && is_conclusion(*error)) {
        first -= std::min(error - lines.begin(), lines_before_a_conclusion);
    }
    const auto last = first + std::min(lines.end() - first, lines_shown);
    return join(std::span<const std::string>(first, last), "\n");
}

std::string failure_excerpt(const std::filesystem::path& log) {
    return failure_excerpt_of(process::log_tail(log, lines_searched));
}

}  // namespace pystacks::build
