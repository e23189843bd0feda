#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "stack/stack.hpp"

/// Whatever the text: parse() gives a stack or an Error. Of a stack, all that reads text further is asked too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const auto stack = pystacks::stack::parse(text, "stack.toml");
        (void)stack.enabled_configurations();
        for (const auto& source : stack.sources) (void)source.file_name();
        for (const auto& [name, value] : stack.build.environment) {
            (void)pystacks::stack::substitute_variables(value, stack.base().variables);
        }
    } catch (const pystacks::Error&) {
        return 0;
    }
    return 0;
}
