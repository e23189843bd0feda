#include "stack/paths.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"

namespace pystacks::stack {

namespace {

constexpr std::string_view letters_and_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

bool has_parent_component(std::string_view path) {
    for (const auto& component : split(path, '/')) {
        if (component == "..") return true;
    }
    return false;
}

/// Whether nothing is known of the start of the text: a macro of rpm, or a variable of a configuration.
bool starts_open(std::string_view text) { return text.front() == '%' || text.substr(0, 2) == "${"; }

void check_characters(const toml::source_region& where, std::string_view key, std::string_view text,
                      std::string_view punctuation, Problems& problems) {
    for (const char character : text) {
        if (letters_and_digits.find(character) == std::string_view::npos &&
            punctuation.find(character) == std::string_view::npos) {
            problems.add(where, fmt::format("{} may contain letters, digits and {} only, found {}", in_quotes(key),
                                            punctuation, in_quotes(text)));
            return;
        }
    }
    if (text.find("..") != std::string_view::npos) {
        problems.add(where, fmt::format("{} must not contain '..', found {}", in_quotes(key), in_quotes(text)));
    }
}

}  // namespace

bool has_macro(std::string_view text) noexcept { return text.find('%') != std::string_view::npos; }

void check_inner_path(const toml::source_region& where, std::string_view key, std::string_view path,
                      std::string_view place, Problems& problems) {
    if (path.empty()) return;
    if (path.front() == '/') {
        problems.add(where, fmt::format("{} must be relative to {}, found {}", in_quotes(key), place, in_quotes(path)));
    } else if (has_parent_component(path)) {
        problems.add(where,
                     fmt::format("{} must not lead out of {}, found {}", in_quotes(key), place, in_quotes(path)));
    }
}

void check_install_path(const toml::source_region& where, std::string_view key, std::string_view path,
                        Problems& problems) {
    if (path.empty()) return;
    if (path.front() != '/' && !starts_open(path)) {
        problems.add(where, fmt::format("{} must be an absolute path, found {}", in_quotes(key), in_quotes(path)));
    } else if (has_parent_component(path)) {
        problems.add(where, fmt::format("{} must not contain '..', found {}", in_quotes(key), in_quotes(path)));
    }
}

namespace {

std::string_view without_sign(std::string_view pattern) {
    return pattern.substr(0, 1) == "!" ? pattern.substr(1) : pattern;
}

void check_compiles(const toml::source_region& where, std::string_view key, std::string_view pattern,
                    Problems& problems) {
    const std::string_view positive = without_sign(pattern);
    if (has_macro(positive)) return;
    try {
        // Variables have braces of their own, but these are balanced.
        const PathPattern compiled{std::string(positive)};
    } catch (const Error& error) {
        problems.add(where,
                     fmt::format("{} is not a pattern: {}: {}", in_quotes(key), in_quotes(pattern), error.reason()));
    }
}

}  // namespace

void check_inner_pattern(const toml::source_region& where, std::string_view key, std::string_view pattern,
                         Problems& problems) {
    if (without_sign(pattern).substr(0, 1) == "/") {
        problems.add(where, fmt::format("{} can match no path: {} starts with /", in_quotes(key), in_quotes(pattern)));
        return;
    }
    check_compiles(where, key, pattern, problems);
}

void check_pattern(const toml::source_region& where, std::string_view key, std::string_view pattern,
                   Problems& problems) {
    const std::string_view positive = without_sign(pattern);
    if (positive.empty() || starts_open(positive)) return;
    if (positive.front() != '/' && positive.front() != '{' && positive.substr(0, 3) != "**/") {
        problems.add(where, fmt::format("{} can match no path: {} starts with neither / nor **/", in_quotes(key),
                                        in_quotes(pattern)));
        return;
    }
    check_compiles(where, key, pattern, problems);
}

void check_rpm_name(const toml::source_region& where, std::string_view key, std::string_view name, Problems& problems) {
    if (name.empty() || has_macro(name)) return;
    if (letters_and_digits.find(name.front()) == std::string_view::npos && name.front() != '_') {
        problems.add(
            where, fmt::format("{} must start with a letter, a digit or _, found {}", in_quotes(key), in_quotes(name)));
        return;
    }
    check_characters(where, key, name, "._+-", problems);
}

void check_rpm_version(const toml::source_region& where, std::string_view key, std::string_view version,
                       Problems& problems) {
    if (version.empty() || has_macro(version)) return;
    check_characters(where, key, version, "._+~^", problems);
}

void check_macro_name(const toml::source_region& where, std::string_view key, std::string_view name,
                      Problems& problems) {
    if (name.empty()) return;
    const bool starts_well = std::string_view("0123456789").find(name.front()) == std::string_view::npos;
    for (const char character : name) {
        if (!starts_well || (letters_and_digits.find(character) == std::string_view::npos && character != '_')) {
            problems.add(where, fmt::format("{} must be letters, digits and _, and no digit first, found {}",
                                            in_quotes(key), in_quotes(name)));
            return;
        }
    }
}

}  // namespace pystacks::stack
