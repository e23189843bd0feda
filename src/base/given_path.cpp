#include "base/given_path.hpp"

#include <system_error>

#include <unistd.h>

namespace pystacks {
namespace {

namespace fs = std::filesystem;

std::string nothing_there(const fs::path& path, Wanted wanted) {
    std::error_code problem;
    if (fs::is_symlink(fs::symlink_status(path, problem)))
        return "it is a link to " + fs::read_symlink(path, problem).string() + ", and there is no such file";
    switch (wanted) {
        case Wanted::file:
            return "there is no such file";
        case Wanted::folder:
            return "there is no such folder";
        case Wanted::either:
            break;
    }
    return "there is no such file or folder";
}

}  // namespace

std::string problem_of_input(const fs::path& path, Wanted wanted) {
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (status.type() == fs::file_type::not_found) return nothing_there(path, wanted);
    if (problem == std::errc::too_many_symbolic_link_levels) return "it is a link that leads to itself";
    if (problem) return "it cannot be read: " + problem.message();
    if (wanted == Wanted::file && fs::is_directory(status)) return "it is a folder, not a file";
    if (wanted == Wanted::folder && !fs::is_directory(status)) return "it is not a folder";
    if (::access(path.c_str(), R_OK) != 0) return "it cannot be read: you have no permission to";
    return {};
}

std::string problem_of_output(const fs::path& path) {
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (fs::is_directory(status)) return "it is a folder; give a file's name";
    const fs::path folder = fs::absolute(path).parent_path();
    if (!fs::exists(folder, problem)) return "there is no folder " + folder.string();
    if (!fs::is_directory(folder, problem)) return folder.string() + " is not a folder";
    if (::access(fs::exists(status) ? path.c_str() : folder.c_str(), W_OK) != 0)
        return "it cannot be written: you have no permission to";
    return {};
}

}  // namespace pystacks
