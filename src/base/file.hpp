#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace pystacks {

namespace fs = std::filesystem;

/// A file descriptor that closes itself. Move-only; -1 is empty.
class UniqueFd {
public:
    UniqueFd() noexcept = default;
    explicit UniqueFd(int fd) noexcept : fd_(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : fd_(other.release()) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept;
    UniqueFd(const UniqueFd&) = delete;
    UniqueFd& operator=(const UniqueFd&) = delete;
    ~UniqueFd() { reset(); }

    [[nodiscard]] int get() const noexcept { return fd_; }
    [[nodiscard]] explicit operator bool() const noexcept { return fd_ >= 0; }
    int release() noexcept;
    void reset(int fd = -1) noexcept;

private:
    int fd_ = -1;
};

/// open(2), close-on-exec, repeated when a signal interrupts it. @throws Error "ATTEMPTED: PATH: REASON".
[[nodiscard]] UniqueFd open_file(const fs::path& path, int flags, std::string_view attempted, mode_t mode = 0);

/// The same file under a number above 2, so that what a child gets as its standard descriptors is not put over it.
/// @throws Error, also where @p fd holds none
[[nodiscard]] UniqueFd above_standard(UniqueFd fd, std::string_view attempted);

/// Writes all of @p bytes to a blocking descriptor. @param name what messages call it. @throws Error.
void write_all(int fd, std::string_view bytes, const fs::path& name);

/// read(2), repeated when a signal interrupts it. @returns the count; 0 at the end. @throws Error.
[[nodiscard]] std::size_t read_some(int fd, char* buffer, std::size_t size, const fs::path& name);

/// The whole file. @throws Error when it cannot be read, or is larger than @p limit bytes.
[[nodiscard]] std::string read_file(const fs::path& path, std::size_t limit = std::size_t{1} << 30U);

/// Publishes @p contents as @p path: written under a temporary name beside it, fsynced, renamed.
/// Readers see the old file or the new one. The parent folder must exist.
void write_file_atomically(const fs::path& path, std::string_view contents, mode_t mode = 0644);

/// Writes what somebody asked for to where they said: a file appears whole or not at all, also behind a link, and a
/// device or FIFO is written to, not replaced. @throws Error
void write_result(const fs::path& path, std::string_view bytes);

/// A file that appears under its name only after commit(); the destructor removes what was not committed.
/// Until then it is beside the target as `.NAME.tmp-XXXXXX`, and stays there when the process is killed.
/// Permissions are @p mode whatever the umask. Every failure throws Error.
class AtomicFile {
public:
    explicit AtomicFile(fs::path target, mode_t mode = 0644);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();

    void write(std::string_view bytes);
    /// fsync, then rename over the target. Call once.
    void commit();
    [[nodiscard]] int fd() const noexcept { return fd_.get(); }
    [[nodiscard]] const fs::path& temporary() const noexcept { return temporary_; }

private:
    fs::path target_;
    fs::path temporary_;
    UniqueFd fd_;
    mode_t mode_;
};

/// Copies a regular file's bytes (reflink where the file system can, else copy_file_range), mode and mtime.
/// A target that exists is replaced, not written into, so its other hard links keep their bytes. Not fsynced.
/// @throws Error; on failure no partial target is left.
void copy_regular_file(const fs::path& from, const fs::path& to);

/// mkdir -p; folders that it creates get permissions 0755 whatever the umask. @throws Error.
void make_directories(const fs::path& path);

/// rm -rf that follows neither links nor mounts and copes with folders without write permission; a missing path is
/// fine. Holds one descriptor a level. @throws Error.
void remove_tree(const fs::path& path);

/// An exclusive flock(2). The descriptor is inherited by children on purpose: the lock ends only when every process
/// that was started under it has ended, so a repeated run never meets the leftovers of a killed one.
class FileLock {
public:
    /// Waits up to @p timeout_seconds; asks @p between_tries (which may throw: an interruption) every 50 ms.
    /// @throws Error that names the file when somebody else still holds it.
    FileLock(const fs::path& path, double timeout_seconds, const std::function<void()>& between_tries = {});

private:
    UniqueFd fd_;
};

}  // namespace pystacks
