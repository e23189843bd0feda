#pragma once

#include <filesystem>

#include <sys/types.h>

namespace pystacks::extension {

/// Keeps other users out of a folder as long as scripts that are not trusted write to it: root in a sandbox makes files
/// that belong to root outside, too. At the end no file in it has the setuid or setgid bit or capabilities any more,
/// and the folder has its mode back. A killed program leaves it closed: mode 0700.
class PrivateFolder {
public:
    /// A folder that is somebody else's cannot be closed; then it warns. @param folder existing @throws Error
    explicit PrivateFolder(std::filesystem::path folder);
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    ~PrivateFolder();

private:
    std::filesystem::path folder_;
    mode_t mode_;
    bool closed_ = true;
};

}  // namespace pystacks::extension
