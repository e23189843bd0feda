#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "source/fetch.hpp"

namespace pystacks::source {

/// What the search for a signature has to know about the file that it belongs to.
struct SignedSource {
    const stack::Source& source;
    std::string upstream_version;
    std::filesystem::path stack_folder;
    std::filesystem::path file;       ///< its sha256 is right
    bool distribution_asked = false;  ///< its source package was fetched, with or without signature
    std::optional<std::filesystem::path> arrived_with_it;  ///< the signature that the source package had
};

/// Looks for the signature in the folders, in what came with the file, at its URL and in the distribution's source
/// package, verifies the file and fills in signature, keyring and verified_by of @p fetched.
/// @throws Error when the signature is bad (file and signature are set aside), of an unknown key, or cannot be had
/// although the source says that it is required
void verify_source(const SignedSource& signed_source, const FetchOptions& options, Fetched& fetched);

}  // namespace pystacks::source
