#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pystacks::source {

/// One archive that apt's configuration names.
struct AptEntry {
    std::vector<std::string> uris;
    std::vector<std::string> suites;
    std::vector<std::string> components;
    std::string signed_by;  ///< path of a keyring, a fingerprint, or an armored key of several lines; may be empty
};

/// The entries of a sources.list, one line each. Lines that cannot be understood are skipped: apt reports those itself.
[[nodiscard]] std::vector<AptEntry> parse_one_line_sources(const std::string& text);
/// The entries of a deb822 .sources file; disabled ones are left out.
[[nodiscard]] std::vector<AptEntry> parse_deb822_sources(const std::string& text);

/// Everything below @p etc_apt that apt would read: sources.list, sources.list.d/*.list and *.sources, in that order.
[[nodiscard]] std::vector<AptEntry> read_apt_sources(const std::filesystem::path& etc_apt);

/// The entry of the distribution's main archive: with the component main and a suite of this release, preferred when
/// its keyring or address is the distribution's own, so that another vendor's archive for the same release is not
/// taken for it.
/// @param codename VERSION_CODENAME of os-release; may be empty
[[nodiscard]] std::optional<AptEntry> main_archive(const std::vector<AptEntry>& entries, const std::string& codename);

/// VERSION_CODENAME of an os-release file; empty when there is none.
[[nodiscard]] std::string version_codename(const std::filesystem::path& os_release);

/// A deb822 stanza for the sources of @p suite in @p archive, component main.
[[nodiscard]] std::string source_stanza(const AptEntry& archive, const std::string& suite);

}  // namespace pystacks::source
