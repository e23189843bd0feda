#include "process/jobserver_auth.hpp"

#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"

namespace pystacks::process {

namespace {

/// Words as make splits them: at spaces, where a backslash takes the next character as it is.
std::vector<std::string> words_of(std::string_view makeflags) {
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i < makeflags.size(); ++i) {
        const char c = makeflags[i];
        if (c == ' ' || c == '\t') {
            if (!word.empty()) words.push_back(std::move(word));
            word.clear();
        } else if (c == '\\' && i + 1 < makeflags.size()) {
            word += makeflags[++i];
        } else {
            word += c;
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::optional<int> to_number(std::string_view text) {
    int number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

std::optional<JobserverAuth> parse_auth(std::string_view value) {
    JobserverAuth auth;
    constexpr std::string_view fifo = "fifo:";
    if (value.starts_with(fifo)) {
        auth.style = Jobserver::Style::fifo;
        auth.path = value.substr(fifo.size());
        if (auth.path.empty()) return std::nullopt;
        return auth;
    }
    const std::size_t comma = value.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto read_end = to_number(value.substr(0, comma));
    const auto write_end = to_number(value.substr(comma + 1));
    if (!read_end || !write_end) return std::nullopt;
    auth.read_end = *read_end;
    auth.write_end = *write_end;
    return auth;
}

}  // namespace

std::string JobserverAuth::makeflags() const {
    const std::string jobs_flag = jobs > 0 ? fmt::format("-j{}", jobs) : "-j";
    // The leading space is make's own way to say that no single letters come first.
    if (style == Jobserver::Style::fifo) return fmt::format(" {} --jobserver-auth=fifo:{}", jobs_flag, path.string());
    return fmt::format(" {} --jobserver-auth={},{}", jobs_flag, read_end, write_end);
}

std::optional<JobserverAuth> parse_makeflags(std::string_view makeflags) {
    std::optional<JobserverAuth> auth;
    int jobs = 0;
    for (const std::string& word : words_of(makeflags)) {
        if (word == "--") break;  // variables follow, whose values may look like anything
        const std::string_view text = word;
        for (const std::string_view flag : {"--jobserver-auth=", "--jobserver-fds="}) {
            if (text.starts_with(flag)) auth = parse_auth(text.substr(flag.size()));
        }
        if (text.starts_with("-j")) jobs = to_number(text.substr(2)).value_or(0);
    }
    if (auth) auth->jobs = jobs;
    return auth;
}

Jobserver::Style style_of_make(std::string_view version_text) {
    constexpr std::string_view name = "GNU Make ";
    const std::size_t begin = version_text.find(name);
    if (begin == std::string_view::npos) return Jobserver::Style::pipe;
    const std::string_view version = version_text.substr(begin + name.size());
    int major = 0;
    int minor = 0;
    const char* const end = version.data() + version.size();
    const auto after_major = std::from_chars(version.data(), end, major);
    if (after_major.ptr != end && *after_major.ptr == '.') std::from_chars(after_major.ptr + 1, end, minor);
    return major > 4 || (major == 4 && minor >= 4) ? Jobserver::Style::fifo : Jobserver::Style::pipe;
}

}  // namespace pystacks::process
