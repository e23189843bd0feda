#include "base/disk_usage.hpp"

#include <set>
#include <system_error>

#include <sys/stat.h>

namespace pystacks {
namespace {

constexpr std::uint64_t block = 512;  // of st_blocks, whatever the file system's are

class Usage {
public:
    explicit Usage(dev_t device) : device_(device) {}

    void add(const struct stat& status) {
        if (status.st_dev != device_) return;
        if (status.st_nlink > 1 && !S_ISDIR(status.st_mode) && !counted_.insert(status.st_ino).second) return;
        bytes_ += static_cast<std::uint64_t>(status.st_blocks) * block;
    }

    [[nodiscard]] bool is_here(const struct stat& status) const { return status.st_dev == device_; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    dev_t device_;
    std::set<ino_t> counted_;
    std::uint64_t bytes_ = 0;
};

}  // namespace

std::uint64_t disk_usage(const fs::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return 0;
    Usage usage(status.st_dev);
    usage.add(status);
    if (!S_ISDIR(status.st_mode)) return usage.bytes();
    std::error_code problem;
    fs::recursive_directory_iterator entries(path, fs::directory_options::skip_permission_denied, problem);
    for (; !problem && entries != fs::recursive_directory_iterator(); entries.increment(problem)) {
        if (::lstat(entries->path().c_str(), &status) != 0) continue;
        usage.add(status);
        if (!usage.is_here(status)) entries.disable_recursion_pending();
    }
    return usage.bytes();
}

}  // namespace pystacks
