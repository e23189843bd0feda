#include "extension/debug_module_name.hpp"

#include "base/expression.hpp"

namespace pystacks::extension {
namespace {

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// "3.13" for "313", "3.9" for "39": the first digit is the major version.
std::string dotted(const std::string& digits) { return digits.substr(0, 1) + "." + digits.substr(1); }

std::optional<std::string> python2_folder(const std::string& path) {
    static const Expression pattern("/python(2\\.[0-9]+)/");
    const auto groups = pattern.first_in(path);
    if (!groups) return std::nullopt;
    return (*groups)[1];
}

}  // namespace

std::optional<DebugModuleName> debug_module_name(std::string_view path) {
    // Names are bounded: std::regex recurses.
    constexpr std::size_t longest_name = 255;
    const std::string file(file_name(path));
    if (file.size() > longest_name || path.size() > 4096) return std::nullopt;
    static const Expression python3("([^.]+)\\.cpython-([0-9]+)(t?)d([mu]*)(-[^/]*)?\\.so");
    if (const auto groups = python3.groups_of(file)) {
        const Expression::Groups& group = *groups;
        return DebugModuleName{dotted(group[2]), group[1],
                               ".cpython-" + group[2] + group[3] + group[4] + group[5] + ".so"};
    }
    constexpr std::string_view python2 = "_d.so";
    if (file.size() <= python2.size() || !file.ends_with(python2)) return std::nullopt;
    const std::optional<std::string> version = python2_folder(std::string(path));
    if (!version) return std::nullopt;
    return DebugModuleName{*version, file.substr(0, file.size() - python2.size()), ".so"};
}

bool is_release_name(const DebugModuleName& name, std::string_view file) {
    if (!file.starts_with(name.stem)) return false;
    const std::string_view suffix = file.substr(name.stem.size());
    return suffix == name.tag || suffix == ".so" || suffix == "module.so" || suffix == ".abi3.so";
}

}  // namespace pystacks::extension
