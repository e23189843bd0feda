#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pystacks::scratch {

namespace fs = std::filesystem;

/// A root of its own for one check: overlays over what is shared by all. What is written in it is seen by nobody else,
/// is in upper() afterwards, and goes with the object.
///
/// Every top-level folder is an overlay of its own (usr, etc, var …): in a user namespace the kernel lets nobody put an
/// overlay over a folder in which other file systems are mounted, as in "/". The root has an empty /tmp, /var/tmp,
/// /run, /home and /root; /dev and /proc are filled when a program is started in it (sandbox/sandbox.hpp).
///
/// Programs that are not trusted have run in the root, so a path in it may lead anywhere: bind() and show() follow
/// links inside of it only.
class Layer {
public:
    /// @param folder  an empty folder on a file system that overlays can write to; made here
    /// @param lower   what is below, the topmost first: "/" at the end
    /// @throws Error
    Layer(fs::path folder, const std::vector<fs::path>& lower);
    Layer(const Layer&) = delete;
    Layer& operator=(const Layer&) = delete;
    ~Layer();

    [[nodiscard]] fs::path root() const { return folder_ / "root"; }
    /// What was written in root(), apart from what is empty or the machine's. Removed files are character devices 0/0
    /// in it.
    [[nodiscard]] fs::path upper() const { return folder_ / "upper"; }

    /// Shows a folder of the machine in the root, writable, at @p inside; nothing of it is seen in upper().
    /// @throws Error
    void bind(const fs::path& folder, const fs::path& inside);

    /// Shows a file or folder of the machine in the root, read only, at @p inside. Nothing is copied: upper() gets at
    /// most an empty file or folder to mount on, so what is to be in the layers above has to be installed instead.
    /// @throws Error
    void show(const fs::path& what, const fs::path& inside);

    /// Takes the mounts away; upper() stays as it is, for other layers to stand on.
    void freeze();

private:
    void mount_all(const std::vector<fs::path>& lower);
    void mount_folder(const std::string& name, const std::vector<fs::path>& lower);

    fs::path folder_;
    bool mounted_ = false;
};

/// Mounts a file system in memory on @p folder, for layers.
void mount_memory(const fs::path& folder);

/// Takes whatever is mounted at @p folder and below away, as soon as nothing uses it. Never fails.
void unmount(const fs::path& folder) noexcept;

}  // namespace pystacks::scratch
