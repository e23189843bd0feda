#include "python/module_file.hpp"

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

#include "base/expression.hpp"

namespace pystacks::python {
namespace {

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Whose list a suffix is in: that of interpreters with the global lock, or that of all.
enum class For { locked, both };

struct SuffixRow {
    int from, to;  ///< minor versions of Python 3
    For interpreter;
    const char* suffix;  ///< {} is the platform
};

/// Behind the versioned tags, in import order: importlib.machinery.EXTENSION_SUFFIXES of 3.11.2, 3.13.5, 3.14.10 and
/// 3.15.2 (Debian's packages). With a platform upstream has the stable ABI from 3.15 on, and Debian from 3.13 on.
constexpr std::array<SuffixRow, 7> suffix_rows{{
    {2, 14, For::locked, ".abi3.so"},
    {13, 14, For::locked, ".abi3-{}.so"},
    {15, 99, For::locked, ".abi3-{}.so"},
    {15, 99, For::locked, ".abi3.so"},
    {15, 99, For::both, ".abi3t-{}.so"},
    {15, 99, For::both, ".abi3t.so"},
    {0, 99, For::both, ".so"},
}};

bool applies(const SuffixRow& row, const Abi& abi) {
    if (abi.minor() < row.from || abi.minor() > row.to) return false;
    return row.interpreter == For::both || !abi.has(Trait::free_threaded);
}

std::string with_platform(std::string_view suffix, std::string_view platform) {
    std::string text(suffix);
    const std::size_t place = text.find("{}");
    if (place != std::string::npos) text.replace(place, 2, platform);
    return text;
}

std::string digits_of(const Abi& abi) { return std::to_string(abi.major()) + std::to_string(abi.minor()); }

std::optional<ModuleFile> with_version_tag(const std::string& file) {
    static const Expression pattern("([^.]+)(\\.cpython-([0-9]+)([a-z]*)(?:-([^/]*))?\\.so)");
    const auto groups = pattern.groups_of(file);
    if (!groups) return std::nullopt;
    const Expression::Groups& group = *groups;
    const std::optional<Traits> traits = traits_of_flags(group[4]);
    if (!traits || group[3].size() < 2) return std::nullopt;
    return ModuleFile{group[1], group[2], Tag::version, {dotted_version(group[3]), *traits}, group[5]};
}

std::optional<ModuleFile> with_stable_tag(const std::string& file) {
    static const Expression pattern("([^.]+)(\\.abi3(t?)(?:-([^/]*))?\\.so)");
    const auto groups = pattern.groups_of(file);
    if (!groups) return std::nullopt;
    const Expression::Groups& group = *groups;
    return ModuleFile{group[1], group[2], group[3].empty() ? Tag::stable : Tag::stable_shared, {}, group[4]};
}

}  // namespace

std::optional<ModuleFile> module_file(std::string_view path) {
    constexpr std::size_t longest_name = 255;
    const std::string file(file_name(path));
    if (file.size() > longest_name) return std::nullopt;
    if (auto found = with_version_tag(file)) return found;
    if (auto found = with_stable_tag(file)) return found;
    for (const auto& [suffix, tag, traits] :
         {std::tuple{"_d.so", Tag::python2_debug, debug_traits}, {".so", Tag::none, Traits()}}) {
        const std::string_view text = suffix;
        if (file.size() <= text.size() || !file.ends_with(text)) continue;
        std::string stem = file.substr(0, file.size() - text.size());
        if (stem.find('.') != std::string::npos) return std::nullopt;
        return ModuleFile{std::move(stem), std::string(text), tag, {"", traits}, ""};
    }
    return std::nullopt;
}

std::vector<std::string> module_suffixes(const Abi& abi, std::string_view platform) {
    if (abi.python2()) {
        if (abi.has(Trait::debug)) return {"_d.so", "module_d.so"};
        return {".so", "module.so"};
    }
    constexpr int first_with_platform = 5, first_with_release_modules = 8;
    const auto tagged = [&](const std::string& flags) {
        const std::string tag = ".cpython-" + digits_of(abi) + flags;
        return abi.minor() < first_with_platform || platform.empty() ? tag + ".so"
                                                                     : tag + "-" + std::string(platform) + ".so";
    };
    std::vector<std::string> suffixes{tagged(abi.flags())};
    if (abi.has(Trait::debug) && abi.minor() >= first_with_release_modules) {
        suffixes.push_back(tagged(abi.has(Trait::free_threaded) ? "t" : ""));
    }
    for (const SuffixRow& row : suffix_rows) {
        if (applies(row, abi)) suffixes.push_back(with_platform(row.suffix, platform));
    }
    return suffixes;
}

std::string imported_as(const Abi& abi, std::string_view folder, std::string_view stem) {
    return std::string(stem == "__init__" && !abi.python2() ? file_name(folder) : stem);
}

std::vector<std::string> init_symbols(const Abi& abi, std::string_view name) {
    if (abi.python2()) return {"init" + std::string(name)};
    constexpr int first_with_exports = 15;
    std::vector<std::string> symbols{"PyInit_" + std::string(name)};
    if (abi.minor() >= first_with_exports) symbols.push_back("PyModExport_" + std::string(name));
    return symbols;
}

}  // namespace pystacks::python
