#include "stack/fields.hpp"

#include <array>
#include <limits>

#include <fmt/format.h>

#include "base/characters.hpp"
#include "base/text.hpp"

namespace pystacks::stack {

namespace {

std::string_view found(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::string:
            return "a string";
        case toml::node_type::integer:
            return "an integer";
        case toml::node_type::floating_point:
            return "a floating-point number";
        case toml::node_type::boolean:
            return "a boolean";
        case toml::node_type::date:
            return "a date";
        case toml::node_type::time:
            return "a time";
        case toml::node_type::date_time:
            return "a date-time";
        case toml::node_type::array:
            return "an array";
        case toml::node_type::table:
            return "a table";
        default:
            return "nothing";
    }
}

std::string with_article(std::string_view type) {
    const bool vowel = std::string_view("aeiou").find(type.front()) != std::string_view::npos;
    return fmt::format("{} {}", vowel ? "an" : "a", type);
}

void report_wrong_type(const toml::node& node, std::string_view what, std::string_view type, Problems& problems) {
    problems.add(node.source(), fmt::format("{} must be {}, found {}", what, with_article(type), found(node)));
}

/// Strings end up in argument vectors, in paths, in file lists and in the spec, which is printed: what would end them
/// early, or command a terminal, is refused here.
void check_characters(const toml::node& node, std::string_view what, std::string_view text, Lines lines,
                      Problems& problems) {
    if (text.find('\0') != std::string_view::npos) {
        problems.add(node.source(), fmt::format("{} contains a NUL character", what));
    } else if (lines == Lines::one && text.find('\n') != std::string_view::npos) {
        problems.add(node.source(), fmt::format("{} must be one line", what));
    } else if (has_control_character(text, lines == Lines::one ? "\t" : "\t\n\r")) {
        problems.add(node.source(), fmt::format("{} contains a control character", what));
    }
}

void read_string(const toml::node& node, std::string_view what, Lines lines, Problems& problems, std::string& into) {
    const auto* value = node.as_string();
    if (value == nullptr) {
        report_wrong_type(node, what, type_name(into), problems);
        return;
    }
    check_characters(node, what, value->get(), lines, problems);
    into = value->get();
}

void read_integer(const toml::node& node, std::string_view what, Problems& problems, int& into) {
    const auto* value = node.as_integer();
    if (value == nullptr) {
        report_wrong_type(node, what, type_name(into), problems);
    } else if (value->get() < std::numeric_limits<int>::min() || value->get() > std::numeric_limits<int>::max()) {
        problems.add(node.source(), fmt::format("{} is out of range: {}", what, value->get()));
    } else {
        into = static_cast<int>(value->get());
    }
}

bool is_identifier(std::string_view name) {
    constexpr std::string_view digits = "0123456789";
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    return !name.empty() && digits.find(name.front()) == std::string_view::npos &&
           name.find_first_not_of(letters) == std::string_view::npos;
}

/// A key that earlier versions had, and what to write instead.
struct RetiredKey {
    std::string_view header, key, instead;
};

constexpr std::array retired_keys{
    RetiredKey{"[build]", "profile",
               "each configuration says how its compiler is trained: write the same keys, without 'configuration', as "
               "[configuration.profile] below its [[configuration]]"},
    RetiredKey{"[[package]]", "configuration",
               "the configuration says which package has its own files: write the package's name as 'package' in its "
               "[[configuration]]"},
};

std::string_view instead_of(std::string_view header, std::string_view key) {
    const auto found = std::find_if(retired_keys.begin(), retired_keys.end(), [&](const RetiredKey& retired) {
        return retired.header == header && retired.key == key;
    });
    return found == retired_keys.end() ? std::string_view() : found->instead;
}

}  // namespace

void read_value(const toml::node& node, const KeyContext& context, std::string& into) {
    read_string(node, in_quotes(context.key), context.lines, context.problems, into);
}

void read_value(const toml::node& node, const KeyContext& context, bool& into) {
    if (const auto* value = node.as_boolean()) {
        into = value->get();
    } else {
        report_wrong_type(node, in_quotes(context.key), type_name(into), context.problems);
    }
}

void read_value(const toml::node& node, const KeyContext& context, int& into) {
    read_integer(node, in_quotes(context.key), context.problems, into);
}

