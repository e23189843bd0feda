#include "base/shortened.hpp"

#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"

namespace pystacks {
namespace {

constexpr std::size_t longest_line = 320, line_begin = 220, line_end = 60;
constexpr std::size_t most_lines = 50, first_lines = 20, last_lines_kept = 30;

bool continues_a_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::string shortened_line(const std::string& line) {
    if (line.size() <= longest_line) return line;
    std::size_t begin = line_begin, end = line.size() - line_end;
    while (begin > 0 && continues_a_character(line[begin])) --begin;
    while (end < line.size() && continues_a_character(line[end])) ++end;
    return fmt::format("{} … {} bytes left out … {}", line.substr(0, begin), end - begin, line.substr(end));
}

}  // namespace

std::string shortened(std::string_view text) {
    std::vector<std::string> lines = split(text, '\n');
    if (lines.size() > most_lines) {
        const std::size_t left_out = lines.size() - first_lines - last_lines_kept;
        const auto begin = lines.begin() + first_lines;
        lines.erase(begin, begin + static_cast<std::ptrdiff_t>(left_out));
        lines.insert(lines.begin() + first_lines, fmt::format("… {} lines left out …", left_out));
    }
    for (std::string& line : lines) line = shortened_line(line);
    return join(lines, "\n");
}

}  // namespace pystacks
