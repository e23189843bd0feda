#include "source/signature.hpp"

#include <cerrno>

#include <fcntl.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/shared_object.hpp"
#include "base/temporary_directory.hpp"

namespace pystacks::source {

namespace {

using signatures::Failure;
using signatures::Verdict;

constexpr const char* attempted = "cannot verify the signature";

Error error_of(const Failure& failure, const fs::path& signature, const fs::path& keyring) {
    switch (failure.part) {
        case Failure::Part::program:
            return {attempted, "gpg", failure.reason, "install the package \"gpg\" (Debian) or \"gnupg2\" (Fedora)"};
        case Failure::Part::keyring:
            if (!failure.reason.empty()) return {attempted, keyring.string(), failure.reason, {}};
            return {attempted, keyring.string(), "it contains no OpenPGP public key",
                    "export one with: gpg --armor --export FINGERPRINT"};
        default:
            return {attempted, signature.string(), failure.reason, {}};
    }
}

}  // namespace

SignatureCheck check_signature(const fs::path& file, const fs::path& signature, const fs::path& keyring) {
    constexpr std::size_t largest_signature = std::size_t{1} << 20U;
    constexpr std::size_t largest_keyring = std::size_t{64} << 20U;
    static auto* const verify = function_of<signatures::Verify>(signatures::object, signatures::verify_symbol);
    const TemporaryDirectory home(temporary_folder(), "pystacks-gnupg");
    fs::permissions(home.path(), fs::perms::owner_all);
    // Public keys need no agent, and one that is started here would outlive us.
    write_file_atomically(home.path() / "gpg.conf", "no-autostart\nno-auto-check-trustdb\n", 0600);
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) throw system_error(errno, "cannot verify the signature of", file.string());
    const signatures::Request request{home.path(), fd.get(), read_file(signature, largest_signature),
                                      read_file(keyring, largest_keyring)};
    SignatureCheck check;
    Failure failure;
    verify(request, check, failure);
    if (failure.part != Failure::Part::nothing) throw error_of(failure, signature, keyring);
    return check;
}

std::string verify_signature(const fs::path& file, const fs::path& signature, const fs::path& keyring) {
    SignatureCheck check = check_signature(file, signature, keyring);
    if (check.verdict == Verdict::good) return check.fingerprint;
    throw Error(
        "cannot verify the signature of", file.string(), signature.filename().string() + ": " + check.reason,
        check.verdict == Verdict::unknown_key
            ? "if the release has a new manager, get their key from the project's own site, and check it before "
              "it goes into " +
                  keyring.filename().string()
            : std::string());
}

}  // namespace pystacks::source
