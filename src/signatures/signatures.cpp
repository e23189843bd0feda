#include "signatures/signatures.hpp"

#include <memory>
#include <string>
#include <utility>

#include <gpgme.h>

namespace pystacks::signatures {
namespace {

using Part = Failure::Part;

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

Failure failed(Part part, gpgme_error_t error) { return {part, gpgme_strerror(error)}; }

Context new_context(const std::filesystem::path& home) {
    // GPGME wants to be asked for its version before anything else, once.
    static const char* const version = gpgme_check_version(nullptr);
    if (version == nullptr) throw Failure{Part::program, "GPGME cannot be initialised"};
    gpgme_ctx_t raw = nullptr;
    gpgme_error_t error = gpgme_new(&raw);
    if (error != 0) throw failed(Part::program, error);
    Context context(raw);
    error = gpgme_ctx_set_engine_info(raw, GPGME_PROTOCOL_OpenPGP, nullptr, home.c_str());
    if (error == 0) error = gpgme_engine_check_version(GPGME_PROTOCOL_OpenPGP);
    if (error != 0) throw failed(Part::program, error);
    // Without this a signature could bring its own key along.
    gpgme_set_offline(raw, 1);
    gpgme_set_ctx_flag(raw, "auto-key-import", "0");
    gpgme_set_ctx_flag(raw, "auto-key-retrieve", "0");
    return context;
}

/// The stream reads from @p fd, which has to outlive it: no whole tarball in memory.
Data descriptor_data(int fd) {
    gpgme_data_t raw = nullptr;
    const gpgme_error_t error = gpgme_data_new_from_fd(&raw, fd);
    if (error != 0) throw failed(Part::signature, error);
    return Data(raw);
}

Data memory_data(const std::string& bytes, Part part) {
    gpgme_data_t raw = nullptr;
    const gpgme_error_t error = gpgme_data_new_from_mem(&raw, bytes.data(), bytes.size(), 0);
    if (error != 0) throw failed(part, error);
    return Data(raw);
}

void import_keys(gpgme_ctx_t context, const std::string& keyring) {
    const Data data = memory_data(keyring, Part::keyring);
    const gpgme_error_t error = gpgme_op_import(context, data.get());
    if (error != 0) throw failed(Part::keyring, error);
    const gpgme_import_result_t result = gpgme_op_import_result(context);
    if (result == nullptr || result->imported + result->unchanged == 0) throw Failure{Part::keyring, {}};
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

Check judge(gpgme_ctx_t context, const gpgme_signature_t signature) {
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
Check judge_all(gpgme_ctx_t context) {
    Check best{Verdict::none, {}, "it contains no OpenPGP signature"};
    bool first = true;
    const gpgme_verify_result_t result = gpgme_op_verify_result(context);
    for (gpgme_signature_t s = result != nullptr ? result->signatures : nullptr; s != nullptr; s = s->next) {
        Check one = judge(context, s);
        if (one.verdict == Verdict::bad) return one;
        if (first || one.verdict == Verdict::good) best = std::move(one);
        first = false;
    }
    return best;
}

Check verify(const Request& request) {
    const Context context = new_context(request.home);
    import_keys(context.get(), request.keyring);
    const Data signature = memory_data(request.signature, Part::signature);
    const Data file = descriptor_data(request.file);
    const gpgme_error_t error = gpgme_op_verify(context.get(), signature.get(), file.get(), nullptr);
    if (gpgme_err_code(error) == GPG_ERR_NO_DATA || gpgme_err_code(error) == GPG_ERR_BAD_DATA) {
        return {Verdict::none, {}, "it contains no OpenPGP signature"};
    }
    if (error != 0) throw failed(Part::signature, error);
    return judge_all(context.get());
}

}  // namespace
}  // namespace pystacks::signatures

void pystacks_signatures_verify(const pystacks::signatures::Request& request, pystacks::signatures::Check& check,
                                pystacks::signatures::Failure& failure) {
    try {
        check = pystacks::signatures::verify(request);
    } catch (pystacks::signatures::Failure& said) {
        failure = std::move(said);
    }
}
