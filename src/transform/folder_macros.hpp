#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pystacks::transform {

/// What a folder of modules may have.
enum class FolderKind : std::uint8_t {
    compiled,  ///< site-packages of the architecture: distributions that have a compiled module go there whole
    pure,      ///< site-packages of modules that are not compiled
};

/// A macro by which a distribution names a folder of modules.
struct FolderMacro {
    std::string_view name;
    FolderKind kind = FolderKind::compiled;
    /// Whose macro it is; empty where several distributions have it.
    std::string_view distribution;
    std::string_view source;  ///< where its meaning is defined
    /// Whether the build macros beside it start the interpreter that %__python3 names, so that a second pass can
    /// replace it.
    bool build_follows_interpreter = true;
};

[[nodiscard]] std::span<const FolderMacro> folder_macros() noexcept;

/// A macro by which a distribution's packages of some framework name %{_libdir}.
struct LibraryFolderMacro {
    std::string_view name;
    std::string_view source;  ///< where its meaning is defined
};
[[nodiscard]] std::span<const LibraryFolderMacro> library_folder_macros() noexcept;

/// The row of @p name, or null. "python311_sitearch" is openSUSE's name for one of several interpreters' folders.
[[nodiscard]] const FolderMacro* folder_macro(std::string_view name);

/// The macro that @p path begins with: "%{?name}/x", "%name/x". Null when it is not in the table.
/// @param rest gets what follows it
[[nodiscard]] const FolderMacro* folder_macro_of(std::string_view path, std::string_view& rest);

/// The name of the macro that @p path begins with; empty when it begins with none.
[[nodiscard]] std::string_view leading_macro(std::string_view path) noexcept;

}  // namespace pystacks::transform
