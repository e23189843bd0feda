#pragma once

#include <filesystem>
#include <vector>

namespace pystacks::scratch {

/// The secrets of a root: files that not all users may read, folders that not all users may enter, and sockets, FIFOs
/// and devices.
struct Secret {
    std::filesystem::path path;  ///< absolute, in the root
    bool folder = false;
};

/// Secrets below @p folder of @p root: {"/", "etc"}. A folder that is one is not looked into. Bytewise order.
[[nodiscard]] std::vector<Secret> secrets_below(const std::filesystem::path& root, const std::filesystem::path& folder);

/// Fills @p layer with what a layer above @p root needs to hide @p secrets: empty files and folders. /etc/shadow and
/// /etc/gshadow keep their entries, without passwords. A secret that is no longer in @p root is left out.
/// @throws Error
void hide(const std::vector<Secret>& secrets, const std::filesystem::path& layer, const std::filesystem::path& root);

/// Hides in @p layer, an empty folder, the secrets in /etc, /opt, /srv, /usr/local and /var of @p root.
/// @throws Error
void hide_secrets(const std::filesystem::path& layer, const std::filesystem::path& root);

}  // namespace pystacks::scratch
