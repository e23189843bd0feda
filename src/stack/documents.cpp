#include "stack/documents.hpp"

#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "stack/problems.hpp"
#include "stack/toml_text.hpp"

namespace pystacks::stack {

namespace {

namespace fs = std::filesystem;

/// A comment for TOML. macros/macros.pystacks writes the same.
constexpr std::string_view heading = "#pystacks-document ";

/// Each file is merged into all that came before it.
constexpr std::size_t most_includes = 100;

struct Include {
    std::string name;  ///< as it is written
    toml::source_region where;
};

/// The names below `include`; that they are strings is checked here, as nothing else can be read without them.
std::vector<Include> includes_of(const toml::table& root, const fs::path& file) {
    std::vector<Include> includes;
    const toml::node* node = root.get("include");
    if (node == nullptr) return includes;
    Problems problems(file);
    if (!node->is_array()) problems.add(node->source(), "'include' must be an array of strings");
    for (std::size_t i = 0; node->is_array() && i < node->as_array()->size(); ++i) {
        const toml::node& element = *node->as_array()->get(i);
        const auto name = element.value<std::string>();
        if (!name || name->empty()) {
            problems.add(element.source(), "'include' must be an array of strings, each the name of a file");
        } else if (name->find('%') != std::string::npos) {
            problems.add(element.source(), "'include' is read before rpm expands macros, so it cannot contain any");
        } else {
            includes.push_back({*name, element.source()});
        }
    }
    if (includes.size() > most_includes) {
        problems.add(node->source(),
                     fmt::format("'include' names {} files; at most {} are allowed", includes.size(), most_includes));
    }
    problems.throw_if_any();
    return includes;
}

/// @throws Error (usage) that says where it was looked for
fs::path find_include(const Include& include, const fs::path& stack_file, const std::vector<fs::path>& search_path) {
    const fs::path beside = stack_file.parent_path();
    std::vector<fs::path> candidates{beside / include.name, beside / ".." / include.name};
    for (const fs::path& folder : search_path) candidates.push_back(folder / include.name);
    std::string looked_for;
    for (const fs::path& candidate : candidates) {
        std::error_code error;
        if (fs::is_regular_file(candidate, error)) return candidate.lexically_normal();
        looked_for += (looked_for.empty() ? "" : ", ") + candidate.lexically_normal().string();
    }
    throw_unusable(location(stack_file, include.where.begin), "none of these files exists: " + looked_for);
}

void check_heading(const Document& document) {
    const bool has_heading =
        document.text.starts_with(heading) || document.text.find(fmt::format("\n{}", heading)) != std::string::npos;
    if (has_heading) throw_unusable(document.file.string(), fmt::format("a line starts with '{}'", heading));
}

/// Which key tells tables of an array apart; "" for arrays whose tables have no name.
std::string_view identity_of(std::string_view array) {
    for (const std::string_view named : {"bcond", "macro", "configuration", "package"}) {
        if (array == named) return "name";
    }
    if (array == "wheels") return "package";
    return {};
}

void merge_tables(toml::table& into, toml::table&& from);

using NamedTables = std::map<std::string, toml::table*, std::less<>>;

/// The first table of each name.
NamedTables named_tables(toml::array& tables, std::string_view identity) {
    NamedTables named;
    for (toml::node& node : tables) {
        toml::table* table = node.as_table();
        if (table == nullptr) continue;
        if (const auto name = (*table)[identity].value<std::string_view>()) named.emplace(*name, table);
    }
    return named;
}

toml::table* named_table(const NamedTables& tables, std::string_view identity, const toml::table& like) {
    const auto name = like[identity].value<std::string_view>();
    const auto found = name ? tables.find(*name) : tables.end();
    return found == tables.end() ? nullptr : found->second;
}

void append(toml::array& into, toml::array&& from) {
    for (toml::node& node : from) {
        std::move(node).visit([&into](auto&& value) { into.push_back(std::forward<decltype(value)>(value)); });
    }
}

/// Tables with a name take the place of the included one of that name, so that the included order stays.
void merge_arrays(std::string_view key, toml::array& into, toml::array&& from) {
    const std::string_view identity = identity_of(key);
    const NamedTables named = identity.empty() ? NamedTables() : named_tables(from, identity);
    std::set<const toml::table*> taken;  // a second table of one name stays, so that it is reported
    toml::array own;
    for (toml::node& node : into) {
        toml::table* table = node.as_table();
        toml::table* counterpart = table == nullptr ? nullptr : named_table(named, identity, *table);
        if (counterpart == nullptr || !taken.insert(counterpart).second) {
            std::move(node).visit([&own](auto&& value) { own.push_back(std::forward<decltype(value)>(value)); });
            continue;
        }
        merge_tables(*table, std::move(*counterpart));
        *counterpart = std::move(*table);
    }
    toml::array& first = key == "configuration" ? from : own;
    toml::array& second = key == "configuration" ? own : from;
    append(first, std::move(second));
    into = std::move(first);
}

void merge_tables(toml::table& into, toml::table&& from) {
    for (auto&& [key, node] : from) {
        toml::node* own = into.get(key.str());
        if (own == nullptr) {
            std::move(node).visit(
                [&, &name = key](auto&& value) { into.insert(name, std::forward<decltype(value)>(value)); });
        } else if (own->is_table() && node.is_table()) {
            merge_tables(*own->as_table(), std::move(*node.as_table()));
        } else if (own->is_array_of_tables() && node.is_array_of_tables()) {
            merge_arrays(key.str(), *own->as_array(), std::move(*node.as_array()));
        }
    }
}

}  // namespace

std::vector<Document> read_documents(const fs::path& stack_file, const std::vector<fs::path>& search_path) {
    std::vector<Document> documents{{stack_file, read_file(stack_file, largest_toml)}};
    const toml::table root = parse_toml(documents.front().text, stack_file);
    for (const Include& include : includes_of(root, stack_file)) {
        const fs::path file = find_include(include, stack_file, search_path);
        documents.push_back({file, read_file(file, largest_toml)});
    }
    for (const Document& document : documents) check_heading(document);
    return documents;
}

std::string join_documents(const std::vector<Document>& documents) {
    std::string text;
    for (const Document& document : documents) {
        // rpm expands this line too.
        text += fmt::format("{}{}\n{}\n", heading, replace_all(document.file.string(), "%", "%%"), document.text);
    }
    return text;
}

std::vector<Document> split_documents(std::string_view text, const fs::path& file) {
    std::vector<Document> documents;
    if (!text.starts_with(heading)) documents.push_back({file, ""});
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        const std::string_view with_end = text.substr(0, line.size() + 1);
        if (line.starts_with(heading)) {
            documents.push_back({std::string(line.substr(heading.size())), ""});
        } else {
            documents.back().text += with_end;
        }
        text.remove_prefix(with_end.size());
    }
    return documents;
}

toml::table merge_documents(const std::vector<Document>& documents) {
    toml::table merged = parse_toml(documents.front().text, documents.front().file);
    const auto includes = includes_of(merged, documents.front().file);
    if (includes.size() != documents.size() - 1) {
        throw_unusable(documents.front().file.string(), fmt::format("'include' names {} files, but {} came with it",
                                                                    includes.size(), documents.size() - 1));
    }
    for (std::size_t i = 1; i < documents.size(); ++i) {
        toml::table included = parse_toml(documents[i].text, documents[i].file);
        if (const toml::node* node = included.get("include")) {
            throw_unusable(location(documents[i].file, node->source().begin),
                           "a file that is included cannot include others: name them in stack.toml");
        }
        merge_tables(merged, std::move(included));
    }
    return merged;
}

}  // namespace pystacks::stack
