#include "build/hidden_paths.hpp"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "build/install_root.hpp"
#include "build/install_steps.hpp"

namespace pystacks::build {
namespace {

constexpr std::size_t text_probe = 8192;
constexpr std::size_t most_files_listed = 20;

bool is_text(std::string_view contents) { return contents.substr(0, text_probe).find('\0') == std::string_view::npos; }

/// Installed text records the compiler's arguments (sysconfig hands them on to builders of extensions): the argument
/// that mapped the build path goes altogether, because it would name a folder of one build machine.
std::string hidden(const std::string& contents, const std::string& build_path, const std::string& replacement) {
    const std::string map = fmt::format("-ffile-prefix-map={}={}", build_path, replacement);
    std::string text = replace_all(contents, " " + map, "");
    text = replace_all(text, map, "");
    return replace_all(text, build_path, replacement);
}

/// The error for what could not be hidden. Compilers learn of it only when the stack hands them the prefix map.
Error still_visible(const std::vector<std::string>& files, const std::string& build_path) {
    std::vector<std::string> shown(files.begin(),
                                   files.begin() + std::min<std::ptrdiff_t>(std::ssize(files), most_files_listed));
    if (files.size() > shown.size()) shown.push_back(fmt::format("and {} more", files.size() - shown.size()));
    return Error("cannot make packages that do not depend on where they were built", build_path,
                 fmt::format("{} installed files contain this path:\n  {}", files.size(), join(shown, "\n  ")),
                 "Pass ${prefix_map} to compilers in the arguments of make: see [build.make] in stack.toml(5).");
}

}  // namespace

std::size_t hide_build_path(const fs::path& tree, const std::string& build_path, const std::string& replacement) {
    std::size_t changed = 0;
    std::vector<std::string> visible;
    for (const std::string& path : InstallRoot(tree).paths()) {
        const fs::path file = tree / path.substr(1);
        struct stat status = {};
        if (::lstat(file.c_str(), &status) != 0) throw system_error(errno, "cannot read", file.string());
        if (S_ISLNK(status.st_mode)) {
            if (fs::read_symlink(file).string().find(build_path) != std::string::npos) visible.push_back(path);
            continue;
        }
        if (!S_ISREG(status.st_mode)) continue;
        const std::string contents = read_file(file);
        if (contents.find(build_path) == std::string::npos) continue;
        if (!is_text(contents)) {
            visible.push_back(path);
            continue;
        }
        replace_contents(file, hidden(contents, build_path, replacement), status.st_mode & 07777U);
        ++changed;
    }
    if (!visible.empty()) throw still_visible(visible, build_path);
    return changed;
}

}  // namespace pystacks::build
