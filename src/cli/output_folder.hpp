#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

/// The folder of `pystacks build --output`: which one is, and what takes room in it.
namespace pystacks::cli {

/// Held by who works in an output folder; there is one in each.
inline constexpr const char* output_lock = ".pystacks.lock";

/// Below an output folder, what a build can make again. From 4.20 on rpm has its buildroots in BUILD.
inline constexpr std::array remade_folders{"BUILD", "BUILDROOT"};

/// Bytes on disk.
struct RoomTaken {
    std::uint64_t all = 0, remade = 0;
};

[[nodiscard]] RoomTaken room_taken(const std::filesystem::path& topdir);

/// "999 MB in dist, of which 800 MB can be made again: pystacks clean removes it". @param output as the user gave it
[[nodiscard]] std::string room_text(const RoomTaken& room, const std::filesystem::path& output);

}  // namespace pystacks::cli
