#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compare/package_difference.hpp"
#include "compare/pairing.hpp"
#include "compare/side.hpp"

namespace pystacks::compare {

/// What is said of a pair's contents; of the side that has the path when only one has.
enum class PairVerdict : std::uint8_t {
    identical,      ///< same type and bytes, or same target
    same_bytecode,  ///< .pyc that differ in their header or in marshal's reference flags only
    same_code,      ///< ELF that differ in the build id or the debug link only
    text,           ///< other text; Pair has the unified diff
    different,      ///< anything else: other type, target, code, data
    only_a,
    only_b,
};
constexpr std::size_t verdicts = 7;

/// "same-bytecode" …: the name in JSON.
[[nodiscard]] std::string_view name_of(PairVerdict verdict) noexcept;

/// Something that has one value in A and another in B.
struct Property {
    std::string name;  ///< "mode", "owner", "needed libraries" …
    std::string a, b;
};

struct Pair {
    const File* a = nullptr;  ///< null: only B has it
    const File* b = nullptr;
    Match match = Match::path;
    PairVerdict verdict = PairVerdict::identical;
    std::string details;                     ///< what differs in the contents, for people; may be empty
    std::vector<Property> attributes;        ///< mode, owner, capabilities … that differ
    std::vector<Property> metadata;          ///< of ELF files: what they say of themselves and differ in
    std::string diff;                        ///< unified, of text; cut when it is long
    std::uint64_t lines_a = 0, lines_b = 0;  ///< of text: lines that only A, only B has

    [[nodiscard]] const File& any() const noexcept { return a != nullptr ? *a : *b; }
    [[nodiscard]] bool is_only() const noexcept { return a == nullptr || b == nullptr; }
    /// Same bytes, attributes and path.
    [[nodiscard]] bool is_same() const noexcept {
        return verdict == PairVerdict::identical && attributes.empty() && match == Match::path;
    }
};

/// How many pairs, and the bytes of their files.
struct Total {
    std::uint64_t paths = 0;
    std::uint64_t bytes_a = 0, bytes_b = 0;
};

/// What is made of files of packages that have another time.
enum class Times : std::uint8_t {
    left_out,  ///< they are counted, and make no difference
    counted,   ///< an attribute like others
};

struct BuildComparison {
    Side a, b;                ///< own the files and packages that the rest points at
    std::vector<Pair> pairs;  ///< bytewise by path, that of A first
    std::vector<PackagePair> packages;
    Total all;
    Total identical;                      ///< is_same()
    Total attributes;                     ///< identical contents at one path, but other attributes
    Total renamed;                        ///< identical contents at another path
    std::map<PairVerdict, Total> totals;  ///< of all other verdicts
    Times times = Times::left_out;
    std::uint64_t other_times = 0;  ///< files of packages on both sides that have another time

    BuildComparison() = default;
    BuildComparison(const BuildComparison&) = delete;  // of pointers into itself
    BuildComparison& operator=(const BuildComparison&) = delete;
    BuildComparison(BuildComparison&&) = default;  // moving a vector moves no element
    BuildComparison& operator=(BuildComparison&&) = default;
    ~BuildComparison() = default;

    /// Whether there is a difference other than in bytecode that says the same.
    [[nodiscard]] bool differ() const noexcept;
    /// Whether files differ, if at all, in build ids and debug links only; packages' headers do not count.
    [[nodiscard]] bool same_but_for_build_ids() const noexcept;
    /// Whether files differ, if at all, in their times only; packages' headers do not count.
    [[nodiscard]] bool same_but_for_times() const noexcept;
    /// Whether there is any pair of files.
    [[nodiscard]] bool anything_in_common() const noexcept;
};

/// Compares types, contents, link targets and permission bits; of packages also owners, capabilities, flags,
/// dependencies and scriptlets, and their times if @p times says so. Not compared are times of trees, which names of a
/// tree are hard links, and what of rpm a package needs: `rpmlib(…)`. Contents that are not known to be equal are
/// looked into on @p threads threads; those of packages are unpacked for that into a temporary folder, and their
/// payloads are checked to be whole.
/// @throws Error when a file that has to be looked into cannot be read, or a payload is damaged.
[[nodiscard]] BuildComparison compare(Side a, Side b, unsigned threads = 1, Times times = Times::left_out);

}  // namespace pystacks::compare
