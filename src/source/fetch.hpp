#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "report/progress.hpp"
#include "source/distribution.hpp"
#include "stack/stack.hpp"

namespace pystacks::source {

struct FetchOptions {
    enum class Network { allowed, offline };

    std::filesystem::path folder;  ///< source folder; created when it is missing
    Network network = Network::allowed;
    report::ProgressSink* progress = nullptr;         ///< may be null; gets phase "fetch" of lane "stack"
    std::vector<std::filesystem::path> also_look_in;  ///< read only; a right file there is copied into the folder
    DistributionHost host;
};

/// A source that was checked.
struct Fetched {
    std::filesystem::path file;
    std::optional<std::filesystem::path> signature;
    std::optional<std::filesystem::path> keyring;
    std::string origin;       ///< "source folder", "beside stack.toml", a folder, the URL, or
                              ///< "distribution source package NAME VERSION (SUITE)"
    std::string verified_by;  ///< fingerprint of the key that signed it; empty when sha256 alone decided
};

/// Finds the bytes of @p source, in this order: the source folder, the other folders, the URL, the distribution's
/// source package. Whatever came is checked by sha256 before it gets its name, and by its signature where the source
/// has one. A file that fails is set aside as FILE.rejected-DIGITS, and the next way is tried.
///
/// A source without URL scheme is a file beside stack.toml; it is checked, too, but never renamed.
///
/// @param source           expanded by rpm
/// @param upstream_version of the stack; says which version of the distribution's source package is meant
/// @param stack_folder     where stack.toml, the keyring and local files are
/// @throws Error that lists each way which was tried, why it failed, and how to put the file there by hand
[[nodiscard]] Fetched fetch(const stack::Source& source, const std::string& upstream_version,
                            const std::filesystem::path& stack_folder, const FetchOptions& options);

}  // namespace pystacks::source
