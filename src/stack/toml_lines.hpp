#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks::stack {

/// The text of a stack.toml, changed line by line: comments, order and layout of all else stay as the packager has
/// them. Only keys with their value on one line are known here. What comes out is to be parsed and looked at before it
/// is used.
class TomlLines {
public:
    explicit TomlLines(std::string_view text);

    [[nodiscard]] std::string text() const;

    /// Number of tables with this header, as it is written: "[stack]", "[[macro]]".
    [[nodiscard]] std::size_t count(std::string_view header) const;
    /// The text of a string, between its quotes, which must have no escapes. @param number of the table, from 0
    [[nodiscard]] std::optional<std::string> value(std::string_view header, std::size_t number,
                                                   std::string_view key) const;
    /// The number of the first table in which @p key is @p text.
    [[nodiscard]] std::optional<std::size_t> table_with(std::string_view header, std::string_view key,
                                                        std::string_view text) const;
    /// @returns whether the table has the key
    bool set(std::string_view header, std::size_t number, std::string_view key, std::string_view text);
    /// With the comment above it.
    void remove_key(std::string_view header, std::size_t number, std::string_view key);
    /// With the comment above it, and the empty lines below.
    void remove_table(std::string_view header, std::size_t number);
    /// Puts @p text, a table of its own, before the first table with @p header.
    void insert_before(std::string_view header, std::string_view text);
    /// In comments before the first key, where files say what they are.
    void replace_in_head(std::string_view find, std::string_view replacement);

private:
    struct Range {
        std::size_t begin = 0, end = 0;  ///< lines
    };
    [[nodiscard]] std::optional<Range> table(std::string_view header, std::size_t number) const;
    [[nodiscard]] std::optional<std::size_t> line_of(std::string_view header, std::size_t number,
                                                     std::string_view key) const;
    [[nodiscard]] std::vector<std::size_t> headers() const;
    [[nodiscard]] std::size_t above_comment(std::size_t line) const;

    std::vector<std::string> lines_;
};

}  // namespace pystacks::stack
