#include "build/failure_excerpt.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::build {
namespace {

constexpr int lines_searched = 200;
constexpr std::ptrdiff_t lines_shown = 25;

bool looks_like_error(const std::string& line) {
    return line.find("error:") != std::string::npos || line.find("*** ") != std::string::npos;
}

}  // namespace

std::string failure_excerpt_of(std::string_view tail) {
    std::vector<std::string> lines = split(tail, '\n');
    while (!lines.empty() && trim(lines.back()).empty()) lines.pop_back();
    if (std::ssize(lines) > lines_searched) lines.erase(lines.begin(), lines.end() - lines_searched);

    const auto error = std::find_if(lines.begin(), lines.end(), looks_like_error);
    const auto first = error != lines.end() ? error : lines.end() - std::min(std::ssize(lines), lines_shown);
    const auto last = first + std::min(lines.end() - first, lines_shown);
    return join(std::span<const std::string>(first, last), "\n");
}

std::string failure_excerpt(const std::filesystem::path& log) {
    return failure_excerpt_of(process::log_tail(log, lines_searched));
}

}  // namespace pystacks::build
