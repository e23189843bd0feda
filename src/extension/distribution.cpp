#include "extension/distribution.hpp"

#include <algorithm>
#include <array>
#include <system_error>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::extension {
namespace {

constexpr std::size_t largest_metadata = std::size_t{16} << 20U;

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

/// A distribution of a site-packages folder, and the file names at its top that are its own.
struct Installed {
    fs::path folder;  ///< dist-info, egg-info
    std::vector<std::string> top_level;
};

std::string read_if_there(const fs::path& file) {
    std::error_code error;
    return fs::is_regular_file(file, error) ? read_file(file, largest_metadata) : std::string();
}

void add_once(std::vector<std::string>& names, std::string name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

/// "_yaml" for "_yaml.cpython-313-x86_64-linux-gnu.so", "lxml" for "lxml/etree.so".
std::string top_of(std::string_view path) { return std::string(path.substr(0, path.find_first_of("/."))); }

std::vector<Installed> installed_in(const fs::path& site) {
    std::vector<Installed> found;
    std::error_code error;
    std::vector<fs::path> folders;
    for (const fs::directory_entry& entry : fs::directory_iterator(site, error)) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    for (const fs::path& folder : folders) {
        if (folder.extension() != ".dist-info" && folder.extension() != ".egg-info") continue;
        Installed installed{folder, split_words(read_if_there(folder / "top_level.txt"))};
        for (const std::string& line : split(read_if_there(folder / "RECORD"), '\n')) {
            if (!line.starts_with("..") && !line.empty()) add_once(installed.top_level, top_of(line));
        }
        found.push_back(std::move(installed));
    }
    return found;
}

/// The one that says so; where none does, the only one there is.
const Installed* owner_among(const std::vector<Installed>& all, const std::string& top) {
    for (const Installed& each : all) {
        if (std::find(each.top_level.begin(), each.top_level.end(), top) != each.top_level.end()) return &each;
    }
    return all.size() == 1 ? &all.front() : nullptr;
}

Distribution read_distribution(const fs::path& folder, std::string_view version) {
    if (folder.extension() == ".dist-info") return parse_metadata(read_if_there(folder / "METADATA"), version);
    // distutils writes a file, setuptools a folder.
    if (!fs::is_directory(folder)) return parse_metadata(read_if_there(folder), version);
    Distribution result = parse_metadata(read_if_there(folder / "PKG-INFO"), version);
    for (std::string& name : parse_requires_txt(read_if_there(folder / "requires.txt"))) {
        add_once(result.requirements, std::move(name));
    }
    return result;
}

/// "3.13" > "3.9".
int compare_versions(std::string_view a, std::string_view b) {
    const std::vector<std::string> left = split(a, '.');
    const std::vector<std::string> right = split(b, '.');
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        const long x = i < left.size() ? std::strtol(left[i].c_str(), nullptr, 10) : 0;
        const long y = i < right.size() ? std::strtol(right[i].c_str(), nullptr, 10) : 0;
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

std::string_view unquoted(std::string_view text) {
    text = trim(text);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'')) return text.substr(1, text.size() - 2);
    return text;
}

std::string_view value_of(std::string_view variable, std::string_view version) {
    if (variable == "python_version") return version;
    if (variable == "sys_platform") return "linux";
    if (variable == "os_name") return "posix";
    if (variable == "platform_system") return "Linux";
    if (variable == "platform_python_implementation" || variable == "implementation_name") return "CPython";
    return {};
}

/// One comparison of a marker. What is not understood holds.
bool holds(std::string_view comparison, std::string_view version) {
    constexpr std::array<std::string_view, 6> operators{"==", "!=", "<=", ">=", "<", ">"};
    for (const std::string_view op : operators) {
        const std::size_t at = comparison.find(op);
        if (at == std::string_view::npos) continue;
        const std::string_view variable = trim(comparison.substr(0, at));
        const std::string_view actual = value_of(variable, version);
        const std::string_view wanted = unquoted(comparison.substr(at + op.size()));
        if (actual.empty()) return true;
        const int order = variable == "python_version" ? compare_versions(actual, wanted) : actual.compare(wanted);
        if (op == "==") return order == 0;
        if (op == "!=") return order != 0;
        if (variable != "python_version") return true;
        if (op == "<") return order < 0;
        if (op == ">") return order > 0;
        return op == "<=" ? order <= 0 : order >= 0;
    }
    return true;
}

bool marker_holds(std::string_view marker, std::string_view version) {
    if (marker.find("extra") != std::string_view::npos) return false;
    if (marker.find(" or ") != std::string_view::npos || marker.find('(') != std::string_view::npos) return true;
    for (std::size_t begin = 0; begin <= marker.size();) {
        const std::size_t end = std::min(marker.find(" and ", begin), marker.size());
        if (!holds(marker.substr(begin, end - begin), version)) return false;
        begin = end + std::string_view(" and ").size();
    }
    return true;
}

}  // namespace

