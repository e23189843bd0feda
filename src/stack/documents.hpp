#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "stack/toml.hpp"

/// The files that a stack is written in: stack.toml itself, then those that its `include` names.
///
/// Stacks of one family share a file by including it. rpm expands all of them in one go, as one text, in which a line
/// before each says which file it is; so messages name the file and line that the packager wrote.
namespace pystacks::stack {

struct Document {
    std::filesystem::path file;  ///< for messages, and what relative names in it are relative to
    std::string text;
};

/// stack.toml and what it includes, unexpanded.
/// @param search_path folders of stacks: what is not beside stack.toml, nor in the folder above, is looked for there
/// @throws Error
[[nodiscard]] std::vector<Document> read_documents(const std::filesystem::path& stack_file,
                                                   const std::vector<std::filesystem::path>& search_path);

/// One text for rpm to expand; split_documents() splits it again.
[[nodiscard]] std::string join_documents(const std::vector<Document>& documents);

/// @param file what a text is called that is one document and does not say its name
[[nodiscard]] std::vector<Document> split_documents(std::string_view text, const std::filesystem::path& file);

/// What the documents say together. The stack's word counts, key by key. Tables of an array that are identified by a
/// name (switches, macros, configurations, packages) are one table when they have the same name; all others stay, the
/// stack's before those of the files that it includes, except for configurations, whose first is the base.
/// @throws Error (usage)
[[nodiscard]] toml::table merge_documents(const std::vector<Document>& documents);

}  // namespace pystacks::stack
