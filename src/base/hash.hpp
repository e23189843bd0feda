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

}  // namespace pystacks
