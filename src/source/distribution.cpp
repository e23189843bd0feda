#include "source/distribution.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/names.hpp"
#include "base/text.hpp"
#include "process/command.hpp"
#include "source/apt_sources.hpp"
#include "source/arrival.hpp"
#include "source/debian_version.hpp"

namespace pystacks::source {

namespace {

constexpr double time_limit_seconds = 1800;
constexpr int shown_lines = 6;

/// apt-get and its family, run with a configuration of our own.
class PrivateApt {
public:
    PrivateApt(const DistributionRequest& request, const DistributionHost& host, const fs::path& scratch);

    void update() const { (void)run({"apt-get", "--quiet=2", "--error-on=any", "update"}); }
    [[nodiscard]] std::vector<SourceRecord> records() const;
    void download(const std::string& version, const fs::path& directory) const;

private:
    [[nodiscard]] process::Outcome run(std::vector<std::string> arguments, const fs::path& directory = {}) const;
    [[nodiscard]] std::string configuration(const DistributionHost& host) const;
    [[nodiscard]] Error problem(const std::string& reason) const;

    const DistributionRequest& request_;
    fs::path root_;
};

Error PrivateApt::problem(const std::string& reason) const {
    return {"cannot fetch", fmt::format("source package {} ({})", request_.package, request_.suite), reason};
}

/// The host's proxies and other ways to the mirror, but not its hooks, which act on the host after an update.
std::string acquire_settings() {
    if (!process::find_program("apt-config")) return {};
    process::Command command;
    command.arguments = {"apt-config", "dump"};
    const process::Outcome outcome = process::run(command);
    std::string settings;
    if (!outcome.succeeded()) return settings;
    for (const std::string& line : split(outcome.output, '\n')) {
        // Index targets are what other programs want downloaded along.
        if (line.starts_with("Acquire::") && !line.starts_with("Acquire::IndexTargets")) settings += line + "\n";
    }
    return settings;
}

std::string setting(const std::string& name, const fs::path& value) {
    return fmt::format("{} \"{}\";\n", name, value.string());
}

std::string PrivateApt::configuration(const DistributionHost& host) const {
    std::string text = acquire_settings();
    text += setting("Dir::Etc::Main", "/dev/null") + setting("Dir::Etc::Parts", "/dev/null");
    text += setting("Dir::Etc::SourceList", root_ / "pystacks.sources") + setting("Dir::Etc::SourceParts", "/dev/null");
    text += setting("Dir::Etc::Preferences", "/dev/null") + setting("Dir::Etc::PreferencesParts", "/dev/null");
    text += setting("Dir::State", root_ / "state") + setting("Dir::State::lists", root_ / "state" / "lists");
    text += setting("Dir::State::status", fs::exists(host.dpkg_status) ? host.dpkg_status : root_ / "state" / "status");
    text += setting("Dir::Cache", root_ / "cache") + setting("Dir::Cache::archives", root_ / "cache" / "archives");
    text += setting("Dir::Log", root_ / "log");
    text += setting("Debug::NoLocking", "1") + setting("Acquire::Languages", "none");
    // As root apt drops to a user who may not enter our folder.
    if (geteuid() == 0) text += setting("APT::Sandbox::User", "root");
    return text;
}

PrivateApt::PrivateApt(const DistributionRequest& request, const DistributionHost& host, const fs::path& scratch)
    : request_(request), root_(scratch / "apt") {
    if (!process::find_program("apt-get"))
        throw problem("this host has no package manager that pystacks can use (apt-get)");
    const std::string codename = version_codename(host.os_release);
    const std::optional<AptEntry> archive = main_archive(read_apt_sources(host.etc_apt), codename);
    if (!archive) {
        throw problem(fmt::format("{} names no main archive of this distribution{}", host.etc_apt.string(),
                                  codename.empty() ? std::string() : " (" + codename + ")"));
    }
    for (const char* folder : {"state/lists/partial", "cache/archives/partial", "log"})
        make_directories(root_ / folder);
    write_file_atomically(root_ / "state" / "status", "");
    write_file_atomically(root_ / "pystacks.sources", source_stanza(*archive, request.suite));
    write_file_atomically(root_ / "apt.conf", configuration(host));
}

process::Outcome PrivateApt::run(std::vector<std::string> arguments, const fs::path& directory) const {
    process::Command command;
    command.arguments = std::move(arguments);
    command.directory = directory;
    command.environment = {{"APT_CONFIG", (root_ / "apt.conf").string()}, {"LC_ALL", "C.UTF-8"}};
    command.time_limit_seconds = time_limit_seconds;
    process::Outcome outcome = process::run(command);
    if (!outcome.succeeded()) {
        std::vector<std::string> lines = split(trim(outcome.output), '\n');
        if (lines.size() > shown_lines) lines.erase(lines.begin(), lines.end() - shown_lines);
        throw problem(fmt::format("{} {} {}: {}", command.arguments[0], command.arguments.back(), outcome.describe(),
                                  join(lines, "; ")));
    }
    return outcome;
}

std::vector<SourceRecord> PrivateApt::records() const {
    // apt-cache says with its exit status when it knows no such package; that is an answer, not a failure.
    try {
        return parse_source_records(run({"apt-cache", "--only-source", "showsrc", request_.package}).output);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) throw;
        throw problem("there is no such source package in this suite");
    }
}

void PrivateApt::download(const std::string& version, const fs::path& directory) const {
    (void)run({"apt-get", "--quiet=2", "--download-only", "--only-source", "source", request_.package + "=" + version},
              directory);
}

/// The newest package of the wanted upstream version; one that has the wanted bytes is preferred.
const SourceRecord* choose(const std::vector<SourceRecord>& records, const DistributionRequest& request) {
    const SourceRecord* best = nullptr;
    bool best_has_file = false;
    for (const SourceRecord& record : records) {
        if (record.package != request.package || upstream_part(record.version) != request.upstream_version) continue;
        const bool has_file =
            std::any_of(record.files.begin(), record.files.end(),
                        [&](const SourceRecord::File& file) { return file.sha256 == request.sha256; });
        const bool newer = best == nullptr || compare_debian_versions(record.version, best->version) > 0;
        if (best != nullptr && (has_file < best_has_file || (has_file == best_has_file && !newer))) continue;
        best = &record;
        best_has_file = has_file;
    }
    return best;
}

std::string versions_of(const std::vector<SourceRecord>& records) {
    std::vector<std::string> versions;
    for (const SourceRecord& record : records) versions.push_back(record.version);
    return versions.empty() ? "none" : join(versions, ", ");
}

/// The name under which the package has the wanted bytes. @throws Error with both digests when it has others
std::string wanted_file(const SourceRecord& record, const DistributionRequest& request) {
    std::string others;
    for (const SourceRecord::File& file : record.files) {
        if (!problem_of_file_name(file.name).empty()) continue;
        if (file.sha256 == request.sha256) return file.name;
        if (file.name.find(".orig.tar.") == std::string::npos || file.name.ends_with(".asc")) continue;
        others += (others.empty() ? "" : "; ") + file.name + " " + digest_mismatch(file.sha256, request.sha256);
    }
    throw Error("cannot fetch",
                fmt::format("source package {} {} ({})", request.package, record.version, request.suite),
                others.empty() ? "it has no upstream archive" : others);
}

}  // namespace

