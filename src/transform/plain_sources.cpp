#include "transform/plain_sources.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string_view>

#include "base/text.hpp"
#include "spectext/tag.hpp"
#include "transform/macro_values.hpp"

namespace pystacks::transform {
namespace {

using spectext::Tag;

bool names_a_file(const Tag& tag) {
    for (const std::string_view word : {"source", "patch"}) {
        const std::string_view number = tag.name.substr(std::min(tag.name.size(), word.size()));
        const bool numbered =
            std::all_of(number.begin(), number.end(), [](unsigned char c) { return std::isdigit(c); });
        if (!numbered) continue;
        const Tag begin{tag.name.substr(0, word.size()), {}, {}};
        if (begin.is(word)) return true;
    }
    return false;
}

/// The tags of the main package that no condition is around.
std::vector<Tag> plain_tags(const spectext::SpecText& spec) {
    std::vector<Tag> tags;
    const spectext::Section& preamble = spec.sections().front();
    for (std::size_t line = preamble.begin; line < preamble.end; ++line) {
        const spectext::Line& each = spec.lines()[line];
        if (each.branch != 0 || each.kind != spectext::LineKind::content) continue;
        if (const std::optional<Tag> tag = spectext::tag_of(each.text)) tags.push_back(*tag);
    }
    return tags;
}

}  // namespace

std::vector<std::string> plain_sources(const spectext::SpecText& spec) {
    const MacroValues macros(spec);
    std::map<std::string, std::string> known;
    std::vector<std::string> files;
    for (const Tag& tag : plain_tags(spec)) {
        const auto expanded = [&](std::string_view text) {
            std::string result = macros.look(text);
            for (const auto& [name, value] : known) {
                for (const char* form : {"%{", "%{?"}) result = replace_all(result, form + name + "}", value);
            }
            return result;
        };
        if (tag.is("name") || tag.is("version")) known[tag.is("name") ? "name" : "version"] = expanded(tag.value);
        if (!names_a_file(tag)) continue;
        const std::string value = expanded(tag.value);
        std::string name = value.substr(value.rfind('/') + 1);
        // Of "https://…/file#/name", rpm takes the last part.
        if (!name.empty() && name.find_first_of("% \t") == std::string::npos) files.push_back(std::move(name));
    }
    return files;
}

}  // namespace pystacks::transform
