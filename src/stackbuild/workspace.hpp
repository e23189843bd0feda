#pragma once

#include <filesystem>
#include <string>

#include "rpm/builder.hpp"
#include "rpm/switches.hpp"
#include "stack/stack.hpp"

namespace pystacks::stackbuild {

/// A stack as the user asked for it: as written, and as rpm expands it with the switches of the command line.
struct Workspace {
    std::filesystem::path topdir;  ///< absolute
    stack::Stack raw;
    rpm::SpecJob job;
    rpm::SpecInfo info;
    stack::Stack expanded;

    [[nodiscard]] std::filesystem::path sources() const { return info.source_folder; }
};

/// Finds and reads the stack, unexpanded, and checks the switches against it. @throws Error (usage).
[[nodiscard]] stack::Stack load_stack(const std::string& name_or_path, const rpm::Switches& switches);

/// Makes rpmbuild's folders below @p topdir, puts the spec there and lets rpm expand the stack. Files are written only
/// when they change. @throws Error.
[[nodiscard]] Workspace open_workspace(stack::Stack raw, const std::filesystem::path& topdir,
                                       const rpm::Switches& switches);

/// Takes the folders that open_workspace() made away again, where nothing came into them.
void remove_empty_folders(const std::filesystem::path& topdir);

/// Puts stack.toml, patches and further files where the spec expects them.
void place_files(const Workspace& workspace);

}  // namespace pystacks::stackbuild
