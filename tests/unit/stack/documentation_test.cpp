#include <map>
#include <string>
#include <vector>

#include "base/file.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "sample.hpp"
#include "stack/stack.hpp"

namespace {

/// The text of each section of docs/stack-toml.md whose title is a table ("## `[[patch]]`"); the first has "".
std::map<std::string, std::string> sections() {
    std::map<std::string, std::string> result;
    std::string current;
    const auto text = pystacks::read_file(std::string(PYSTACKS_SOURCE_DIR) + "/docs/stack-toml.md");
    for (const auto& line : pystacks::split(text, '\n')) {
        if (line.rfind("## ", 0) == 0 || line.rfind("### ", 0) == 0) {
            const auto begin = line.find("`[");
            const auto end = line.rfind("]`");
            current = begin == std::string::npos || end == std::string::npos ? std::string()
                                                                             : line.substr(begin + 1, end - begin);
        }
        result[current] += line + "\n";
    }
    return result;
}

/// The indented blocks of the documentation that are TOML, without their indentation.
std::vector<std::string> examples() {
    std::vector<std::string> result(1);
    const auto text = pystacks::read_file(std::string(PYSTACKS_SOURCE_DIR) + "/docs/stack-toml.md");
    for (const auto& line : pystacks::split(text, '\n')) {
        if (line.rfind("    ", 0) == 0 || (line.empty() && !result.back().empty())) {
            result.back() += line.substr(line.empty() ? 0 : 4) + "\n";
        } else if (!result.back().empty()) {
            result.emplace_back();
        }
    }
    std::erase_if(result,
                  [](const std::string& block) { return block.rfind("[", 0) != 0 && block.rfind("format", 0) != 0; });
    return result;
}

}  // namespace

TEST_CASE("the examples of the documentation are in order") {
    std::size_t whole = 0;
    for (const auto& example : examples()) {
        INFO(example);
        if (example.rfind("format", 0) == 0) {
            CHECK(sample::problems(example).empty());
            ++whole;
            continue;
        }
        // Parts of a stack, after a whole one: a name may be there twice, but every key has to be right.
        for (const auto& problem : sample::problems(sample::text_and(example))) {
            INFO(problem);
            CHECK(problem.find("a second [[configuration]]") != std::string::npos);
        }
    }
    CHECK(whole == 1);
    CHECK(examples().size() > 8);
}

TEST_CASE("docs/stack-toml.md has a row for every key, with its type and whether it is required") {
    const auto documented = sections();
    for (const auto& key : pystacks::stack::known_keys()) {
        const std::string table(key.table);
        INFO("the section of " << table);
        REQUIRE(documented.contains(table));
        const std::string row =
            "| `" + std::string(key.key) + "` | " + std::string(key.type) + " | " + (key.required ? "required" : "");
        INFO("the row: " << row);
        CHECK(documented.at(table).find(row) != std::string::npos);
        if (!key.required) {
            CHECK(documented.at(table).find(row + "required") == std::string::npos);
        }
    }
}
