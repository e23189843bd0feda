#pragma once

#include <string>

namespace pystacks {

/// The address of @p symbol in @p object, one of the program's own shared objects: "pystacks-http.so". It is looked for
/// where the program was linked to look (RUNPATH), loaded when it is first asked for, and never unloaded. These objects
/// keep libraries away from commands that do not need them: libcurl and createrepo_c bring fifty others with them,
/// which take two thirds of the program's start.
/// @throws Error when it cannot be loaded
[[nodiscard]] void* symbol_of(const std::string& object, const char* symbol);

/// The same for a function.
template <class Function>
[[nodiscard]] Function* function_of(const std::string& object, const char* symbol) {
    return reinterpret_cast<Function*>(symbol_of(object, symbol));
}

}  // namespace pystacks
