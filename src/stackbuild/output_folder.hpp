#pragma once

#include <cstdint>
#include <filesystem>

/// The folder of `pystacks build --output`: what takes room in it, and what of that can be removed.
namespace pystacks::stackbuild {

/// Held by who works in an output folder; there is one in each.
inline constexpr const char* output_lock = ".pystacks.lock";

/// Bytes on disk.
struct RoomTaken {
    std::uint64_t all = 0;
    std::uint64_t remade = 0;  ///< by what a build can make again: BUILD and BUILDROOT
};

[[nodiscard]] RoomTaken room_taken(const std::filesystem::path& topdir);

/// Removes what a build can make again, while nobody builds there. @returns how many bytes that freed
/// @throws Error, also where the folder is not one that a build has written to (usage)
[[nodiscard]] std::uint64_t remove_remade(const std::filesystem::path& topdir);

}  // namespace pystacks::stackbuild
