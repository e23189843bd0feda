#pragma once

#include <filesystem>
#include <string>

#include "signatures/signatures.hpp"

namespace pystacks::source {

/// Verifies the detached OpenPGP signature of @p file against the keys of @p keyring alone (armored or binary; a
/// private, temporary GnuPG home is used). A key that has expired since is accepted for what it signed before, so that
/// an old release does not stop to build; a revoked key is not.
/// @return the fingerprint of the primary key, 40 hexadecimal digits
/// @throws Error when there is no good signature, or a bad one beside it
std::string verify_signature(const std::filesystem::path& file, const std::filesystem::path& signature,
                             const std::filesystem::path& keyring);

/// verify_signature() as a value.
using SignatureCheck = signatures::Check;
/// @throws Error when keyring or files cannot be read, or GnuPG is missing
[[nodiscard]] SignatureCheck check_signature(const std::filesystem::path& file, const std::filesystem::path& signature,
                                             const std::filesystem::path& keyring);

}  // namespace pystacks::source
