#include "extension/distribution.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "extension/rpm_version.hpp"
#include "python/file_evidence.hpp"
#include "python/site_packages.hpp"

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
    std::set<std::string> top_level;
};

std::string read_if_there(const fs::path& file) {
    std::error_code error;
    return fs::is_regular_file(file, error) ? read_file(file, largest_metadata) : std::string();
}

/// Names in their order, each once.
class Names {
public:
    void add(std::string name) {
        if (known_.insert(name).second) names_.push_back(std::move(name));
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(names_); }

private:
    std::vector<std::string> names_;
    std::set<std::string> known_;
};

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
        Installed installed{folder, {}};
        for (std::string& name : split_words(read_if_there(folder / "top_level.txt")))
            installed.top_level.insert(std::move(name));
        for (const std::string& line : split(read_if_there(folder / "RECORD"), '\n')) {
            if (!line.starts_with("..") && !line.empty()) installed.top_level.insert(top_of(line));
        }
        found.push_back(std::move(installed));
    }
    return found;
}

/// The distributions of a site-packages folder.
class Site {
public:
    explicit Site(const fs::path& folder) : installed_(installed_in(folder)) {
        for (const Installed& each : installed_) {
            for (const std::string& top : each.top_level) owners_.emplace(top, &each);
        }
    }
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;
    ~Site() = default;

    /// The one that says so; where none does, the only one there is.
    [[nodiscard]] const Installed* owner(const std::string& top) const {
        const auto found = owners_.find(top);
        if (found != owners_.end()) return found->second;
        return installed_.size() == 1 ? &installed_.front() : nullptr;
    }

private:
    std::vector<Installed> installed_;
    std::map<std::string, const Installed*> owners_;
};

/// What the path of a module says.
struct Place {
    std::string version;  ///< of Python
    std::string build;    ///< of Python, by the module's name
    fs::path site;
    std::string top;
};

std::optional<Place> place_of(const std::string& path) {
    const std::string site(python::site_packages_of(path));
    constexpr std::string_view word = "/python";
    const std::size_t python = site.rfind(word);
    if (site.empty() || python == std::string::npos) return std::nullopt;
    const std::size_t version = python + word.size();
    const std::string of_python = site.substr(version, site.rfind('/') - version);
    return Place{of_python.substr(0, python::version_length(of_python)),
                 name_of(python::traits_of_file(path).value_or(python::optimized_traits)), site,
                 top_of(std::string_view(path).substr(site.size() + 1))};
}

Distribution read_distribution(const fs::path& folder, std::string_view version) {
    if (folder.extension() == ".dist-info") return parse_metadata(read_if_there(folder / "METADATA"), version);
    // distutils writes a file, setuptools a folder.
    if (!fs::is_directory(folder)) return parse_metadata(read_if_there(folder), version);
    Distribution result = parse_metadata(read_if_there(folder / "PKG-INFO"), version);
    Names requirements;
    for (std::string& name : result.requirements) requirements.add(std::move(name));
    for (std::string& name : parse_requires_txt(read_if_there(folder / "requires.txt")))
        requirements.add(std::move(name));
    result.requirements = requirements.take();
    return result;
}

OwningDistribution owner_at(const Place& place, const Installed* installed) {
    OwningDistribution owner{place.version, place.build, std::nullopt};
    if (installed == nullptr) return owner;
    Distribution distribution = read_distribution(installed->folder, owner.version);
    if (!distribution.name.empty()) owner.distribution = std::move(distribution);
    return owner;
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
    Names requirements;
    for (const std::string& line : split(text, '\n')) {
        if (trim(line).empty()) break;
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) continue;
        const std::string_view field = std::string_view(line).substr(0, colon);
        const std::string_view value = trim(std::string_view(line).substr(colon + 1));
        if (field == "Name") result.name = normalized(value);
        if (field == "Version") result.version = rpm_version(value);
        if (field != "Requires-Dist") continue;
        if (std::optional<std::string> name = required_name(value, version)) requirements.add(std::move(*name));
    }
    result.requirements = requirements.take();
    return result;
}

std::vector<std::string> parse_requires_txt(std::string_view text) {
    Names names;
    for (const std::string& line : split(text, '\n')) {
        if (trim(line).starts_with('[')) break;
        if (std::optional<std::string> name = required_name(line, "")) names.add(std::move(*name));
    }
    return names.take();
}

std::optional<OwningDistribution> owner_of(const fs::path& module) {
    const std::optional<Place> place = place_of(module.string());
    if (!place) return std::nullopt;
    const Site site(place->site);
    return owner_at(*place, site.owner(place->top));
}

std::vector<OwningDistribution> owners_of(const std::vector<fs::path>& modules) {
    std::map<fs::path, Site> sites;
    std::set<std::tuple<const Installed*, std::string, std::string>> seen;
    std::vector<OwningDistribution> owners;
    for (const fs::path& module : modules) {
        const std::optional<Place> place = place_of(module.string());
        if (!place) continue;
        const Site& site = sites.try_emplace(place->site, place->site).first->second;
        const Installed* installed = site.owner(place->top);
        if (seen.emplace(installed, place->version, place->build).second) owners.push_back(owner_at(*place, installed));
    }
    return owners;
}

std::vector<std::string> debug_provides(const OwningDistribution& owner) {
    if (!owner.distribution) return {};
    std::string line = fmt::format("python{}-{}dist({})", owner.version, owner.build, owner.distribution->name);
    if (!owner.distribution->version.empty()) line += " = " + owner.distribution->version;
    return {line};
}

std::vector<std::string> debug_recommends(const OwningDistribution& owner) {
    std::vector<std::string> lines;
    if (!owner.distribution) return lines;
    for (const std::string& name : owner.distribution->requirements) {
        lines.push_back(fmt::format("python{}-{}dist({})", owner.version, owner.build, name));
    }
    return lines;
}

}  // namespace pystacks::extension
