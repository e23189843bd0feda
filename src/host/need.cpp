#include "host/need.hpp"

#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/packages_table.hpp"

namespace pystacks::host {
namespace {

constexpr std::array uses{
    std::pair{Use::compile, std::string_view("compile")}, std::pair{Use::build, std::string_view("build")},
    std::pair{Use::verify, std::string_view("verify")},   std::pair{Use::extension, std::string_view("extension")},
    std::pair{Use::option, std::string_view("option")},   std::pair{Use::test, std::string_view("test")},
    std::pair{Use::slow, std::string_view("slow")},
};

std::optional<Use> use_of(std::string_view name) {
    for (const auto& [use, its_name] : uses) {
        if (its_name == name) return use;
    }
    return std::nullopt;
}

std::string field(const std::string& text) {
    const std::string_view trimmed = trim(text);
    return trimmed == "-" ? std::string() : std::string(trimmed);
}

Need need_of(const std::string& line, int number) {
    const auto complain = [number](const char* why) -> Error {
        return {"cannot read the table of packages", fmt::format("setup/packages.txt:{}", number), why};
    };
    const std::vector<std::string> fields = split(line, '|');
    if (fields.size() != 5) throw complain("a row has five fields");
    const std::optional<Use> use = use_of(trim(fields[0]));
    if (!use) throw complain("its first field is not a use");
    return {*use, field(fields[1]), field(fields[2]), field(fields[3]), field(fields[4])};
}

}  // namespace

std::string_view name_of(Use use) {
    for (const auto& [each, name] : uses) {
        if (each == use) return name;
    }
    return {};
}

std::vector<Need> parse_needs(std::string_view table) {
    std::vector<Need> rows;
    int number = 0;
    for (const std::string& line : split(std::string(table), '\n')) {
        ++number;
        if (!trim(line).empty() && line.front() != '#') rows.push_back(need_of(line, number));
    }
    return rows;
}

const std::vector<Need>& needs() {
    static const std::vector<Need> rows = parse_needs(packages_table);
    return rows;
}

}  // namespace pystacks::host