void read_value(const toml::node& node, const KeyContext& context, std::vector<std::string>& into) {
    const auto* array = node.as_array();
    if (array == nullptr) {
        report_wrong_type(node, in_quotes(context.key), type_name(into), context.problems);
        return;
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
        std::string element;
        read_string(*array->get(i), fmt::format("item {} of {}", i + 1, in_quotes(context.key)), context.lines,
                    context.problems, element);
        // "%{?with_x:--enable-x}" expands to nothing when x is off; then there is no such element.
        if (!element.empty()) into.push_back(std::move(element));
    }
}

void read_value(const toml::node& node, const KeyContext& context, std::vector<int>& into) {
    const auto* array = node.as_array();
    if (array == nullptr) {
        report_wrong_type(node, in_quotes(context.key), type_name(into), context.problems);
        return;
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
        int element = 0;
        read_integer(*array->get(i), fmt::format("item {} of {}", i + 1, in_quotes(context.key)), context.problems,
                     element);
        into.push_back(element);
    }
}

void read_value(const toml::node& node, const KeyContext& context, std::map<std::string, std::string>& into) {
    const auto* table = node.as_table();
    if (table == nullptr) {
        report_wrong_type(node, in_quotes(context.key), type_name(into), context.problems);
        return;
    }
    for (const auto& [key, value] : *table) {
        const std::string name(key.str());
        if (!is_identifier(name)) {
            context.problems.add(key.source(), fmt::format("{} is not a name for {}: letters, digits and _ only",
                                                           in_quotes(name), in_quotes(context.key)));
        }
        read_string(value, in_quotes(name), Lines::many, context.problems, into[name]);
    }
}

void read_value(const toml::node& node, const KeyContext& context, Condition& into) {
    read_string(node, in_quotes(context.key), Lines::one, context.problems, into.expression);
    into.place = place_of(node.source());
}

std::set<std::string> report_unknown_keys(const toml::table& table, std::string_view header,
                                          const std::vector<std::string>& known, Problems& problems) {
    std::set<std::string> meant;
    for (const auto& [key, value] : table) {
        if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
        if (const auto instead = instead_of(header, key.str()); !instead.empty()) {
            problems.add(key.source(),
                         fmt::format("there is no key {} in {} any more: {}", in_quotes(key.str()), header, instead));
            continue;
        }
        const auto near = problems.full() ? std::nullopt : nearest(key.str(), known);
        const std::string place = header.empty() ? std::string() : fmt::format(" in {}", header);
        problems.add(key.source(), fmt::format("unknown key {}{}{}", in_quotes(key.str()), place,
                                               near ? fmt::format("; did you mean {}?", in_quotes(*near)) : ""));
        if (near) meant.insert(*near);
    }
    return meant;
}

void report_missing_key(const toml::table& table, std::string_view header, std::string_view key, Problems& problems) {
    problems.add(table.source(), header.empty() ? fmt::format("the required key {} is missing", in_quotes(key))
                                                : fmt::format("{} lacks the required key {}", header, in_quotes(key)));
}

void report_empty_value(const toml::node& node, std::string_view key, Problems& problems) {
    problems.add(node.source(), fmt::format("{} must not be empty", in_quotes(key)));
}

const toml::table* sub_table(const toml::table& parent, std::string_view key, std::string_view header,
                             Problems& problems) {
    const toml::node* node = parent.get(key);
    if (node == nullptr) return nullptr;
    if (node->is_table()) return node->as_table();
    problems.add(node->source(), fmt::format("{} must be a table, written {}, found {}", in_quotes(key), header,
                                             node->is_array_of_tables() ? "an array of tables" : found(*node)));
    return nullptr;
}

std::vector<const toml::table*> tables_of(const toml::table& parent, std::string_view key, std::string_view header,
                                          Problems& problems) {
    std::vector<const toml::table*> tables;
    const toml::node* node = parent.get(key);
    if (node == nullptr) return tables;
    const auto* array = node->as_array();
    if (array == nullptr) {
        problems.add(node->source(), fmt::format("{} must be an array of tables, each written {}, found {}",
                                                 in_quotes(key), header, found(*node)));
        return tables;
    }
    for (const toml::node& element : *array) {
        if (element.is_table()) {
            tables.push_back(element.as_table());
        } else {
            problems.add(element.source(), fmt::format("{} must be an array of tables, each written {}, found {}",
                                                       in_quotes(key), header, found(element)));
        }
    }
    return tables;
}

}  // namespace pystacks::stack
