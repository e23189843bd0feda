#include "stack/substitution.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"

namespace pystacks::stack {
namespace {

/// Replaces the variables of one table by those of one configuration.
template <class T>
class Replacement {
public:
    Replacement(const Item<T>& item, const Configuration& configuration, Problems& problems)
        : item_(item), configuration_(configuration), problems_(problems) {}

    [[nodiscard]] std::string replaced(std::string_view key, const std::string& text) const {
        try {
            return stack::substitute_variables(text, configuration_.variables);
        } catch (const Error& error) {
            problems_.add(item_.where(key),
                          fmt::format("cannot replace {} in {} for the configuration {}: {}", error.subject(),
                                      in_quotes(key), in_quotes(configuration_.name), error.reason()));
            return text;
        }
    }

    void replace(std::string_view key, std::string& text) const { text = replaced(key, text); }
    void replace(std::string_view key, std::vector<std::string>& texts) const {
        for (std::string& text : texts) text = replaced(key, text);
    }

private:
    const Item<T>& item_;
    const Configuration& configuration_;
    Problems& problems_;
};

const Configuration& configuration_of(const Package& package, const std::vector<Configuration>& configurations) {
    const auto found =
        std::find_if(configurations.begin(), configurations.end(),
                     [&](const Configuration& configuration) { return configuration.name == package.configuration; });
    return found == configurations.end() ? configurations.front() : *found;
}

}  // namespace

void substitute_variables(Item<Package>& package, const std::vector<Configuration>& configurations,
                          Problems& problems) {
    if (configurations.empty()) return;
    const Replacement replacement(package, configuration_of(package.value, configurations), problems);
    replacement.replace("files", package.value.files);
    replacement.replace("doc-files", package.value.doc_files);
    replacement.replace("license-files", package.value.license_files);
}

void substitute_variables(Item<Stack>& packages, const std::vector<Configuration>& configurations, Problems& problems) {
    if (configurations.empty()) return;
    const Replacement replacement(packages, configurations.front(), problems);
    replacement.replace("system-directories", packages.value.system_directories);
}

void substitute_variables(Item<Bytecode>& bytecode, const std::vector<Configuration>& configurations,
                          Problems& problems) {
    if (configurations.empty()) return;
    const Replacement of_base(bytecode, configurations.front(), problems);
    of_base.replace("library-path", bytecode.value.library_path);
    of_base.replace("home", bytecode.value.home);
    std::vector<std::string> paths;
    for (const Configuration& configuration : configurations) {
        if (!configuration.condition.enabled()) continue;
        const Replacement replacement(bytecode, configuration, problems);
        for (const std::string& path : bytecode.value.paths) {
            std::string replaced = replacement.replaced("paths", path);
            if (std::find(paths.begin(), paths.end(), replaced) == paths.end()) paths.push_back(std::move(replaced));
        }
    }
    bytecode.value.paths = std::move(paths);
}

}  // namespace pystacks::stack
