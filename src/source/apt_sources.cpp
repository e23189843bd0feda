#include "source/apt_sources.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::source {

namespace {

/// What indextargets prints of an index, one per line; a name that apt does not know in an entry stays as it is.
constexpr const char* target_format = "$(CREATED_BY)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(SOURCESENTRY)";
constexpr std::size_t largest_sources = std::size_t{4} << 20U;

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// "/etc/apt/sources.list:3". @returns whether it is such a place
bool read_place(const std::string& text, AptEntry& entry) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) return false;
    entry.file = text.substr(0, colon);
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data() + colon + 1, end, entry.number);
    return problem == std::errc() && stop == end;
}

std::string signed_by(const AptEntry& entry) {
    const std::string text = read_file(entry.file, largest_sources);
    return entry.file.extension() == ".sources" ? signed_by_of_stanza(text, entry.number)
                                                : signed_by_of_line(text, entry.number);
}

bool is_distributions_keyring(const std::string& signed_by) {
    return signed_by.find("debian-archive") != std::string::npos ||
           signed_by.find("ubuntu-archive") != std::string::npos;
}

bool is_distributions_address(const AptEntry& entry) {
    std::string_view uri = entry.uri;
    while (uri.ends_with('/')) uri.remove_suffix(1);
    const std::string_view last = uri.substr(std::min(uri.rfind('/') + 1, uri.size()));
    return last == "debian" || last == "ubuntu" || last == "ubuntu-ports";
}

bool names_this_release(const AptEntry& entry, const std::string& codename) {
    if (!codename.empty() && entry.suite == codename) return true;
    // Debian may also be followed by a name that moves.
    const std::string& suite = entry.suite;
    return is_distributions_address(entry) &&
           (suite == "stable" || suite == "oldstable" || suite == "testing" || suite == "unstable" || suite == "sid");
}

}  // namespace

std::vector<AptEntry> parse_index_targets(const std::string& output) {
    std::vector<AptEntry> entries;
    for (const std::string& line : split(output, '\n')) {
        const std::vector<std::string> fields = split(line, '|');
        if (fields.size() != 5 || (fields[0] != "Packages" && fields[0] != "Sources")) continue;
        AptEntry entry{fields[1], fields[2], fields[3], {}, 0, {}};
        if (!read_place(fields[4], entry)) continue;
        const auto key = [](const AptEntry& each) {
            return std::tie(each.uri, each.suite, each.component, each.file, each.number);
        };
        const bool known =
            std::any_of(entries.begin(), entries.end(), [&](const AptEntry& each) { return key(each) == key(entry); });
        if (!known) entries.push_back(std::move(entry));
    }
    return entries;
}

std::string signed_by_of_line(const std::string& text, std::size_t number) {
    const std::vector<std::string> lines = split(text, '\n');
    if (number == 0 || number > lines.size()) return {};
    const std::string& line = lines[number - 1];
    const std::size_t open = line.find('[');
    const std::size_t close = line.find(']');
    // A bracket later on belongs to an IPv6 address.
    if (open == std::string::npos || close == std::string::npos || close < open || line.find("://") < open) return {};
    for (const std::string& option : split_words(line.substr(open + 1, close - open - 1))) {
        if (option.starts_with("signed-by=")) return option.substr(option.find('=') + 1);
    }
    return {};
}

std::string signed_by_of_stanza(const std::string& text, std::size_t number) {
    std::size_t stanza = 0;
    bool in_stanza = false;
    bool in_field = false;
    std::string value;
    for (const std::string& line : split(text, '\n')) {
        if (line.starts_with('#')) continue;
        if (trim(line).empty()) {
            in_stanza = in_field = false;
            continue;
        }
        if (!in_stanza) ++stanza;
        in_stanza = true;
        if (stanza != number) continue;
        if (line.front() == ' ' || line.front() == '\t') {
            if (in_field) value += "\n" + std::string(trim(line));
            continue;
        }
        const std::size_t colon = std::min(line.find(':'), line.size());
        in_field = lower(trim(std::string_view(line).substr(0, colon))) == "signed-by";
        if (in_field) value = trim(std::string_view(line).substr(std::min(colon + 1, line.size())));
    }
    return value;
}

std::vector<AptEntry> read_apt_sources(const fs::path& etc_apt) {
    process::Command command;
    command.arguments = {"apt-get",     "indextargets", "--no-release-info",           "--format",
                         target_format, "-o",           "Dir::Etc=" + etc_apt.string()};
    command.environment["LC_ALL"] = "C.UTF-8";
    const process::Outcome outcome = process::run_checked(command, "cannot ask apt for this host's archives");
    std::vector<AptEntry> entries = parse_index_targets(outcome.output);
    for (AptEntry& entry : entries) entry.signed_by = signed_by(entry);
    return entries;
}

std::optional<AptEntry> main_archive(const std::vector<AptEntry>& entries, const std::string& codename) {
    std::optional<AptEntry> best;
    int best_score = -1;
    for (const AptEntry& entry : entries) {
        if (entry.component != "main" || !names_this_release(entry, codename)) continue;
        const int score =
            (is_distributions_keyring(entry.signed_by) ? 2 : 0) + (is_distributions_address(entry) ? 1 : 0);
        if (score <= best_score) continue;
        best = entry;
        best_score = score;
    }
    return best;
}

std::string version_codename(const fs::path& os_release) {
    std::error_code error;
    if (!fs::is_regular_file(os_release, error)) return {};
    for (const std::string& line : split(read_file(os_release, std::size_t{1} << 20U), '\n')) {
        if (!line.starts_with("VERSION_CODENAME=")) continue;
        std::string_view value = trim(std::string_view(line).substr(line.find('=') + 1));
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
            value = value.substr(1, value.size() - 2);
        }
        return std::string(value);
    }
    return {};
}

std::string source_stanza(const AptEntry& archive, const std::string& suite) {
    std::string stanza = "Types: deb-src\nURIs: " + archive.uri + "\nSuites: " + suite + "\nComponents: main\n";
    if (archive.signed_by.empty()) return stanza;
    // A key in several lines keeps its shape: the lines after the first are indented.
    return stanza + "Signed-By: " + replace_all(archive.signed_by, "\n", "\n ") + "\n";
}

}  // namespace pystacks::source
