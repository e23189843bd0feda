#pragma once

#include <string_view>

#include "stack/problems.hpp"

/// What paths and names of a stack may look like. Before rpm expanded them they may start with a macro, which is
/// taken on trust: the stages parse the expanded text once more, and meet the same checks. Empty values pass.
namespace pystacks::stack {

/// A file or folder that is named relative to @p place ("stack.toml's folder") and must stay inside.
void check_inner_path(const toml::source_region& where, std::string_view key, std::string_view path,
                      std::string_view place, Problems& problems);

/// A path in the buildroot: absolute, without `..`.
void check_install_path(const toml::source_region& where, std::string_view key, std::string_view path,
                        Problems& problems);

/// A pattern of paths in the buildroot (base/glob.hpp), perhaps with `!`: one that can match something.
void check_pattern(const toml::source_region& where, std::string_view key, std::string_view pattern,
                   Problems& problems);

/// The same for paths below the source tree or a build folder: relative to it.
void check_inner_pattern(const toml::source_region& where, std::string_view key, std::string_view pattern,
                         Problems& problems);

/// What rpm accepts as a package's name, or as a version or release.
void check_rpm_name(const toml::source_region& where, std::string_view key, std::string_view name, Problems& problems);
void check_rpm_version(const toml::source_region& where, std::string_view key, std::string_view version,
                       Problems& problems);

/// The name of a bcond, a macro: letters, digits and underscores.
void check_macro_name(const toml::source_region& where, std::string_view key, std::string_view name,
                      Problems& problems);

/// Whether rpm still has to expand something in @p text, so that its value is not known yet.
[[nodiscard]] bool has_macro(std::string_view text) noexcept;

}  // namespace pystacks::stack
