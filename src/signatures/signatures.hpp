#pragma once

#include <filesystem>
#include <string>

/// Detached OpenPGP signatures, checked by GPGME. The shared object pystacks-signatures.so has it (see
/// base/shared_object.hpp).
namespace pystacks::signatures {

enum class Verdict {
    good,
    bad,          ///< file or signature are not what was signed: both are to be set aside
    none,         ///< what should be a signature is none
    unknown_key,  ///< made by a key that is not in the keyring
    unusable,     ///< revoked, expired before it signed, or GnuPG could not look at it
};

/// How a check of a signature ended.
struct Check {
    Verdict verdict = Verdict::unusable;
    std::string fingerprint;  ///< of the key that made the signature, when good; else as much as is known
    std::string reason;       ///< when not good
};

struct Request {
    std::filesystem::path home;  ///< an empty folder for GnuPG, which others cannot enter
    int file = -1;               ///< what was signed, open at its start
    std::string signature;       ///< its bytes, armored or binary
    std::string keyring;         ///< the bytes of the public keys, and no others are asked
};

/// Why there is no answer.
struct Failure {
    enum class Part { nothing, program, keyring, signature } part = Part::nothing;
    std::string reason;  ///< GPGME's words; empty: the keyring has no public key
};

inline constexpr const char* object = "pystacks-signatures.so";

/// @param failure its part is `nothing` when @p check has the answer
using Verify = void(const Request& request, Check& check, Failure& failure);
inline constexpr const char* verify_symbol = "pystacks_signatures_verify";

}  // namespace pystacks::signatures

extern "C" [[gnu::visibility("default")]] pystacks::signatures::Verify pystacks_signatures_verify;
