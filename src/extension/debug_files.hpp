#pragma once

#include <filesystem>

#include "scratch/layer.hpp"

/// What -debug packages bring into a build root. The release pass must not see it: a build that looks for Python's
/// headers by itself could take the debug ones. So it is in a folder of its own from the beginning of %prep on, and in
/// its places while the second pass runs, and while rpm reads a spec: macros may ask the debug interpreter something.
namespace pystacks::extension {

/// In the root.
inline constexpr const char* debug_files_folder = "/usr/lib/pystacks/debug-files";

/// Brings what the installation of -debug packages wrote into a root that does not have them, and notes which of it can
/// be hidden: what is new below /usr, but not rpm's database, the linker's cache and what is outside of /usr.
/// @param layer   of the root, without the -debug packages
/// @param written scratch::ScratchRoot::written_by() of the debug configuration
/// @throws Error
void bring_debug_files(const scratch::Layer& layer, const std::filesystem::path& written);

/// Whether this process is in a root that has such a folder.
[[nodiscard]] bool keeps_debug_files();

/// Moves the files to their places, or to the folder. What is there already stays; without the folder nothing happens.
/// @returns whether something was moved @throws Error
bool show_debug_files();
bool hide_debug_files();

/// Shows the files as long as it lives, unless they were shown before.
class ShownDebugFiles {
public:
    ShownDebugFiles();
    ShownDebugFiles(const ShownDebugFiles&) = delete;
    ShownDebugFiles& operator=(const ShownDebugFiles&) = delete;
    ~ShownDebugFiles();

private:
    bool moved_;
};

}  // namespace pystacks::extension
