#pragma once

#include <string>
#include <string_view>

/// Names that come from a package, a spec, an archive or a server, before they become a path or a program's argument.
/// Each function says why a name cannot be used, as the end of a sentence ("is empty"), and "" of one that can.
namespace pystacks {

/// By rpm's rules for what a spec may call a package: letters, digits and -._+ without "..", a letter, a digit or _
/// first. Such a name is one component of a path, and no option.
[[nodiscard]] std::string problem_of_package_name(std::string_view name);

/// By rpm's rules for versions and releases: letters, digits and ._+~^ without "..".
[[nodiscard]] std::string problem_of_version(std::string_view version);

/// Of a file in a folder: one component of a path, in one line.
[[nodiscard]] std::string problem_of_file_name(std::string_view name);

/// Of a file that a package installs: absolute, in one line, and nowhere up.
[[nodiscard]] std::string problem_of_installed_path(std::string_view path);

/// Whether @p path is in @p folder, at any depth. Both are absolute and normal; nothing is looked up.
[[nodiscard]] bool is_below(std::string_view path, std::string_view folder);

/// The last component of a URL or path, without what a query adds.
[[nodiscard]] std::string file_name_of_url(std::string_view url);

/// The name in quotes for a message, as far as it helps, with nothing in it that commands a terminal.
[[nodiscard]] std::string quoted_name(std::string_view name);

}  // namespace pystacks
