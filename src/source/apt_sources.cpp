#include "source/apt_sources.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::source {

namespace {

using Stanza = std::map<std::string, std::string>;

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// Fields by lower-case name; continuation lines are joined with newlines.
std::vector<Stanza> parse_stanzas(const std::string& text) {
    std::vector<Stanza> stanzas(1);
    std::string field;
    for (const std::string& line : split(text, '\n')) {
        if (line.starts_with('#')) continue;
        if (trim(line).empty()) {
            field.clear();
            if (!stanzas.back().empty()) stanzas.emplace_back();
        } else if (line.front() == ' ' || line.front() == '\t') {
            if (!field.empty()) stanzas.back()[field] += "\n" + std::string(trim(line));
        } else if (const std::size_t colon = line.find(':'); colon != std::string::npos) {
            field = lower(trim(std::string_view(line).substr(0, colon)));
            stanzas.back()[field] = trim(std::string_view(line).substr(colon + 1));
        }
    }
    return stanzas;
}

std::string get(const Stanza& stanza, const std::string& field) {
    const auto found = stanza.find(field);
    return found != stanza.end() ? found->second : std::string();
}

bool contains(const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// "[arch=amd64 signed-by=/x]" in @p line, taken out of it.
std::string take_options(std::string& line) {
    const std::size_t open = line.find('[');
    const std::size_t close = line.find(']');
    // A bracket later on belongs to an IPv6 address.
    if (open == std::string::npos || close == std::string::npos || close < open || line.find("://") < open) return {};
    std::string options = line.substr(open + 1, close - open - 1);
    line.erase(open, close - open + 1);
    return options;
}

bool is_distributions_keyring(const std::string& signed_by) {
    return signed_by.find("debian-archive") != std::string::npos ||
           signed_by.find("ubuntu-archive") != std::string::npos;
}

bool is_distributions_address(const AptEntry& entry) {
    if (entry.uris.empty()) return false;
    std::string_view uri = entry.uris.front();
    while (uri.ends_with('/')) uri.remove_suffix(1);
    const std::string_view last = uri.substr(std::min(uri.rfind('/') + 1, uri.size()));
    return last == "debian" || last == "ubuntu" || last == "ubuntu-ports";
}

bool names_this_release(const AptEntry& entry, const std::string& codename) {
    if (!codename.empty() && contains(entry.suites, codename)) return true;
    // Debian may also be followed by a name that moves.
    return is_distributions_address(entry) &&
           std::any_of(entry.suites.begin(), entry.suites.end(), [](const std::string& suite) {
               return suite == "stable" || suite == "oldstable" || suite == "testing" || suite == "unstable" ||
                      suite == "sid";
           });
}

}  // namespace

std::vector<AptEntry> parse_one_line_sources(const std::string& text) {
    std::vector<AptEntry> entries;
    for (const std::string& full : split(text, '\n')) {
        std::string line = full.substr(0, full.find('#'));
        const std::string options = take_options(line);
        const std::vector<std::string> words = split_words(line);
        if (words.size() < 3 || (words[0] != "deb" && words[0] != "deb-src")) continue;
        AptEntry entry;
        entry.uris = {words[1]};
        entry.suites = {words[2]};
        entry.components.assign(words.begin() + 3, words.end());
        for (const std::string& option : split_words(options)) {
            if (option.starts_with("signed-by=")) entry.signed_by = option.substr(option.find('=') + 1);
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<AptEntry> parse_deb822_sources(const std::string& text) {
    std::vector<AptEntry> entries;
    for (const Stanza& stanza : parse_stanzas(text)) {
        const std::string enabled = lower(get(stanza, "enabled"));
        if (enabled == "no" || enabled == "false" || enabled == "0" || enabled == "off") continue;
        AptEntry entry{split_words(get(stanza, "uris")), split_words(get(stanza, "suites")),
                       split_words(get(stanza, "components")), get(stanza, "signed-by")};
        if (!entry.uris.empty() && !entry.suites.empty()) entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<AptEntry> read_apt_sources(const fs::path& etc_apt) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const fs::directory_entry& item : fs::directory_iterator(etc_apt / "sources.list.d", error)) {
        files.push_back(item.path());
    }
    std::sort(files.begin(), files.end());
    files.insert(files.begin(), etc_apt / "sources.list");
    std::vector<AptEntry> entries;
    for (const fs::path& file : files) {
        const bool is_deb822 = file.extension() == ".sources";
        if ((!is_deb822 && file.extension() != ".list") || !fs::is_regular_file(file, error)) continue;
        std::vector<AptEntry> more;
        try {
            const std::string text = read_file(file, std::size_t{4} << 20U);
            more = is_deb822 ? parse_deb822_sources(text) : parse_one_line_sources(text);
        } catch (const Error&) {
            continue;  // credentials may make a list unreadable; another one may name the archive
        }
        entries.insert(entries.end(), more.begin(), more.end());
    }
    return entries;
}

std::optional<AptEntry> main_archive(const std::vector<AptEntry>& entries, const std::string& codename) {
    std::optional<AptEntry> best;
    int best_score = -1;
    for (const AptEntry& entry : entries) {
        if (!contains(entry.components, "main") || !names_this_release(entry, codename)) continue;
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
    std::string stanza =
        "Types: deb-src\nURIs: " + archive.uris.front() + "\nSuites: " + suite + "\nComponents: main\n";
    if (archive.signed_by.empty()) return stanza;
    // A key in several lines keeps its shape: the lines after the first are indented.
    return stanza + "Signed-By: " + replace_all(archive.signed_by, "\n", "\n ") + "\n";
}

}  // namespace pystacks::source
