#include "base/names.hpp"

#include <algorithm>

#include "base/characters.hpp"
#include "base/text.hpp"

namespace pystacks {
namespace {

bool is_letter_or_digit(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// @param punctuation what may be in it besides letters and digits
std::string problem_of_characters(std::string_view text, std::string_view punctuation) {
    if (text.empty()) return "is empty";
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(first_character(rest).bytes)) {
        if (is_letter_or_digit(rest.front()) || punctuation.find(rest.front()) != std::string_view::npos) continue;
        const std::string_view character = rest.substr(0, first_character(rest).bytes);
        return "has the character '" + escaped(character, "\\") + "' in it";
    }
    return text.find("..") == std::string_view::npos ? "" : "has '..' in it";
}

std::string problem_of_lines(std::string_view text) {
    if (text.empty()) return "is empty";
    if (text.find('\0') != std::string_view::npos) return "contains a NUL character";
    return text.find('\n') == std::string_view::npos ? "" : "contains a line end";
}

}  // namespace

std::string problem_of_package_name(std::string_view name) {
    std::string problem = problem_of_characters(name, "-._+");
    if (!problem.empty() || is_letter_or_digit(name.front()) || name.front() == '_') return problem;
    return "does not begin with a letter, a digit or _";
}

std::string problem_of_version(std::string_view version) { return problem_of_characters(version, "._+~^"); }

std::string problem_of_file_name(std::string_view name) {
    if (std::string problem = problem_of_lines(name); !problem.empty()) return problem;
    if (name.find('/') != std::string_view::npos) return "has the character '/' in it";
    return name == "." || name == ".." ? "names a folder" : "";
}

std::string problem_of_installed_path(std::string_view path) {
    if (std::string problem = problem_of_lines(path); !problem.empty()) return problem;
    if (path.front() != '/') return "is not absolute";
    if (path.find("/..") == std::string_view::npos) return "";
    return std::ranges::count(split(path, '/'), "..") == 0 ? "" : "has the component '..'";
}

bool is_below(std::string_view path, std::string_view folder) {
    if (folder == "/") return path.size() > 1;
    return path.starts_with(folder) && path.substr(folder.size()).starts_with('/');
}

std::string file_name_of_url(std::string_view url) {
    const std::string_view address = url.substr(0, url.find_first_of("?#"));
    return std::string(address.substr(address.rfind('/') + 1));
}

std::string quoted_name(std::string_view name) {
    constexpr std::size_t longest = 100;
    return name.size() <= longest ? '"' + escaped(name) + '"' : '"' + escaped(name.substr(0, longest)) + "…\"";
}

}  // namespace pystacks
