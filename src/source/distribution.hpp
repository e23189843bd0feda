#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "report/progress.hpp"

namespace pystacks::source {

/// Where the host's package client keeps its set-up; read, never changed.
struct DistributionHost {
    std::filesystem::path etc_apt = "/etc/apt";
    std::filesystem::path os_release = "/etc/os-release";
    std::filesystem::path dpkg_status = "/var/lib/dpkg/status";
};

struct DistributionRequest {
    std::string package;  ///< of the source package
    std::string suite;
    std::string upstream_version;  ///< what the package's version says without epoch and revision
    std::string sha256;            ///< of the file that is wanted
    std::filesystem::path have;    ///< that file, when only its signature is wanted; it is not downloaded again
};

/// What a source package had.
struct DistributionFiles {
    std::filesystem::path file;                      ///< its sha256 is the one that was asked for
    std::optional<std::filesystem::path> signature;  ///< FILE.asc, when the package has it
    std::string version;                             ///< the package's
};

/// One of the source packages that `apt-cache showsrc` printed.
struct SourceRecord {
    struct File {
        std::string sha256, name;
    };
    std::string package, version;
    std::vector<File> files;
};
[[nodiscard]] std::vector<SourceRecord> parse_source_records(const std::string& text);

/// Asks the distribution's archive for a source package with apt-get, through a private configuration in @p scratch
/// that names the host's own mirror and keyring for another suite. Nothing of the host's set-up is changed.
/// @param scratch an empty folder; the files are in it afterwards
/// @throws Error that says why there is no such file: no client, no such suite, version, or other bytes
[[nodiscard]] DistributionFiles fetch_from_distribution(const DistributionRequest& request,
                                                        const DistributionHost& host,
                                                        const std::filesystem::path& scratch);

}  // namespace pystacks::source
