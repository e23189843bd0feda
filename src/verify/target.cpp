#include "verify/target.hpp"

#include <string_view>
#include <utility>

namespace pystacks::verify {
namespace {

constexpr std::array<std::pair<Target, std::string_view>, 3> names{
    {{Target::each, "each"}, {Target::optimized, "optimized"}, {Target::debug, "debug"}}};

}  // namespace

std::string name_of(Target target) {
    for (const auto& [value, name] : names) {
        if (value == target) return std::string(name);
    }
    return {};
}

Target read_target(const std::string& name, const toml::source_region& where, stack::Problems& problems) {
    for (const auto& [value, known] : names) {
        if (known == name) return value;
    }
    problems.add(where, "'on' must be 'each', 'optimized' or 'debug', found " + stack::in_quotes(name));
    return Target::each;
}

bool includes(Target target, const InstalledInterpreter& interpreter) {
    return target == Target::each || (target == Target::debug) == interpreter.has(python::Trait::debug);
}

}  // namespace pystacks::verify
