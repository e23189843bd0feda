#include "transform/file_entry.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/expression.hpp"
#include "base/text.hpp"

namespace pystacks::transform {
namespace {

constexpr std::array directives{"%attr", "%config", "%verify", "%lang", "%caps", "%ghost", "%artifact", "%missingok"};

/// Takes directives off; nothing for lines whose path is no file of the package's own build.
std::optional<std::string_view> path_of(std::string_view line) {
    std::string_view text = trim(line);
    for (bool more = true; more;) {
        more = false;
        for (const std::string_view word : {"%dir", "%doc", "%license", "%exclude", "%defattr", "%docdir", "%pubkey"}) {
            if (text.starts_with(word)) return {};
        }
        for (const std::string_view word : directives) {
            if (!text.starts_with(word)) continue;
            text.remove_prefix(word.size());
            if (text.starts_with("(")) {
                const std::size_t end = text.find(')');
                if (end == std::string_view::npos) return {};
                text.remove_prefix(end + 1);
            }
            text = trim(text);
            more = true;
        }
    }
    if (text.size() > 1 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    return text;
}

bool has_glob(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool macro = i > 0 && text[i - 1] == '%';
        if (text[i] == '*' || text[i] == '[' || (text[i] == '{' && !macro)) return true;
        if (text[i] == '?' && (i < 2 || text.substr(i - 2, 2) != "%{")) return true;
    }
    return false;
}

std::string_view last_component(std::string_view path) {
    while (path.ends_with('/')) path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// Files and folders that have no module, by the name's end.
bool is_something_else(std::string_view rest) {
    if (rest.find("__pycache__") != std::string_view::npos || rest.find("-info") != std::string_view::npos) return true;
    // Overrides of introspected libraries are written in Python.
    if (rest.starts_with("gi/overrides")) return rest.find(".so") == std::string_view::npos;
    if (rest.ends_with('/')) return false;
    static const Expression other(R"(.*\.(py|pyc|pyo|py\*|py\?|py\[.*|py\{.*|pyi|pth|pxd|pyx|typed|txt|h|hpp|la|a|)"
                                  R"(json|ui|glade|xml|cmake|egg|cfg|png|svg|sh|css|js|html)$)");
    const std::string name(last_component(rest));
    return other.matches(name) || name.find("info") == 0;
}

std::optional<std::string> below(std::string_view path, const Expression& place) {
    const auto groups = place.groups_of(path);
    if (!groups) return {};
    const std::string& rest = groups->back();
    return rest.substr(std::min(rest.find_first_not_of('/'), rest.size()));
}

}  // namespace

std::optional<std::string> below_sitearch(std::string_view path) {
    static const Expression place(
        R"(^(%\{\??(python[23]?_sitearch|py[23]?_sitearch|py[23]?_platsitedir)\}|)"
        R"(%(python[23]?_sitearch|py[23]?_platsitedir)|)"
        R"((%\{_libdir\}|%_libdir|/usr/lib64)/python([23]|%\{python[23]?_version\}|%\{python3_pkgversion\}|)"
        R"([23]?\*|%\{[a-z0-9_]*ver[a-z]*\})[^/]*/(site-packages|\*)|)"
        R"(%\(.*(get_python_lib\((1|True|plat_specific=(1|True))[^)]*\)|platlib|plat_specific).*\))([/ ].*)?$)");
    return below(path, place);
}

std::optional<std::string> below_sitelib(std::string_view path) {
    static const Expression place(
        R"(^(%\{\??(python[23]?_sitelib|py[23]?_puresitedir)\}|%(python[23]?_sitelib|py[23]?_puresitedir)|)"
        R"(/usr/lib/python[^/]*/site-packages|)"
        R"(%\(.*(get_python_lib\(\)|purelib).*\))([/ ].*)?$)");
    return below(path, place);
}

std::optional<FileEntry> module_entry(std::string_view line, const MacroValues& values, Folders folders) {
    const std::optional<std::string_view> path = path_of(line);
    if (!path || path->empty()) return {};
    const std::string looked = values.look(*path);
    // A value may have slashes: "%(python -c 'import sys; ...')".
    std::optional<std::string> rest = below_sitearch(looked);
    if (!rest) rest = below_sitearch(*path);
    const bool pure = !rest;
    if (pure) rest = below_sitelib(looked);
    if (!rest || is_something_else(*rest)) return {};
    FileEntry entry{EntryKind::folder, std::string(*path), *rest, 0};
    const std::string_view name = last_component(*rest);
    const bool says_module = (name.find(".so") != std::string_view::npos || has_word(name, "python3_ext_suffix") ||
                              name.find("cpython") != std::string_view::npos) &&
                             !rest->ends_with('/');
    if (has_glob(*rest)) {
        entry.kind = says_module ? EntryKind::module_glob : EntryKind::open_glob;
    } else if (says_module) {
        entry.kind = EntryKind::exact_module;
    }
    // In the folder of pure modules, only what is called a compiled one counts.
    if (pure && folders == Folders::two && (!says_module || name.find(".so") == std::string_view::npos)) return {};
    return entry;
}

bool names_metadata(std::string_view line, const MacroValues& values) {
    const std::optional<std::string_view> path = path_of(line);
    if (!path || line.find("-info") == std::string_view::npos) return false;
    const std::optional<std::string> rest = below_sitearch(values.look(*path));
    return rest && rest->find("-info") != std::string::npos;
}

bool names_shared_library(std::string_view line, const MacroValues& values) {
    const std::optional<std::string_view> path = path_of(line);
    if (!path) return false;
    const std::string looked = values.look(*path);
    return looked.starts_with("%{_libdir}/") && looked.find(".so") != std::string::npos &&
           looked.find('/', std::string_view("%{_libdir}/").size()) == std::string::npos;
}

bool names_python_library(std::string_view line, const MacroValues& values) {
    if (!names_shared_library(line, values)) return false;
    static const Expression python(R"(.*/lib[^/]*[Pp]y[^/]*\.so.*|.*/lib[^/]*python[^/]*\.so.*)");
    return python.matches(values.look(line));
}

}  // namespace pystacks::transform
