#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Questions that a path of an install tree ("/usr/bin/python3.13") answers by its name alone.
namespace pystacks::merge {

/// Where @p path of the tree at @p root is on disk.
[[nodiscard]] std::filesystem::path on_disk(const std::filesystem::path& root, std::string_view path);

/// Whether @p path is @p folder itself or something in it.
[[nodiscard]] bool is_within(std::string_view path, std::string_view folder) noexcept;

/// The folder that @p path is in; empty for an entry of the root.
[[nodiscard]] std::string_view parent_of(std::string_view path) noexcept;

/// The source that a file of bytecode would be made from, whether or not it exists:
/// DIR/__pycache__/STEM.TAG[.opt-LEVEL].pyc (PEP 3147, PEP 488; .pyo before 3.5) or DIR/STEM.pyc, DIR/STEM.pyo.
/// Nothing for any other name.
[[nodiscard]] std::optional<std::string> bytecode_source(std::string_view path);

}  // namespace pystacks::merge
