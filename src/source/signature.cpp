#include "source/signature.hpp"

#include <cerrno>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <gpgme.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"

namespace pystacks::source {

namespace {

using Verdict = SignatureCheck::Verdict;

struct ContextDeleter {
    void operator()(gpgme_ctx_t context) const noexcept { gpgme_release(context); }
};
using Context = std::unique_ptr<gpgme_context, ContextDeleter>;

struct DataDeleter {
    void operator()(gpgme_data_t data) const noexcept { gpgme_data_release(data); }
};
using Data = std::unique_ptr<gpgme_data, DataDeleter>;

struct KeyDeleter {
    void operator()(gpgme_key_t key) const noexcept { gpgme_key_unref(key); }
};
using Key = std::unique_ptr<_gpgme_key, KeyDeleter>;

Error gpg_error(const fs::path& subject, gpgme_error_t error, std::string hint = {}) {
    return {"cannot verify the signature", subject.string(), gpgme_strerror(error), std::move(hint)};
}

Context new_context(const fs::path& home) {
    // GPGME wants to be asked for its version before anything else, once.
    static const char* const version = gpgme_check_version(nullptr);
    if (version == nullptr) throw Error("cannot verify the signature", "", "GPGME cannot be initialised");
    gpgme_ctx_t raw = nullptr;
    gpgme_error_t error = gpgme_new(&raw);
    if (error != 0) throw gpg_error(home, error);
    Context context(raw);
    error = gpgme_ctx_set_engine_info(raw, GPGME_PROTOCOL_OpenPGP, nullptr, home.c_str());
    if (error == 0) error = gpgme_engine_check_version(GPGME_PROTOCOL_OpenPGP);
    if (error != 0) throw gpg_error("gpg", error, "install the package \"gpg\" (Debian) or \"gnupg2\" (Fedora)");
    // Without this a signature could bring its own key along.
    gpgme_set_offline(raw, 1);
    gpgme_set_ctx_flag(raw, "auto-key-import", "0");
    gpgme_set_ctx_flag(raw, "auto-key-retrieve", "0");
    return context;
}

/// The stream reads from @p fd, which has to outlive it: no whole tarball in memory.
Data descriptor_data(int fd, const fs::path& file) {
    gpgme_data_t raw = nullptr;
    const gpgme_error_t error = gpgme_data_new_from_fd(&raw, fd);
    if (error != 0) throw gpg_error(file, error);
    return Data(raw);
}

Data memory_data(const std::string& bytes, const fs::path& file) {
    gpgme_data_t raw = nullptr;
    const gpgme_error_t error = gpgme_data_new_from_mem(&raw, bytes.data(), bytes.size(), 0);
    if (error != 0) throw gpg_error(file, error);
    return Data(raw);
}

void import_keys(gpgme_ctx_t context, const fs::path& keyring) {
    constexpr std::size_t largest_keyring = std::size_t{64} << 20U;
    const std::string bytes = read_file(keyring, largest_keyring);
    const Data data = memory_data(bytes, keyring);
    const gpgme_error_t error = gpgme_op_import(context, data.get());
    if (error != 0) throw gpg_error(keyring, error);
    const gpgme_import_result_t result = gpgme_op_import_result(context);
    if (result == nullptr || result->imported + result->unchanged == 0) {
        throw Error("cannot verify the signature", keyring.string(), "it contains no OpenPGP public key",
                    "export one with: gpg --armor --export FINGERPRINT");
    }
}

Key find_key(gpgme_ctx_t context, const char* fingerprint) {
    gpgme_key_t key = nullptr;
    if (fingerprint == nullptr || gpgme_get_key(context, fingerprint, &key, 0) != 0) return nullptr;
    return Key(key);
}

/// Whether the key, or the subkey that signed, was still valid at @p when.
bool was_valid(const Key& key, const std::string& signer, unsigned long when) {
    for (gpgme_subkey_t subkey = key->subkeys; subkey != nullptr; subkey = subkey->next) {
        const bool concerned = subkey == key->subkeys || (subkey->fpr != nullptr && signer == subkey->fpr);
        if (concerned && subkey->expires > 0 && static_cast<unsigned long>(subkey->expires) <= when) return false;
    }
    return true;
}

SignatureCheck judge(gpgme_ctx_t context, const gpgme_signature_t signature) {
    const std::string signer = signature->fpr != nullptr ? signature->fpr : "";
    const gpgme_err_code_t status = gpgme_err_code(signature->status);
    if (status == GPG_ERR_BAD_SIGNATURE)
        return {Verdict::bad, signer, "the signature does not match the file (made by " + signer + ")"};
    if (status == GPG_ERR_NO_PUBKEY)
        return {Verdict::unknown_key, signer, "it was made by the key " + signer + ", which is not in the keyring"};
    if (status != GPG_ERR_NO_ERROR && status != GPG_ERR_KEY_EXPIRED) {
        return {Verdict::unusable, signer,
                std::string(gpgme_strerror(signature->status)) + " (made by " + signer + ")"};
    }
    const Key key = find_key(context, signature->fpr);
    if (key == nullptr) return {Verdict::unknown_key, signer, "the key " + signer + " is not in the keyring"};
    if (key->revoked != 0) return {Verdict::unusable, signer, "the key " + signer + " was revoked"};
    if (status == GPG_ERR_KEY_EXPIRED && !was_valid(key, signer, signature->timestamp)) {
        return {Verdict::unusable, signer, "the key " + signer + " had expired before it signed this"};
    }
    return {Verdict::good, key->fpr != nullptr ? key->fpr : signer, {}};
}

/// All signatures of the file together: a bad one outweighs, else a good one decides.
SignatureCheck judge_all(gpgme_ctx_t context) {
    SignatureCheck best{Verdict::none, {}, "it contains no OpenPGP signature"};
    bool first = true;
    const gpgme_verify_result_t result = gpgme_op_verify_result(context);
    for (gpgme_signature_t s = result != nullptr ? result->signatures : nullptr; s != nullptr; s = s->next) {
        SignatureCheck one = judge(context, s);
        if (one.verdict == Verdict::bad) return one;
        if (first || one.verdict == Verdict::good) best = std::move(one);
        first = false;
    }
    return best;
}

}  // namespace

SignatureCheck check_signature(const fs::path& file, const fs::path& signature, const fs::path& keyring) {
    constexpr std::size_t largest_signature = std::size_t{1} << 20U;
    const TemporaryDirectory home(temporary_folder(), "pystacks-gnupg");
    fs::permissions(home.path(), fs::perms::owner_all);
    // Public keys need no agent, and one that is started here would outlive us.
    write_file_atomically(home.path() / "gpg.conf", "no-autostart\nno-auto-check-trustdb\n", 0600);
    const Context context = new_context(home.path());
    import_keys(context.get(), keyring);

    const std::string signature_bytes = read_file(signature, largest_signature);
    const Data signature_data = memory_data(signature_bytes, signature);
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) throw system_error(errno, "cannot verify the signature of", file.string());
    const Data signed_data = descriptor_data(fd.get(), file);
    const gpgme_error_t error = gpgme_op_verify(context.get(), signature_data.get(), signed_data.get(), nullptr);
    if (gpgme_err_code(error) == GPG_ERR_NO_DATA || gpgme_err_code(error) == GPG_ERR_BAD_DATA) {
        return {Verdict::none, {}, "it contains no OpenPGP signature"};
    }
    if (error != 0) throw gpg_error(signature, error);
    return judge_all(context.get());
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
