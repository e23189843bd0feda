#include "base/hash.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <type_traits>

#include <fcntl.h>
#include <fmt/format.h>
#include <rpm/rpmcrypto.h>
#include <xxhash.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks {

namespace {

/// One SHA-256 in progress. rpm's own, so that there is no second library of cryptography in the program.
class Sha256 {
public:
    Sha256() : context_(rpmDigestInit(RPM_HASH_SHA256, RPMDIGEST_NONE)) { check(context_ != nullptr); }

    void update(std::string_view bytes) { check(rpmDigestUpdate(context_.get(), bytes.data(), bytes.size()) == 0); }

    [[nodiscard]] std::string finish() {
        void* digits = nullptr;
        std::size_t size = 0;  // with the final null
        check(rpmDigestFinal(context_.release(), &digits, &size, 1) == 0);
        const std::unique_ptr<void, decltype(&std::free)> owner(digits, std::free);
        return static_cast<const char*>(digits);
    }

private:
    struct Free {
        void operator()(DIGEST_CTX context) const noexcept { rpmDigestFinal(context, nullptr, nullptr, 0); }
    };

    static void check(bool succeeded) {
        if (!succeeded) throw Error("cannot compute a SHA-256", "", "librpmio does not offer it");
    }

    std::unique_ptr<std::remove_pointer_t<DIGEST_CTX>, Free> context_;
};

/// Hands the file's bytes to @p consume, piece by piece.
template <typename Consume>
void for_each_piece(const fs::path& path, Consume&& consume) {
    const UniqueFd fd = open_file(path, O_RDONLY, "cannot read");
    std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): only what was read is looked at
    while (const std::size_t count = read_some(fd.get(), buffer.data(), buffer.size(), path)) {
        consume(std::string_view(buffer.data(), count));
    }
}

ContentDigest to_digest(const XXH128_hash_t& hash) noexcept { return {hash.high64, hash.low64}; }

}  // namespace

std::string sha256_file(const fs::path& path) {
    Sha256 hash;
    for_each_piece(path, [&hash](std::string_view piece) { hash.update(piece); });
    return hash.finish();
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

std::string ContentDigest::hex() const { return fmt::format("{:016x}{:016x}", high, low); }

ContentDigest content_digest(std::string_view bytes) noexcept {
    return to_digest(XXH3_128bits(bytes.data(), bytes.size()));
}

ContentDigest content_digest_file(const fs::path& path) {
    struct Free {
        void operator()(XXH3_state_t* state) const noexcept { XXH3_freeState(state); }
    };
    const std::unique_ptr<XXH3_state_t, Free> state(XXH3_createState());
    if (!state || XXH3_128bits_reset(state.get()) != XXH_OK) throw std::bad_alloc();
    for_each_piece(path,
                   [&state](std::string_view piece) { XXH3_128bits_update(state.get(), piece.data(), piece.size()); });
    return to_digest(XXH3_128bits_digest(state.get()));
}

}  // namespace pystacks
