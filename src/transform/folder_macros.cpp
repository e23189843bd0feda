#include "transform/folder_macros.hpp"

#include <array>
#include <cctype>

namespace pystacks::transform {
namespace {

constexpr auto compiled = FolderKind::compiled;
constexpr auto pure = FolderKind::pure;

constexpr std::string_view fedora = "src.fedoraproject.org/rpms/python-rpm-macros, macros.python*";
constexpr std::string_view mandriva = "OpenMandriva's and Mageia's python-rpm-macros, macros.python*";
constexpr std::string_view pld = "github.com/pld-linux/rpm-build-macros, macros.python";
constexpr std::string_view alt = "ALT's rpm-macros-python3 (github.com/altlinux/specs, r/rpm-build-python3)";
constexpr std::string_view suse = "github.com/openSUSE/python-rpm-macros, flavor.in";

constexpr std::array table{
    FolderMacro{"python3_sitearch", compiled, "", fedora},
    FolderMacro{"python3_sitelib", pure, "", fedora},
    FolderMacro{"python2_sitearch", compiled, "", fedora},
    FolderMacro{"python2_sitelib", pure, "", fedora},
    FolderMacro{"python_sitearch", compiled, "", fedora},
    FolderMacro{"python_sitelib", pure, "", fedora},
    FolderMacro{"python3_other_sitearch", compiled, "EPEL", fedora},
    FolderMacro{"python3_other_sitelib", pure, "EPEL", fedora},
    FolderMacro{"py_sitearch", compiled, "", "defined by old specs themselves"},
    FolderMacro{"py2_sitearch", compiled, "", "defined by old specs themselves"},
    FolderMacro{"py3_sitearch", compiled, "", "defined by old specs themselves"},
    FolderMacro{"py_sitelib", pure, "", "defined by old specs themselves"},
    FolderMacro{"py2_sitelib", pure, "", "defined by old specs themselves"},
    FolderMacro{"py3_sitelib", pure, "", "defined by old specs themselves"},
    FolderMacro{"py_platsitedir", compiled, "OpenMandriva or Mageia", mandriva},
    FolderMacro{"py2_platsitedir", compiled, "OpenMandriva or Mageia", mandriva},
    FolderMacro{"py3_platsitedir", compiled, "OpenMandriva or Mageia", mandriva},
    FolderMacro{"py_puresitedir", pure, "OpenMandriva or Mageia", mandriva},
    FolderMacro{"py2_puresitedir", pure, "OpenMandriva or Mageia", mandriva},
    FolderMacro{"py3_puresitedir", pure, "OpenMandriva or Mageia", mandriva},
    FolderMacro{"py_sitedir", compiled, "PLD Linux", pld},
    FolderMacro{"py2_sitedir", compiled, "PLD Linux", pld},
    FolderMacro{"py3_sitedir", compiled, "PLD Linux", pld},
    FolderMacro{"py_sitescriptdir", pure, "PLD Linux", pld},
    FolderMacro{"py2_sitescriptdir", pure, "PLD Linux", pld},
    FolderMacro{"py3_sitescriptdir", pure, "PLD Linux", pld},
    FolderMacro{"py_dyndir", compiled, "PLD Linux", pld},
    FolderMacro{"py3_dyndir", compiled, "PLD Linux", pld},
    // Of a noarch package it is the other folder; those are told by their BuildArch.
    FolderMacro{"python_sitelibdir", compiled, "ALT Linux", alt, false},
    FolderMacro{"python3_sitelibdir", compiled, "ALT Linux", alt, false},
    FolderMacro{"python_sitelibdir_noarch", pure, "ALT Linux", alt, false},
    FolderMacro{"python3_sitelibdir_noarch", pure, "ALT Linux", alt, false},
};

/// openSUSE has them for each interpreter: python39_sitearch, python313_sitelib, pypy3_sitearch.
constexpr std::array of_flavors{
    FolderMacro{"sitearch", compiled, "openSUSE", suse},
    FolderMacro{"sitelib", pure, "openSUSE", suse},
};

// Fedora's and openSUSE's files have the same names and meanings.
constexpr std::array library_folders{
    LibraryFolderMacro{"_kf5_libdir", "src.fedoraproject.org/rpms/kf5, macros.kf5"},
    LibraryFolderMacro{"_kf6_libdir", "src.fedoraproject.org/rpms/kf6, macros.kf6"},
    LibraryFolderMacro{"_qt5_libdir", "src.fedoraproject.org/rpms/qt5, macros.qt5-qtbase"},
    LibraryFolderMacro{"_qt6_libdir", "src.fedoraproject.org/rpms/qt6, macros.qt6-qtbase"},
};

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

}  // namespace

std::span<const FolderMacro> folder_macros() noexcept { return table; }

std::span<const LibraryFolderMacro> library_folder_macros() noexcept { return library_folders; }

const FolderMacro* folder_macro(std::string_view name) {
    for (const FolderMacro& each : table) {
        if (each.name == name) return &each;
    }
    const bool of_flavor = name.starts_with("python") || name.starts_with("pypy") || name.starts_with("$python");
    const std::size_t line = name.rfind('_');
    if (!of_flavor || line == std::string_view::npos) return nullptr;
    for (const FolderMacro& each : of_flavors) {
        if (name.substr(line + 1) == each.name) return &each;
    }
    return nullptr;
}

std::string_view leading_macro(std::string_view path) noexcept {
    if (!path.starts_with('%')) return {};
    std::size_t begin = 1;
    if (path.substr(begin).starts_with('{')) ++begin;
    while (begin < path.size() && (path[begin] == '?' || path[begin] == '!')) ++begin;
    std::size_t end = begin;
    while (end < path.size() && is_name(path[end])) ++end;
    const bool braced = path.substr(1).starts_with('{');
    if (braced && !path.substr(end).starts_with('}')) return {};
    return path.substr(begin, end - begin);
}

const FolderMacro* folder_macro_of(std::string_view path, std::string_view& rest) {
    const std::string_view name = leading_macro(path);
    const FolderMacro* found = name.empty() ? nullptr : folder_macro(name);
    if (found == nullptr) return nullptr;
    const std::size_t end = static_cast<std::size_t>(name.data() - path.data()) + name.size();
    rest = path.substr(end);
    if (rest.starts_with('}')) rest.remove_prefix(1);
    // "%{python3_sitearch}-more" is another folder.
    return rest.empty() || rest.starts_with('/') || rest.starts_with(' ') ? found : nullptr;
}

}  // namespace pystacks::transform
