#include "rpm/configuration_provides.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "python/trait_names.hpp"
#include "rpm/spec_text.hpp"

namespace pystacks::rpm {
namespace {

constexpr std::string_view start = "pystacks(";

std::string capability(std::string_view key, std::string_view value) {
    return fmt::format("{}{}:{})", start, key, value);
}

/// Between %if and %endif when rpm may find that there is no such trait.
std::string trait_tag(const std::string& word) {
    std::string line = tag("Provides", capability("trait", word));
    if (word.find('%') == std::string::npos) return line;
    return fmt::format("%if \"{}\" != \"\"\n{}%endif\n", on_one_line(word), line);
}

/// The values of all capabilities of this kind, in the header's order.
std::vector<std::string> values_of(const Package& package, std::string_view key) {
    const std::string head = fmt::format("{}{}:", start, key);
    std::vector<std::string> values;
    for (const Dependency& each : package.of(DependencyKind::provides)) {
        const std::string_view name = each.name;
        if (!name.starts_with(head) || !name.ends_with(')')) continue;
        values.emplace_back(name.substr(head.size(), name.size() - head.size() - 1));
    }
    return values;
}

/// @throws Error (usage)
std::string only_value(const Package& package, std::string_view key) {
    const std::vector<std::string> values = values_of(package, key);
    if (values.size() == 1 && !values.front().empty()) return values.front();
    throw Error(ErrorKind::usage, "cannot tell the configuration of", package.file.string(),
                values.size() < 2 ? fmt::format("it does not provide {}", capability(key, "NAME"))
                                  : fmt::format("it provides {} for {} names: {}", capability(key, "NAME"),
                                                values.size(), join(values, ", ")),
                "pystacks build writes these provides, once for each package of a configuration; see stack.toml(5)");
}

}  // namespace

std::string configuration_provides(const stack::Configuration& configuration) {
    std::string text = tag("Provides", capability("configuration", configuration.name)) +
                       tag("Provides", capability("variant-of", configuration.variant_of));
    if (!configuration.suffix.empty()) text += tag("Provides", capability("suffix", configuration.suffix));
    for (const std::string& word : configuration.traits) text += trait_tag(word);
    return text;
}

std::optional<DeclaredConfiguration> declared_configuration(const Package& package) {
    if (values_of(package, "configuration").empty()) return std::nullopt;
    DeclaredConfiguration result;
    result.name = only_value(package, "configuration");
    result.variant_of = only_value(package, "variant-of");
    if (!values_of(package, "suffix").empty()) result.suffix = only_value(package, "suffix");
    for (const std::string& word : values_of(package, "trait")) {
        if (const auto trait = python::trait_of_word(word)) {
            result.traits.add(*trait);
        } else {
            result.unknown_traits.push_back(word);
        }
    }
    return result;
}

}  // namespace pystacks::rpm
