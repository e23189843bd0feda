#include "stack/stack.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/names.hpp"
#include "base/text.hpp"
#include "python/trait_names.hpp"
#include "stack/problems.hpp"

namespace pystacks::stack {

std::string Place::text() const { return fmt::format("{}:{}", file.string(), line); }

bool Condition::enabled() const noexcept {
    // An empty text that is in the file is what rpm left of a conditional; without a line there was no key.
    if (expression.empty()) return !given();
    return expression != "0";
}

std::string Source::file_name() const { return file_name_of_url(url); }

python::Traits Configuration::build_traits() const {
    python::Traits result;
    for (const std::string& word : traits) {
        if (const auto trait = python::trait_of_word(word)) result.add(*trait);
    }
    return result;
}

const Configuration* Stack::configuration(std::string_view configuration_name) const noexcept {
    for (const Configuration& each : configurations) {
        if (each.name == configuration_name) return &each;
    }
    return nullptr;
}

std::vector<const Configuration*> Stack::enabled_configurations() const {
    std::vector<const Configuration*> enabled;
    for (const auto& configuration : configurations) {
        if (configuration.condition.enabled()) enabled.push_back(&configuration);
    }
    return enabled;
}

bool uses_bootstrap(const Configuration& configuration) {
    const auto mention_it = [](const std::vector<std::string>& arguments) {
        return std::any_of(arguments.begin(), arguments.end(),
                           [](const std::string& each) { return each.find("${bootstrap}") != std::string::npos; });
    };
    return mention_it(configuration.make_arguments) || mention_it(configuration.early_arguments) ||
           mention_it(configuration.early_targets);
}

std::string substitute_variables(std::string_view text, const std::map<std::string, std::string>& variables) {
    std::string result;
    std::size_t position = 0;
    for (;;) {
        const std::size_t start = text.find("${", position);
        result += text.substr(position, start - position);
        if (start == std::string_view::npos) return result;
        const std::size_t end = text.find('}', start);
        if (end == std::string_view::npos) {
            throw Error(ErrorKind::usage, "cannot replace a variable", in_quotes(text.substr(start)), "a } is missing");
        }
        const std::string name(text.substr(start + 2, end - start - 2));
        const auto variable = variables.find(name);
        if (variable == variables.end()) {
            std::vector<std::string> names;
            for (const auto& [known, value] : variables) names.push_back(known);
            throw Error(ErrorKind::usage, "cannot replace a variable", in_quotes(text.substr(start, end + 1 - start)),
                        fmt::format("the configuration has no variable of that name{}", suggestion(name, names)),
                        "variables are defined in [configuration.variables] of stack.toml");
        }
        result += variable->second;
        position = end + 1;
    }
}

}  // namespace pystacks::stack
