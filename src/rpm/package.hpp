#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// What the header of a built package says. Reading a header changes nothing of librpm's global state, so it may be
/// done in any process; librpm is not thread-safe, so it is done by one thread at a time.
namespace pystacks::rpm {

/// The dependency tags, in rpm's order.
enum class DependencyKind : std::uint8_t {
    requires_,
    provides,
    conflicts,
    obsoletes,
    recommends,
    suggests,
    supplements,
    enhances
};
constexpr std::size_t dependency_kinds = 8;
/// "Requires", "Provides" …: the tag as a spec writes it.
[[nodiscard]] std::string_view name_of(DependencyKind kind) noexcept;

struct Dependency {
    std::string text;     ///< "libc.so.6(GLIBC_2.34)(64bit)", "python3.13-libs(x86-64) = 3.13.5-1", "(a or b)"
    std::string name;     ///< without the version
    bool rpmlib = false;  ///< on a feature of rpm itself

    [[nodiscard]] bool operator==(const Dependency&) const = default;
};

struct PackageFile {
    std::string path;         ///< absolute; in an SRPM the bare name
    std::uint32_t mode = 0;   ///< st_mode: type and permissions
    std::uint64_t size = 0;   ///< bytes
    std::uint32_t mtime = 0;  ///< seconds since 1970
    std::uint32_t flags = 0;  ///< RPMFILE_CONFIG, RPMFILE_DOC, RPMFILE_GHOST …
    std::uint64_t inode = 0;  ///< the same for hard links of one file within the package
    std::string digest;       ///< hexadecimal, of a regular file; the algorithm is Package::digest_algorithm
    std::string link_target;  ///< of a symbolic link
    std::string user, group;
    std::string capabilities;  ///< as cap_to_text(3) writes them; mostly empty

    [[nodiscard]] bool is_regular() const noexcept;
    [[nodiscard]] bool is_directory() const noexcept;
    [[nodiscard]] bool is_symlink() const noexcept;
    [[nodiscard]] bool is_ghost() const noexcept;
};

/// PackageFile::flags as a spec's %files says them: "%config noreplace"; empty for none.
[[nodiscard]] std::string flag_names(std::uint32_t flags);

/// A scriptlet or a trigger.
struct Scriptlet {
    std::string kind;     ///< "%post", "%triggerin -- glibc" …
    std::string program;  ///< "/bin/sh", "<lua>"
    std::string body;

    [[nodiscard]] bool operator==(const Scriptlet&) const = default;
};

struct Package {
    std::filesystem::path file;  ///< that it was read from
    std::string name, epoch, version, release, arch;
    std::string source_rpm;  ///< file name of the SRPM that it was built from; empty for an SRPM
    std::string summary, license;
    bool is_source = false;
    std::uint32_t digest_algorithm = 0;  ///< of file digests, as OpenPGP numbers them (RFC 4880, 9.4): 8 is SHA-256
    std::array<std::vector<Dependency>, dependency_kinds> dependencies;
    std::vector<PackageFile> files;  ///< in the header's order, which is bytewise by path
    std::vector<Scriptlet> scriptlets;

    [[nodiscard]] std::string nevra() const;  ///< "python3.13-libs-3.13.5-1.x86_64"
    [[nodiscard]] const std::vector<Dependency>& of(DependencyKind kind) const;
};

/// Reads the header of @p file; its digests are checked, signatures are not, the payload is not read. What it calls
/// itself and its files may become paths and arguments (package_names.hpp).
/// @throws Error when it cannot be read, is no rpm package, is damaged, or has a name that no package may have
[[nodiscard]] Package read_package(const std::filesystem::path& file);

}  // namespace pystacks::rpm
