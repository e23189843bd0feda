#pragma once

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <string>

struct archive;

namespace pystacks::source::test {

/// Writes archives with any member, sensible or not.
class ArchiveBuilder {
public:
    enum class Kind { tar, tar_gz, tar_xz, zip, cpio };
    ArchiveBuilder(const std::filesystem::path& file, Kind kind);
    ArchiveBuilder(const ArchiveBuilder&) = delete;
    ArchiveBuilder& operator=(const ArchiveBuilder&) = delete;
    ~ArchiveBuilder();

    ArchiveBuilder& file(const std::string& name, const std::string& contents, unsigned mode = 0644,
                         std::time_t modified = 1000000000);
    ArchiveBuilder& directory(const std::string& name, unsigned mode = 0755, std::time_t modified = 1000000000);
    ArchiveBuilder& symlink(const std::string& name, const std::string& target);
    ArchiveBuilder& hard_link(const std::string& name, const std::string& existing);
    /// A member of another type, such as AE_IFIFO.
    ArchiveBuilder& special(const std::string& name, unsigned type);
    /// Finishes the archive.
    std::filesystem::path close();

private:
    std::filesystem::path file_;
    struct archive* writer_;
};

}  // namespace pystacks::source::test
