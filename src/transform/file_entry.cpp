#include "transform/file_entry.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "spectext/tag.hpp"
#include "transform/folder_macros.hpp"

namespace pystacks::transform {
namespace {

constexpr std::array directives{"%attr", "%config", "%verify", "%lang", "%caps", "%ghost", "%artifact", "%missingok"};

}  // namespace

std::optional<std::string_view> path_of(std::string_view line) {
    std::string_view text = trim(spectext::before_dnl(line));
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

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
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

/// "*.mako": a pattern whose names end otherwise than those of modules.
bool ends_otherwise(std::string_view name) {
    static const Expression extension(R"(.*\*\.([A-Za-z_][A-Za-z0-9_]*))");
    const auto groups = extension.groups_of(name);
    return groups && !(*groups)[1].starts_with("so");
}

/// Files and folders that have no module, by the name's end.
bool is_something_else(std::string_view rest) {
    if (rest.find("__pycache__") != std::string_view::npos || rest.find("-info") != std::string_view::npos) return true;
    // Overrides of introspected libraries are written in Python.
    if (rest.starts_with("gi/overrides")) return rest.find(".so") == std::string_view::npos;
    // Modules of PyQt bring the files that sip reads.
    static const Expression sip_files(R"(PyQt[456]/bindings(/.*)?)");
    if (sip_files.matches(rest) && rest.find(".so") == std::string_view::npos) return true;
    if (rest.ends_with('/')) return false;
    static const Expression other(R"(.*\.(py|pyc|pyo|py\*|py\?|py\[.*|py\{.*|pyi|pth|pxd|pyx|typed|txt|h|hpp|la|a|)"
                                  R"(json|ui|glade|xml|cmake|egg|cfg|png|svg|sh|css|js|html)$)");
    const std::string name(last_component(rest));
    return other.matches(name) || ends_otherwise(name) || name.find("info") == 0;
}

/// Folders of headers and of data, and patterns that leave the dot of an extension out: "*h", "*pxd".
bool is_unlikely(std::string_view rest) {
    static const Expression headers(R"((.*/)?include(/.*)?)");
    static const Expression ends(
        R"(.*\*(py|pyc|pyo|pyi|pth|pxd|pyx|pxi|typed|txt|h|hpp|json|xml|html|png|svg|css|js|md|rst|yaml|toml)/?)");
    static const Expression data(R"((.*/)?(fonts|icons|pixmaps|locale|(\w+_)?images)(/\**)?)");
    return headers.matches(rest) || data.matches(rest) || ends.matches(rest);
}

/// Whether a file's name is that of a compiled module, or of a library.
bool says_compiled(std::string_view name) {
    return name.find(".so") != std::string_view::npos || name.ends_with("*so") ||
           name.find("ext_suffix") != std::string_view::npos ||
           name.find("extension_suffix") != std::string_view::npos || name.find("cpython") != std::string_view::npos;
}

std::string without_slashes(std::string_view rest) {
    return std::string(rest.substr(std::min(rest.find_first_not_of('/'), rest.size())));
}

std::optional<std::string> below(std::string_view path, FolderKind kind, const Expression& place) {
    std::string_view rest;
    if (const FolderMacro* macro = folder_macro_of(path, rest)) {
        if (macro->kind != kind) return {};
        return without_slashes(rest);
    }
    const auto groups = place.groups_of(path);
    if (!groups) return {};
    return without_slashes(groups->back());
}

/// "pyarrow/libarrow_python.so": a library beside modules that says that it uses Python.
bool is_python_helper(std::string_view rest) {
    static const Expression helper(R"(.+/lib[^/]*[-_]python[^/]*\.so[^/]*)");
    static const Expression tagged(R"(cpython|ext(ension)?_suffix|abi3)");
    return helper.matches(rest) && !tagged.is_in(rest);
}

/// Whether the name is that of a library which modules load: "lib/libcore.so". A file "libxml2mod.so" or "libuser.so"
/// in the folder of modules itself can be imported; so can what has an ABI tag.
bool is_library(std::string_view rest) {
    static const Expression library(R"((.*/)?lib[^/]*\.so[^/]*)");
    static const Expression module(R"(.*(cpython|ext(ension)?_suffix|abi3).*|.*/?lib[^/]*(mod|py)[^/]*\.so[^/]*)");
    static const Expression in_lib_folder(R"((.*/)?lib/\*\.so[^/]*)");
    if (is_python_helper(rest)) return true;
    if (module.matches(rest)) return false;
    return (rest.find('/') != std::string_view::npos && library.matches(rest)) || in_lib_folder.matches(rest);
}

}  // namespace

std::optional<std::string> below_sitearch(std::string_view path) {
    static const Expression place(
        R"(^((%\{_libdir\}|%_libdir|/usr/lib64|/usr/lib\*|(%\{_prefix\}|%\{_exec_prefix\}|%_prefix|/usr)/%\{?_lib\}?))"
        R"(/python[^/]*/((site|dist)-packages|\*)|)"
        R"(%\(.*(get_python_lib\((1|True|plat_specific=(1|True))[^)]*\)|platlib|plat_specific).*\))([/ ].*)?$)");
    return below(path, FolderKind::compiled, place);
}

std::optional<std::string> below_sitelib(std::string_view path) {
    static const Expression place(R"(^((/usr|%\{_prefix\}|%_prefix)/lib/python[^/]*/((site|dist)-packages|\*)|)"
                                  R"(%\(.*(get_python_lib\(\)|purelib).*\))([/ ].*)?$)");
    return below(path, FolderKind::pure, place);
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
    FileEntry entry{EntryKind::folder, std::string(*path), *rest, 0, false};
    const std::string_view name = last_component(*rest);
    const bool says_module = says_compiled(name) && !rest->ends_with('/');
    if (says_module && is_library(*rest)) {
        entry.kind = EntryKind::library;
    } else if (has_glob(*rest)) {
        entry.kind = says_module ? EntryKind::module_glob : EntryKind::open_glob;
    } else if (says_module) {
        entry.kind = EntryKind::exact_module;
    }
    entry.unlikely = !says_module && is_unlikely(*rest);
    // In the folder of pure modules, only what is called a compiled one counts.
    if (pure && folders == Folders::two && (!says_module || name.find(".so") == std::string_view::npos)) return {};
    return entry;
}

std::string_view without_folder_end(std::string_view rest) {
    for (const std::string_view end : {std::string_view("/*"), std::string_view("/")}) {
        if (rest.ends_with(end)) rest.remove_suffix(end.size());
    }
    return rest;
}

std::optional<std::string> excluded_entry(std::string_view line, const MacroValues& values) {
    static constexpr std::string_view word = "%exclude";
    const std::string_view text = trim(spectext::before_dnl(line));
    if (!text.starts_with(word)) return {};
    const std::optional<std::string> rest = below_sitearch(values.look(trim(text.substr(word.size()))));
    return rest ? std::optional(std::string(without_folder_end(*rest))) : std::nullopt;
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
    static const Expression library(R"(^%(\{_libdir\}|_libdir)/[^/]*\.so[^/]*$)");
    return library.is_in(values.look(*path));
}

std::optional<std::string> private_library_folder(std::string_view line, const MacroValues& values,
                                                  const std::string& main) {
    static const Expression library(R"(^%\{?_libdir\}?/([^/*?\[]+)/lib[^/]*\.so[^/]*$)");
    const std::optional<std::string_view> path = path_of(line);
    const auto groups = path ? library.first_in(values.look(*path)) : std::nullopt;
    if (!groups || main.empty() || replace_all((*groups)[1], "%{name}", main) != main) return {};
    return std::string(path->substr(0, path->rfind('/')));
}

bool names_python_library(std::string_view line, const MacroValues& values, const std::set<std::string>& bound) {
    const std::optional<std::string_view> path = path_of(line);
    const std::optional<std::string> rest = path ? below_sitearch(values.look(*path)) : std::nullopt;
    if (rest) return is_python_helper(*rest);
    if (!names_shared_library(line, values)) return false;
    const std::string looked = lower(values.look(line));
    // A word of its own: libSoapySDR, libpythia8 and lib…_pytorch are not Python's. "py" before a name is, where
    // libraries of modules are called so.
    static const Expression python(
        R"(/lib[^/]*(python[^/]*|[-_.]py[23]?([-_.][^/]*)?)\.so|/libpy[23]?([-_.0-9][^/]*)?\.so|)"
        R"(/lib(pytalloc|pyldb|pyside|pyglib|pyimath|pyuno|pybind|pyvex|pysvn|pynac|pygobject)[^/]*\.so)");
    static const Expression of_module(R"(/libpy([a-z]+)[^/]*\.so)");
    if (python.is_in(looked)) return true;
    const auto groups = of_module.first_in(looked);
    return groups && bound.contains((*groups)[1]);
}

std::string bound_name(std::string_view name) {
    static const Expression letters(R"(^_*(?:python[0-9.]*-|py-|lib)?_?([a-z]+).*)");
    const auto groups = letters.groups_of(lower(name));
    return groups ? (*groups)[1] : std::string();
}

}  // namespace pystacks::transform
