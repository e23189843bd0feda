#pragma once

#include <filesystem>
#include <string>

namespace pystacks::source {

/// Verifies the detached OpenPGP signature of @p file against the keys of @p keyring alone (armored or binary; a
/// private, temporary GnuPG home is used). A key that has expired since is accepted for what it signed before, so that
/// an old release does not stop to build; a revoked key is not.
/// @return the fingerprint of the primary key, 40 hexadecimal digits
/// @throws Error when there is no good signature, or a bad one beside it
std::string verify_signature(const std::filesystem::path& file, const std::filesystem::path& signature,
                             const std::filesystem::path& keyring);

/// How a check of a signature ended; verify_signature() as a value.
struct SignatureCheck {
    enum class Verdict {
        good,
        bad,          ///< file or signature are not what was signed: both are to be set aside
        none,         ///< what should be a signature is none
        unknown_key,  ///< made by a key that is not in the keyring
        unusable,     ///< revoked, expired before it signed, or GnuPG could not look at it
    };
    Verdict verdict = Verdict::unusable;
    std::string fingerprint;  ///< of the key that made the signature, when good; else as much as is known
    std::string reason;       ///< when not good
};
/// @throws Error when keyring or files cannot be read, or GnuPG is missing
[[nodiscard]] SignatureCheck check_signature(const std::filesystem::path& file, const std::filesystem::path& signature,
                                             const std::filesystem::path& keyring);

}  // namespace pystacks::source
