#include "transform/macro_values.hpp"

#include <cctype>

#include "transform/folder_macros.hpp"

namespace pystacks::transform {
namespace {

using spectext::Definition;
using spectext::SpecText;

constexpr std::size_t longest_look = 4000;

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t name_end(std::string_view text, std::size_t at) {
    while (at < text.size() && is_name(text[at])) ++at;
    return at;
}

}  // namespace

MacroValues::MacroValues(const SpecText& spec) {
    std::map<std::string, int, std::less<>> times;
    for (const Definition& each : spec.definitions()) ++times[std::string(each.name)];
    for (const Definition& each : spec.definitions()) {
        const bool plain = !each.parametric && spec.lines()[each.line].branch == 0 && each.body.size() < 400;
        if (plain && times[std::string(each.name)] == 1) values_[std::string(each.name)] = std::string(each.body);
    }
    for (const LibraryFolderMacro& each : library_folder_macros()) {
        if (!times.contains(each.name)) values_.emplace(each.name, "%{_libdir}");
    }
}

std::string MacroValues::look(std::string_view text) const {
    std::string result(text);
    bool changed = true;
    for (int depth = 0; changed && depth < 5 && result.size() < longest_look; ++depth) {
        changed = false;
        result = once(result, changed);
    }
    return result;
}

std::string MacroValues::once(std::string_view text, bool& changed) const {
    std::string result;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t percent = text.find('%', at);
        // Values in values would make a megabyte of three characters.
        if (percent == std::string_view::npos || result.size() >= longest_look) break;
        result += text.substr(at, percent - at);
        const bool braced = percent + 1 < text.size() && text[percent + 1] == '{';
        std::size_t name = percent + (braced ? 2 : 1);
        if (braced && name < text.size() && text[name] == '?') ++name;
        const std::size_t end = name_end(text, name);
        const bool whole = !braced || (end < text.size() && text[end] == '}');
        const auto found = whole ? values_.find(text.substr(name, end - name)) : values_.end();
        if (found == values_.end()) {
            result += '%';
            at = percent + 1;
            continue;
        }
        result += found->second;
        changed = true;
        at = end + (braced ? 1 : 0);
    }
    return at < text.size() ? result + std::string(text.substr(at)) : result;
}

bool has_word(std::string_view text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !is_name(text[at - 1]);
        if (begins && (end == text.size() || !is_name(text[end]))) return true;
    }
    return false;
}

std::set<std::string_view> used_names(std::string_view text) {
    std::set<std::string_view> names;
    if (text.find('%') == std::string_view::npos) return names;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = name_end(text, at);
        if (end > at) names.insert(text.substr(at, end - at));
        at = end + 1;
    }
    // A definition that lacks its name.
    if (has_word(text, {})) names.insert(std::string_view());
    return names;
}

bool uses_macro(std::string_view text, std::string_view name) {
    return text.find('%') != std::string_view::npos && has_word(text, name);
}

}  // namespace pystacks::transform