std::vector<SourceRecord> parse_source_records(const std::string& text) {
    std::vector<SourceRecord> records;
    bool in_checksums = false;
    bool in_record = false;
    for (const std::string& line : split(text, '\n')) {
        if (trim(line).empty()) {
            in_record = in_checksums = false;
            continue;
        }
        if (!in_record) records.emplace_back();
        in_record = true;
        SourceRecord& record = records.back();
        if (line.front() == ' ') {
            const std::vector<std::string> words = split_words(line);
            if (in_checksums && words.size() == 3) record.files.push_back({words[0], words[2]});
            continue;
        }
        in_checksums = line.starts_with("Checksums-Sha256:");
        if (line.starts_with("Package:")) record.package = trim(std::string_view(line).substr(8));
        if (line.starts_with("Version:")) record.version = trim(std::string_view(line).substr(8));
    }
    return records;
}

DistributionFiles fetch_from_distribution(const DistributionRequest& request, const DistributionHost& host,
                                          const fs::path& scratch) {
    const PrivateApt apt(request, host, scratch);
    apt.update();
    const std::vector<SourceRecord> records = apt.records();
    const SourceRecord* record = choose(records, request);
    if (record == nullptr) {
        throw Error(
            "cannot fetch", fmt::format("source package {} ({})", request.package, request.suite),
            fmt::format("it does not have version {}, only: {}", request.upstream_version, versions_of(records)));
    }
    const std::string name = wanted_file(*record, request);
    const fs::path downloads = scratch / "files";
    make_directories(downloads);
    // apt-get does not download again what is there and has the right digest.
    if (!request.have.empty()) copy_regular_file(request.have, downloads / name);
    DistributionFiles result;
    result.file = downloads / name;
    result.version = record->version;
    try {
        apt.download(record->version, downloads);
    } catch (const Error& error) {
        // A mirror may lack another file of the package, as mirrors of older releases do.
        const bool arrived = fs::exists(result.file) && sha256_file(result.file) == request.sha256;
        if (!arrived || error.kind() == ErrorKind::interrupted) throw;
    }
    const std::string found = fs::exists(result.file) ? sha256_file(result.file) : "no file";
    if (found != request.sha256) {
        throw Error("cannot fetch",
                    fmt::format("source package {} {} ({})", request.package, record->version, request.suite),
                    name + " " + digest_mismatch(found, request.sha256));
    }
    const fs::path signature = downloads / (name + ".asc");
    if (fs::exists(signature)) result.signature = signature;
    return result;
}

}  // namespace pystacks::source
