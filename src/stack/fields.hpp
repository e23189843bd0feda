#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "stack/problems.hpp"
#include "stack/stack.hpp"
#include "stack/toml.hpp"

/// Tables of stack.toml as data: which keys a table has, their types, and the members they go to. Validation, reading
/// and the list of known keys all follow from the same description.
namespace pystacks::stack {

enum class Need {
    optional,
    required,
    not_empty,  ///< required, and of more than no characters
};

enum class Lines { one, many };

/// The member that a key is read into; its type is the key's type.
template <class T>
using Member = std::variant<std::string T::*, bool T::*, int T::*, std::vector<std::string> T::*, std::vector<int> T::*,
                            std::map<std::string, std::string> T::*, Condition T::*>;

template <class T>
struct Field {
    std::string_view key;
    Member<T> member;
    Need need = Need::optional;
    Lines lines = Lines::one;  ///< whether a string may have several
};

template <class T>
struct TableSchema {
    std::string_view header;  ///< as it is written: "[build.make]", "[[patch]]"
    std::vector<Field<T>> fields;
    std::vector<std::string_view> tables;  ///< keys that hold tables with schemas of their own
};

/// A value with the table that it was read from, for the messages of later checks.
template <class T>
struct Item {
    T value;
    const toml::table* table = nullptr;

    /// Where a key's value stands; the table's header when it was not given.
    [[nodiscard]] const toml::source_region& where(std::string_view key) const {
        const toml::node* node = table->get(key);
        return node != nullptr ? node->source() : table->source();
    }
    [[nodiscard]] Place place() const { return place_of(table->source()); }
};

/// What a message about one key needs.
struct KeyContext {
    std::string_view key;
    Lines lines;
    Problems& problems;
};

// One a type: the value goes to the last parameter, or a problem is noted and the default stays.
void read_value(const toml::node& node, const KeyContext& context, std::string& into);
void read_value(const toml::node& node, const KeyContext& context, bool& into);
void read_value(const toml::node& node, const KeyContext& context, int& into);
void read_value(const toml::node& node, const KeyContext& context, std::vector<std::string>& into);
void read_value(const toml::node& node, const KeyContext& context, std::vector<int>& into);
void read_value(const toml::node& node, const KeyContext& context, std::map<std::string, std::string>& into);
void read_value(const toml::node& node, const KeyContext& context, Condition& into);

// The types' names in messages and in the documentation.
constexpr std::string_view type_name(const std::string&) { return "string"; }
constexpr std::string_view type_name(const Condition&) { return "string"; }
constexpr std::string_view type_name(const bool&) { return "boolean"; }
constexpr std::string_view type_name(const int&) { return "integer"; }
constexpr std::string_view type_name(const std::vector<std::string>&) { return "array of strings"; }
constexpr std::string_view type_name(const std::vector<int>&) { return "array of integers"; }
constexpr std::string_view type_name(const std::map<std::string, std::string>&) { return "table of strings"; }

/// Notes every key of @p table that is not in @p known.
/// @returns the keys that were suggested instead: they were misspelled, so nobody needs to hear that they are missing.
std::set<std::string> report_unknown_keys(const toml::table& table, std::string_view header,
                                          const std::vector<std::string>& known, Problems& problems);

void report_missing_key(const toml::table& table, std::string_view header, std::string_view key, Problems& problems);
void report_empty_value(const toml::node& node, std::string_view key, Problems& problems);

/// The table below @p key, or null when it is not given or (noted) something else. @param header "[build]"
const toml::table* sub_table(const toml::table& parent, std::string_view key, std::string_view header,
                             Problems& problems);

/// The tables of an array of tables; empty when it is not given or (noted) something else. @param header "[[patch]]"
std::vector<const toml::table*> tables_of(const toml::table& parent, std::string_view key, std::string_view header,
                                          Problems& problems);

template <class T>
std::vector<std::string> key_names(const TableSchema<T>& schema) {
    std::vector<std::string> names;
    for (const auto& field : schema.fields) names.emplace_back(field.key);
    names.insert(names.end(), schema.tables.begin(), schema.tables.end());
    return names;
}

/// Reads one table into @p into and notes every unknown key, wrong type and missing value.
/// @returns the keys that unknown ones probably meant
template <class T>
std::set<std::string> read_table(const toml::table& table, const TableSchema<T>& schema, T& into, Problems& problems) {
    auto misspelled = report_unknown_keys(table, schema.header, key_names(schema), problems);
    for (const Field<T>& field : schema.fields) {
        const toml::node* node = table.get(field.key);
        if (node == nullptr) {
            if (field.need != Need::optional && !misspelled.contains(std::string(field.key))) {
                report_missing_key(table, schema.header, field.key, problems);
            }
            continue;
        }
        const KeyContext context{field.key, field.lines, problems};
        std::visit([&](auto member) { read_value(*node, context, into.*member); }, field.member);
        const auto* text = node->as_string();
        if (field.need == Need::not_empty && text != nullptr && text->get().empty()) {
            report_empty_value(*node, field.key, problems);
        }
    }
    if constexpr (requires { into.place; }) into.place = place_of(table.source());
    return misspelled;
}

/// Reads every table of an array of tables. @p key is the schema's header without its brackets.
template <class T>
std::vector<Item<T>> read_tables(const toml::table& parent, const TableSchema<T>& schema, Problems& problems) {
    std::vector<Item<T>> items;
    const std::string_view key = schema.header.substr(2, schema.header.size() - 4);
    for (const toml::table* table : tables_of(parent, key, schema.header, problems)) {
        items.push_back({T{}, table});
        read_table(*table, schema, items.back().value, problems);
    }
    return items;
}

}  // namespace pystacks::stack
