#include <map>
#include <set>
#include <string>
#include <string_view>
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

/// A key as the documentation has it: "[source] sha256 (string, required)", with "optional" for anything else.
std::string described(std::string_view table, std::string_view key, std::string_view type, bool required) {
    return std::string(table) + " " + std::string(key) + " (" + std::string(type) +
           (required ? ", required)" : ", optional)");
}

/// The keys that the parser knows, sorted.
std::set<std::string> keys_of_parser() {
    std::set<std::string> result;
    for (const auto& key : pystacks::stack::known_keys()) {
        result.insert(described(key.table, key.key, key.type, key.required));
    }
    return result;
}

/// The keys of docs/stack-toml.md: rows of tables with at least a key, a type and a default.
std::set<std::string> keys_of_document() {
    std::set<std::string> result;
    for (const auto& [table, text] : sections()) {
        for (const auto& line : pystacks::split(text, '\n')) {
            const auto cells = pystacks::split(line, '|');
            if (cells.size() < 6 || cells[1].rfind(" `", 0) != 0) continue;
            const auto key = pystacks::trim(cells[1]);
            result.insert(described(table, key.substr(1, key.size() - 2), pystacks::trim(cells[2]),
                                    pystacks::trim(cells[3]) == "required"));
        }
    }
    return result;
}

/// The keys of stack.toml(5): tags such as "\fBsha256\fR (string, default: none)".
std::set<std::string> keys_of_page() {
    std::set<std::string> result;
    std::string table;
    const auto text = pystacks::read_file(std::string(PYSTACKS_SOURCE_DIR) + "/docs/man/stack.toml.5");
    for (const auto& escaped : pystacks::split(text, '\n')) {
        const auto line = pystacks::replace_all(escaped, "\\-", "-");
        if (line.rfind(".S", 0) == 0) {
            const auto begin = line.find("\\fB[");
            table = begin == std::string::npos ? "" : line.substr(begin + 3, line.find("\\fR") - begin - 3);
        }
        const auto end = line.find("\\fR (");
        if (line.rfind("\\fB", 0) != 0 || end == std::string::npos || !line.ends_with(')')) continue;
        const auto type = line.substr(end + 5, line.size() - end - 6);
        result.insert(
            described(table, line.substr(3, end - 3), type.substr(0, type.find(',')), type.ends_with(", required")));
    }
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
        const std::string interpreter = "interpreter = \"/usr/bin/tiny\"\n";
        const std::string whole_one = sample::text_with(interpreter, interpreter + "libdir = \"/usr/lib/tiny\"\n") +
                                      "[[package]]\nname = \"%{name}-debug\"\nsummary = \"s\"\nfiles = []\n";
        for (const auto& problem : sample::problems(whole_one + example)) {
            INFO(problem);
            CHECK(problem.find("a second [[configuration]]") != std::string::npos);
        }
    }
    CHECK(whole == 1);
    CHECK(examples().size() > 8);
}

TEST_CASE("docs/stack-toml.md has every key of the parser, with its type and whether it is required, and no other") {
    CHECK(keys_of_document() == keys_of_parser());
}

TEST_CASE("stack.toml(5) has every key of the parser, with its type and whether it is required, and no other") {
    CHECK(keys_of_page() == keys_of_parser());
}
