#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/file_entry.hpp"

namespace pystacks::transform {

/// What a section's header says of the package that it is about.
struct PackageName {
    std::string text;                ///< as written: "python3-%{srcname}", "python3"; empty: the main package
    bool absolute = false;           ///< with -n; otherwise it is appended to %{name}
    std::vector<std::string> lists;  ///< -f

    /// What %{?pydebug_package} takes: "-n NAME"; empty for the main package.
    [[nodiscard]] std::string option() const;
    [[nodiscard]] bool same_package(const PackageName& other) const {
        return text == other.text && absolute == other.absolute;
    }
};

[[nodiscard]] PackageName package_name(const spectext::Section& section);

/// A package that may have compiled modules, by its %files.
struct ModuleOwner {
    PackageName name;
    const spectext::Section* files = nullptr;
    std::vector<FileEntry> entries;
    std::set<std::string, std::less<>> excluded;  ///< below the folder of modules: what its %exclude lines name
    bool pyproject_list = false;                  ///< has %{pyproject_files}
    /// Where it lists metadata of a distribution with compiled modules: others have theirs in another folder.
    std::optional<std::size_t> metadata_line;
    std::optional<std::size_t> library_line;  ///< where it lists a shared library, which modules may be linked to

    /// Whether an entry would include debug modules that are beside the release ones.
    [[nodiscard]] bool swallows() const;
    /// Whether an %exclude names what @p entry of another package names.
    [[nodiscard]] bool excludes(const FileEntry& entry) const {
        return excluded.contains(without_folder_end(entry.rest));
    }
    /// Whether an entry says that there is a module.
    [[nodiscard]] bool names_modules() const;
    /// Whether the text shows that it has modules. Otherwise only the build knows.
    [[nodiscard]] bool surely_has_modules() const { return names_modules() || pyproject_list || metadata_line; }
    /// A glob of its modules, for %pydebug_package -m; empty when a list says which they are.
    [[nodiscard]] std::string glob() const;
};

/// In the order of the spec. Packages without an architecture have none.
[[nodiscard]] std::vector<ModuleOwner> module_owners(const spectext::SpecText& spec, const MacroValues& values,
                                                     Folders folders = Folders::two);

/// The line of a tag of the package's own, or no_line. @param tag "version"
[[nodiscard]] std::size_t tag_line(const spectext::SpecText& spec, const spectext::Section& section,
                                   std::string_view tag);
/// What the tag on @p line says; empty for no_line.
[[nodiscard]] std::string_view tag_value(const spectext::SpecText& spec, std::size_t line);

}  // namespace pystacks::transform
