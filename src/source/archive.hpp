#pragma once

#include <cstdint>
#include <filesystem>

#include "report/progress.hpp"

namespace pystacks::source {

/// How much an archive may unpack to; a CPython tree has 5,000 files and 120 MB.
struct UnpackLimits {
    std::uint64_t bytes = std::uint64_t{4} << 30U;  ///< sum of the file sizes, holes included
    std::uint64_t files = 200000;                   ///< members of every type
};

/// Unpacks @p archive (tar, zip, cpio or 7-Zip, however compressed) so that its members are below @p target.
///
/// The archive is not trusted. Absolute names, "..", members that go through a link, links that lead out of @p target,
/// devices, FIFOs, sockets and encrypted members are refused. Modes become 0755 for folders and for files that their
/// owner may execute, 0644 for others, whatever the umask; times are kept, owners are not.
///
/// The work is done in TARGET.partial beside @p target and renamed at the end, so a killed run leaves nothing that
/// looks whole. @p target must not exist, or be an empty folder.
/// @param progress may be null; gets "advanced" events of phase "prep" in bytes of the archive
/// @throws Error that names the archive and the member
void unpack(const std::filesystem::path& archive, const std::filesystem::path& target, const UnpackLimits& limits = {},
            report::ProgressSink* progress = nullptr);

}  // namespace pystacks::source
