#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

/// Archives, read and written by libarchive. The shared object pystacks-archives.so has it (see
/// base/shared_object.hpp).
namespace pystacks::archives {

enum class Kind : std::uint8_t { file, folder, symlink, hard_link, other };

/// What an archive says of a member. Nothing of it is checked.
struct Member {
    std::string name;  ///< as the archive has it; empty when it cannot be read
    Kind kind = Kind::other;
    std::string target;     ///< of a link, as the archive has it
    std::int64_t size = 0;  ///< in bytes; 0 where the archive does not say it in advance
    bool program = false;   ///< its owner may execute it
    bool encrypted = false;
    std::timespec modified{};  ///< 0 where the archive does not say it
};

/// A part of a member's bytes.
struct Block {
    const char* bytes = nullptr;  ///< valid until the reader is asked again
    std::size_t count = 0;
    std::int64_t offset = 0;  ///< in the member; between two blocks of a sparse file there may be a hole
};

enum class Step : std::uint8_t { more, end, failed };

/// Reads an archive once, from its first member to its last.
class Reader {
public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    virtual Step next(Member& member) = 0;
    /// Of the member that next() has said.
    virtual Step read(Block& block) = 0;
    /// How many bytes of the archive's file have been read.
    [[nodiscard]] virtual std::uint64_t consumed() const = 0;
    /// libarchive's words for what failed last; may be empty.
    [[nodiscard]] virtual std::string why() const = 0;
};

enum class Formats : std::uint8_t {
    sources,  ///< tar, zip, cpio and 7-Zip, with all common compressions
    tar_xz,
    zip,
};

/// A regular file of an archive that is made.
struct File {
    std::string name;  ///< relative, with '/'
    std::string contents;
};

inline constexpr const char* object = "pystacks-archives.so";

/// @param reader gets one in any case; where the file cannot be read, its first step fails
using Open = void(const std::filesystem::path& archive, Formats formats, std::unique_ptr<Reader>& reader);
inline constexpr const char* open_symbol = "pystacks_archives_open";

/// Writes a tar archive, compressed by xz. All times in it are 0, all modes 0644, and it says no owner.
/// @param fd to write to, from where it stands @param why is libarchive's reason where it failed, and then not empty
using Pack = void(int fd, const std::vector<File>& files, std::string& why);
inline constexpr const char* pack_symbol = "pystacks_archives_pack";

}  // namespace pystacks::archives

extern "C" [[gnu::visibility("default")]] pystacks::archives::Open pystacks_archives_open;
extern "C" [[gnu::visibility("default")]] pystacks::archives::Pack pystacks_archives_pack;
