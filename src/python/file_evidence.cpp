#include "python/file_evidence.hpp"

#include "python/headers.hpp"
#include "python/module_file.hpp"
#include "python/symbols.hpp"
#include "python/trait_names.hpp"

namespace pystacks::python {
namespace {

/// Of ".../bin/python3.13d" and ".../bin/python2.7-debug"; nothing for ".../bin/python3.13-config".
std::optional<Traits> traits_of_command(std::string_view path) {
    constexpr std::string_view mark = "/bin/python";
    const std::size_t at = path.rfind(mark);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view rest = path.substr(at + mark.size());
    const std::size_t length = version_length(rest);
    return length == 0 ? std::nullopt : traits_of_suffix(rest.substr(length));
}

std::optional<Traits> traits_of_module(std::string_view path) {
    const auto module = module_file(path);
    if (!module || (module->tag != Tag::version && module->tag != Tag::python2_debug)) return std::nullopt;
    return module->abi.traits;
}

std::optional<Traits> traits_of_library(std::string_view path) {
    const auto abi = abi_of_library(path.substr(path.rfind('/') + 1));
    return abi ? std::optional(abi->traits) : std::nullopt;
}

std::optional<Traits> traits_of_header(std::string_view path) {
    const auto headers = headers_of(path);
    return headers ? std::optional(headers->abi.traits) : std::nullopt;
}

}  // namespace

std::optional<Traits> traits_of_file(std::string_view path) {
    for (const auto judge : {traits_of_command, traits_of_module, traits_of_library, traits_of_header}) {
        if (const auto traits = judge(path)) return with_words(*traits);
    }
    return std::nullopt;
}

}  // namespace pystacks::python
