#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace pystacks {

/// SHA-256 of a file, as 64 lower-case hexadecimal digits: for trusting bytes that came from elsewhere. @throws Error.
[[nodiscard]] std::string sha256_file(const std::filesystem::path& path);
[[nodiscard]] std::string sha256(std::string_view bytes);

/// XXH3, 128 bits: for comparing files of our own, never for trusting.
struct ContentDigest {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    [[nodiscard]] std::string hex() const;
    friend bool operator==(const ContentDigest&, const ContentDigest&) = default;
    friend auto operator<=>(const ContentDigest&, const ContentDigest&) = default;
};
[[nodiscard]] ContentDigest content_digest(std::string_view bytes) noexcept;
[[nodiscard]] ContentDigest content_digest_file(const std::filesystem::path& path);

/// Builds the key of a stage out of named inputs. Every name and value is delimited and counted, so that neighbouring
/// inputs cannot run into each other; explanation() lists what went in, to say later which input changed.
class KeyHasher {
public:
    KeyHasher& add(std::string_view name, std::string_view value);
    KeyHasher& add_file(std::string_view name, const std::filesystem::path& path);
    [[nodiscard]] std::string digest() const;  ///< SHA-256, hexadecimal, of what was added so far
    /// One line an input: name, a tab, the value or (above 200 bytes) its digest.
    [[nodiscard]] const std::string& explanation() const noexcept { return explanation_; }

private:
    std::string buffer_;
    std::string explanation_;
};

}  // namespace pystacks
