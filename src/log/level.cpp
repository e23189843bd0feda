#include "log/level.hpp"

#include <array>
#include <utility>

namespace pystacks::log {
namespace {

constexpr std::array<std::pair<Level, std::string_view>, 5> names{{
    {Level::trace, "trace"},
    {Level::debug, "debug"},
    {Level::info, "info"},
    {Level::warning, "warning"},
    {Level::error, "error"},
}};

}  // namespace

std::string_view name_of(Level level) noexcept {
    for (const auto& [value, name] : names) {
        if (value == level) return name;
    }
    return "info";
}

Level level_of(std::string_view name) noexcept {
    for (const auto& [value, known] : names) {
        if (known == name) return value;
    }
    return Level::info;
}

}  // namespace pystacks::log
