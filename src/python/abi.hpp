#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace pystacks::python {

/// What can tell two builds of one version of Python from each other, for those who import compiled modules.
enum class Trait : std::uint8_t {
    debug,          ///< Py_DEBUG
    free_threaded,  ///< Py_GIL_DISABLED
    address_sanitizer,
    thread_sanitizer,
    undefined_sanitizer,
    pymalloc,      ///< the flag m, until 3.7
    wide_unicode,  ///< the flag u, until 3.2
};

/// A set of traits.
class Traits {
public:
    constexpr Traits() = default;
    constexpr Traits(std::initializer_list<Trait> traits) {  // NOLINT(google-explicit-constructor)
        for (const Trait trait : traits) bits_ |= bit(trait);
    }

    [[nodiscard]] constexpr bool has(Trait trait) const noexcept { return (bits_ & bit(trait)) != 0; }
    constexpr void add(Trait trait) noexcept { bits_ |= bit(trait); }
    [[nodiscard]] constexpr Traits without(Trait trait) const noexcept {
        Traits result = *this;
        result.bits_ &= static_cast<std::uint8_t>(~bit(trait));
        return result;
    }

    friend constexpr auto operator<=>(const Traits&, const Traits&) = default;

private:
    static constexpr std::uint8_t bit(Trait trait) noexcept {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(trait));
    }

    std::uint8_t bits_ = 0;
};

inline constexpr Traits optimized_traits{};
inline constexpr Traits debug_traits{Trait::debug};

/// What a build with these traits is called: "optimized" without any, "debug", "freethreading-debug", "asan".
[[nodiscard]] std::string name_of(Traits traits);

/// What a compiled module has to be built for.
struct Abi {
    std::string version;  ///< "3.13"
    Traits traits;

    [[nodiscard]] bool python2() const { return version.starts_with("2."); }
    [[nodiscard]] int major() const;
    [[nodiscard]] int minor() const;
    [[nodiscard]] bool has(Trait trait) const noexcept { return traits.has(trait); }
    /// As in LDVERSION, in CPython's order (configure.ac): "td", "dm". Sanitizers have none.
    [[nodiscard]] std::string flags() const;

    friend auto operator<=>(const Abi&, const Abi&) = default;
};

/// Of ABI flags in any order: "", "td", "dmu". Nothing for text that is none.
[[nodiscard]] std::optional<Traits> traits_of_flags(std::string_view flags);

/// Of what stands behind a version in the names of folders and libraries: ABI flags, and what Python 2's packagers
/// write, "_d" and "-debug".
[[nodiscard]] std::optional<Traits> traits_of_suffix(std::string_view suffix);

/// The length of "3.13" at the start of @p text; 0 when there is none.
[[nodiscard]] std::size_t version_length(std::string_view text) noexcept;

/// "3.13" for "313", "3.9" for "39": the first digit is the major version.
[[nodiscard]] std::string dotted_version(std::string_view digits);

}  // namespace pystacks::python
