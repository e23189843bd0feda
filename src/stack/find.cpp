#include "stack/find.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "stack/problems.hpp"
#include "stack/stack.hpp"

namespace pystacks::stack {

namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "stack.toml";

bool is_file(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error);
}

/// A name, or a path with a folder in it, is compared with what there is in the same place.
std::vector<std::string> names_like(const std::string& name, const std::vector<fs::path>& search_path) {
    if (name.find('/') == std::string::npos) return stacks_in(search_path);
    const std::string folder = name.substr(0, name.find_last_of('/', name.find_last_not_of('/')) + 1);
    std::vector<std::string> paths;
    for (const std::string& each : stacks_in({folder})) paths.push_back(folder + each);
    return paths;
}

[[noreturn]] void throw_not_found(const std::string& name, const std::vector<fs::path>& search_path) {
    const std::vector<std::string> names = stacks_in(search_path);
    std::string hint = "pystacks looks for stacks in";
    for (const auto& folder : search_path) hint += " " + folder.string();
    if (!names.empty()) hint = fmt::format("there are: {}", join(names, ", "));
    throw Error(ErrorKind::usage, "cannot find the stack", name,
                did_you_mean(name, names_like(name, search_path),
                             "neither a stack.toml, nor a folder with one, nor the name of a stack"),
                hint);
}

}  // namespace

std::vector<std::string> stacks_in(const std::vector<fs::path>& search_path) {
    std::vector<std::string> names;
    for (const auto& folder : search_path) {
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
            if (is_file(entry->path() / file_name)) names.push_back(entry->path().filename().string());
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

fs::path find(const std::string& name_or_path, const std::vector<fs::path>& search_path) {
    fs::path given(name_or_path);
    if (is_file(given / file_name)) return given / file_name;
    if (is_file(given)) return given;
    // A name has no '/', so that nothing outside of the search path is found by it.
    if (!name_or_path.empty() && name_or_path.find('/') == std::string::npos && name_or_path != "..") {
        for (const auto& folder : search_path) {
            if (is_file(folder / given / file_name)) return folder / given / file_name;
        }
    }
    throw_not_found(name_or_path, search_path);
}

}  // namespace pystacks::stack
