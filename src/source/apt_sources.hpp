#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks::source {

/// A component of an archive that apt's configuration names.
struct AptEntry {
    std::string uri, suite, component;
    std::filesystem::path file;  ///< a sources.list, or a .sources file of stanzas
    std::size_t number = 0;      ///< of the line, or of the stanza, in it; from 1 on
    std::string signed_by;       ///< path of a keyring, a fingerprint, or an armored key of several lines; may be empty
};

/// What apt makes of its configuration below @p etc_apt: `apt-get indextargets`. It does not tell by which key an
/// archive is signed; that is read from the line or stanza that it names. Entries that are disabled, or that this user
/// may not read, are left out. @throws Error with what apt says
[[nodiscard]] std::vector<AptEntry> read_apt_sources(const std::filesystem::path& etc_apt);

/// Those of apt-get's output, an entry per line, without their keys; each once.
[[nodiscard]] std::vector<AptEntry> parse_index_targets(const std::string& output);
/// The option signed-by of line @p number of a sources.list; empty when it has none.
[[nodiscard]] std::string signed_by_of_line(const std::string& text, std::size_t number);
/// The field Signed-By of stanza @p number of a .sources file; empty when it has none.
[[nodiscard]] std::string signed_by_of_stanza(const std::string& text, std::size_t number);

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
