#include "build/environment.hpp"

#include <algorithm>
#include <array>

#include <unistd.h>

#include "base/names.hpp"
#include "base/text.hpp"

namespace pystacks::build {
namespace {

constexpr std::string_view default_path = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

// PKG_CONFIG_PATH is rpm's own; linker specs of some distributions write RPM_PACKAGE_* into every ELF file.
constexpr std::array<std::string_view, 8> kept = {
    "HOME",   "TMPDIR",           "PKG_CONFIG_PATH",     "RPM_ARCH",
    "RPM_OS", "RPM_PACKAGE_NAME", "RPM_PACKAGE_VERSION", "RPM_PACKAGE_RELEASE"};

bool is_kept(std::string_view name) {
    return std::find(kept.begin(), kept.end(), name) != kept.end() || name.starts_with("CCACHE_");
}

}  // namespace

Environment current_environment() {
    Environment result;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) result.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return result;
}

std::string scrubbed_path(std::string_view path, const std::vector<std::string>& unwanted_folders) {
    std::vector<std::string> entries;
    for (const std::string& entry : split(path, ':')) {
        if (!entry.starts_with('/')) continue;
        if (std::find(entries.begin(), entries.end(), entry) != entries.end()) continue;
        const bool unwanted = std::any_of(unwanted_folders.begin(), unwanted_folders.end(), [&](const auto& folder) {
            return folder.size() > 1 && (entry == folder || is_below(entry, folder));
        });
        if (!unwanted) entries.push_back(entry);
    }
    return entries.empty() ? std::string(default_path) : join(entries, ":");
}

ChildEnvironment child_environment(const Environment& parent, const std::string& source_date_epoch) {
    ChildEnvironment result;
    std::vector<std::string> unwanted;
    for (const char* name : {"HOME", "PYENV_ROOT", "VIRTUAL_ENV", "CONDA_PREFIX"}) {
        const auto found = parent.find(name);
        if (found != parent.end()) unwanted.push_back(found->second);
    }
    for (const auto& [name, value] : parent) {
        if (is_kept(name)) result.values[name] = value;
    }
    const auto path = parent.find("PATH");
    result.values["PATH"] =
        scrubbed_path(path == parent.end() ? default_path : std::string_view(path->second), unwanted);
    result.values["LANG"] = "C.UTF-8";
    result.values["LC_ALL"] = "C.UTF-8";
    result.values["TZ"] = "UTC";
    result.values["PYTHONHASHSEED"] = "0";
    result.values["SOURCE_DATE_EPOCH"] = source_date_epoch;

    for (const auto& [name, value] : parent) {
        if (!result.values.contains(name)) result.unset.push_back(name);
    }
    return result;
}

Environment ChildEnvironment::counted(bool linker_reads_package) const {
    Environment result;
    for (const auto& [name, value] : values) {
        if (name == "PATH" || name == "HOME" || name == "TMPDIR" || name.starts_with("CCACHE_")) continue;
        if (name.starts_with("RPM_PACKAGE_") && !linker_reads_package) continue;
        result.emplace(name, value);
    }
    return result;
}

}  // namespace pystacks::build
