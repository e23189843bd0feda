#include "host/data_folders.hpp"

#include <string>
#include <system_error>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::host {

std::filesystem::path executable_path() {
    std::error_code problem;
    fs::path path = fs::read_symlink("/proc/self/exe", problem);
    if (problem) throw Error("cannot find the program's own path", "/proc/self/exe", problem.message());
    return path;
}

DataFolders data_folders_of(const std::filesystem::path& executable) {
    const fs::path folder = executable.parent_path();
    if (fs::exists(folder / build_tree_note)) {
        const fs::path source{std::string(trim(read_file(folder / build_tree_note, 4096)))};
        return {source / "specs", source / "templates", source / "macros" / "macros.pystacks"};
    }
    const fs::path data = folder.parent_path() / "share" / "pystacks";
    if (fs::is_directory(data)) return {data / "specs", data / "templates", data / "macros" / "macros.pystacks"};
    throw Error("cannot find the files that belong to pystacks", data, "there is no such folder",
                "the program only works where it was built or installed, not as a copy elsewhere");
}

DataFolders data_folders() { return data_folders_of(executable_path()); }

}  // namespace pystacks::host
