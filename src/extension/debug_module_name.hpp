#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pystacks::extension {

/// A file of a debug module, told by its name alone, and what its release twin may be called.
struct DebugModuleName {
    std::string version;  ///< of Python, by tag or folder; "3.13"
    std::string stem;     ///< "_speedups"
    std::string tag;      ///< without the ABI flag: ".cpython-313-x86_64-linux-gnu.so"; ".so" for Python 2
};

/// "…/_speedups.cpython-313d-x86_64-linux-gnu.so", and "_speedups_d.so" in a folder of Python 2; nothing for others.
[[nodiscard]] std::optional<DebugModuleName> debug_module_name(std::string_view path);

/// Whether a file of that name, in the same folder, is the release module of the same import name.
[[nodiscard]] bool is_release_name(const DebugModuleName& name, std::string_view file);

}  // namespace pystacks::extension
