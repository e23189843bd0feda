#pragma once

#include <filesystem>

namespace pystacks::host {

/// Where the files are that the program needs while it runs.
struct DataFolders {
    std::filesystem::path specs;        ///< one folder a stack
    std::filesystem::path templates;    ///< scripts that stages run
    std::filesystem::path macros_file;  ///< macros.pystacks
};

/// Those of this executable: PREFIX/share/pystacks of an installed one; the source tree's for one that is in its
/// build folder, where CMake leaves a note that is not installed. @throws Error when neither is there.
[[nodiscard]] DataFolders data_folders();

/// The same for any executable's path; for tests.
[[nodiscard]] DataFolders data_folders_of(const std::filesystem::path& executable);

/// The absolute path of the running program.
[[nodiscard]] std::filesystem::path executable_path();

/// Name of the note that CMake leaves beside the executable in a build folder: the source tree's path.
inline constexpr const char* build_tree_note = "pystacks-source-tree";

}  // namespace pystacks::host