std::string normalized(std::string_view name) {
    std::string result;
    for (const char c : trim(name)) {
        const bool separator = c == '-' || c == '_' || c == '.';
        if (separator && (result.empty() || result.back() == '-')) continue;
        result += separator ? '-' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return result;
}

std::string rpm_version(std::string_view version) {
    std::string text(trim(version));
    text.resize(std::min(text.find('+'), text.size()));
    for (const auto& [mark, sign] :
         {std::pair{"dev", "~~dev"}, {"post", "^post"}, {"rc", "~rc"}, {"a", "~a"}, {"b", "~b"}}) {
        const std::size_t at = text.find(mark);
        if (at == std::string::npos || at == 0) continue;
        const std::size_t cut = text[at - 1] == '.' ? at - 1 : at;
        text.replace(cut, at - cut + std::string_view(mark).size(), sign);
        break;
    }
    return text;
}

std::optional<std::string> required_name(std::string_view requirement, std::string_view version) {
    requirement = trim(requirement);
    const std::size_t semicolon = requirement.find(';');
    if (semicolon != std::string_view::npos && !marker_holds(requirement.substr(semicolon + 1), version))
        return std::nullopt;
    std::size_t length = 0;
    while (length < requirement.size() && is_name_character(requirement[length])) ++length;
    if (length == 0) return std::nullopt;
    return normalized(requirement.substr(0, length));
}

Distribution parse_metadata(std::string_view text, std::string_view version) {
    Distribution result;
    for (const std::string& line : split(text, '\n')) {
        if (trim(line).empty()) break;
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) continue;
        const std::string_view field = std::string_view(line).substr(0, colon);
        const std::string_view value = trim(std::string_view(line).substr(colon + 1));
        if (field == "Name") result.name = normalized(value);
        if (field == "Version") result.version = rpm_version(value);
        if (field != "Requires-Dist") continue;
        if (std::optional<std::string> name = required_name(value, version))
            add_once(result.requirements, std::move(*name));
    }
    return result;
}

std::vector<std::string> parse_requires_txt(std::string_view text) {
    std::vector<std::string> names;
    for (const std::string& line : split(text, '\n')) {
        if (trim(line).starts_with('[')) break;
        if (std::optional<std::string> name = required_name(line, "")) add_once(names, std::move(*name));
    }
    return names;
}

std::optional<ModuleOwner> owner_of(const fs::path& module) {
    const std::string path = module.string();
    for (const std::string_view mark : {"/site-packages/", "/dist-packages/"}) {
        const std::size_t at = path.find(mark);
        const std::size_t python = at == std::string::npos ? at : path.rfind("/python", at - 1);
        if (python == std::string::npos) continue;
        constexpr std::size_t word = std::string_view("/python").size();
        ModuleOwner owner{path.substr(python + word, at - python - word), std::nullopt};
        const std::string top = top_of(std::string_view(path).substr(at + mark.size()));
        const fs::path site = path.substr(0, at + mark.size() - 1);
        const std::vector<Installed> all = installed_in(site);
        if (const Installed* found = owner_among(all, top)) {
            Distribution distribution = read_distribution(found->folder, owner.version);
            if (!distribution.name.empty()) owner.distribution = std::move(distribution);
        }
        return owner;
    }
    return std::nullopt;
}

std::vector<std::string> debug_provides(const ModuleOwner& owner) {
    if (!owner.distribution) return {};
    std::string line = fmt::format("python{}-debugdist({})", owner.version, owner.distribution->name);
    if (!owner.distribution->version.empty()) line += " = " + owner.distribution->version;
    return {line};
}

std::vector<std::string> debug_recommends(const ModuleOwner& owner) {
    std::vector<std::string> lines;
    if (!owner.distribution) return lines;
    for (const std::string& name : owner.distribution->requirements) {
        lines.push_back(fmt::format("python{}-debugdist({})", owner.version, name));
    }
    return lines;
}

}  // namespace pystacks::extension
