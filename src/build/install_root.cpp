#include "build/install_root.hpp"

#include <algorithm>
#include <deque>
#include <system_error>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"

namespace pystacks::build {
namespace {

constexpr const char* cannot_use = "cannot use a path of the stack";
constexpr int most_links = 40;

/// Components in order, without empty ones and `.`.
std::deque<std::string> components(std::string_view path) {
    std::deque<std::string> result;
    for (std::string& part : split(path, '/')) {
        if (!part.empty() && part != ".") result.push_back(std::move(part));
    }
    return result;
}

}  // namespace

fs::path InstallRoot::resolve(std::string_view path) const {
    std::deque<std::string> rest = components(path);
    if (rest.empty()) throw Error(ErrorKind::usage, cannot_use, std::string(path), "it names no file");
    if (std::find(rest.begin(), rest.end(), "..") != rest.end()) {
        throw Error(ErrorKind::usage, cannot_use, std::string(path), "it contains `..`");
    }
    std::vector<std::string> done;
    int links = 0;
    while (!rest.empty()) {
        const std::string part = rest.front();
        rest.pop_front();
        if (part == "..") {  // out of a symlink's target
            if (!done.empty()) done.pop_back();
            continue;
        }
        done.push_back(part);
        if (rest.empty()) break;
        fs::path here = root_;
        for (const std::string& name : done) here /= name;
        std::error_code error;
        if (fs::symlink_status(here, error).type() != fs::file_type::symlink) continue;
        if (++links > most_links) throw Error(cannot_use, std::string(path), "too many symbolic links");
        const std::string target = fs::read_symlink(here, error).string();
        if (error) throw system_error(error.value(), cannot_use, here.string());
        done.pop_back();
        if (target.starts_with('/')) done.clear();
        const auto parts = components(target);
        rest.insert(rest.begin(), parts.begin(), parts.end());
    }
    fs::path result = root_;
    for (const std::string& name : done) result /= name;
    return result;
}

fs::path InstallRoot::resolve_with_parents(std::string_view path) const {
    fs::path result = resolve(path);
    make_directories(result.parent_path());
    return result;
}

std::vector<std::string> InstallRoot::paths() const {
    std::vector<std::string> result;
    std::error_code error;
    const std::size_t prefix = root_.string().size();
    fs::recursive_directory_iterator entry(root_, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        result.push_back(entry->path().string().substr(prefix));
    }
    if (error) throw system_error(error.value(), "cannot read an install tree", root_.string());
    std::sort(result.begin(), result.end());
    return result;
}

std::vector<std::string> InstallRoot::matching(const std::vector<std::string>& patterns) const {
    const PathPatternList list(patterns);
    std::vector<std::string> result = paths();
    std::erase_if(result, [&](const std::string& path) { return !list.matches(path); });
    return result;
}

}  // namespace pystacks::build
