#include "cli/output_folder.hpp"

#include <fmt/format.h>

#include "base/disk_usage.hpp"
#include "base/text.hpp"
#include "cli/rpm_run.hpp"

namespace pystacks::cli {

RoomTaken room_taken(const fs::path& topdir) {
    RoomTaken room;
    room.all = disk_usage(topdir);
    for (const char* name : remade_folders) room.remade += disk_usage(topdir / name);
    return room;
}

std::string room_text(const RoomTaken& room, const fs::path& output) {
    std::string command = "pystacks clean";
    if (output != RpmRunOptions().output) command += " --output " + shell_quote(output.string());
    return fmt::format("{} takes {}, {} of it in BUILD; {} frees that", output.string(), human_size(room.all),
                       human_size(room.remade), command);
}

}  // namespace pystacks::cli
