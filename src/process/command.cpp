#include "process/command.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::process {

namespace {

constexpr int lines_shown = 20;

std::string signal_name(int signal) {
    const char* name = ::sigabbrev_np(signal);
    return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

bool is_executable_file(const fs::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

/// The last lines of @p text, without what a terminal would obey: builds print what others wrote.
std::string last_lines(std::string_view text, int lines) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    std::size_t begin = text.size();
    for (int line = 0; line < lines && begin != 0; ++line) {
        const std::size_t newline = text.rfind('\n', begin - 1);
        begin = newline == std::string_view::npos ? 0 : newline;
    }
    if (begin < text.size() && text[begin] == '\n') ++begin;
    std::string shown;
    for (const char c : text.substr(begin)) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '\n' || c == '\t' || (code >= 0x20 && code != 0x7f)) shown += c;
    }
    return shown;
}

std::string hint_for(const Command& command, const Outcome& outcome) {
    if (outcome.end == Outcome::End::not_started && outcome.code == ENOENT) {
        return fmt::format("install {}, or add its folder to PATH", command.arguments.front());
    }
    std::string hint;
    if (outcome.end == Outcome::End::signalled && outcome.code == SIGKILL) {
        hint = "the kernel kills programs when memory runs out: fewer jobs (-j) need less";
    }
    if (!command.log.empty()) {
        if (!hint.empty()) hint += '\n';
        hint += "the whole log: " + command.log.string();
    }
    return hint;
}

}  // namespace

int shell_status(int status) noexcept {
    return WIFEXITED(status) ? WEXITSTATUS(status) : signal_base + WTERMSIG(status);
}

std::string Outcome::describe() const {
    switch (end) {
        case End::exited:
            return fmt::format("exited with status {}", code);
        case End::signalled:
            return fmt::format("was killed by {}", signal_name(code));
        case End::timed_out:
            return fmt::format("did not end within {}", human_duration(limit_seconds));
        case End::not_started:
            return fmt::format("could not be started: {}", std::generic_category().message(code));
    }
    return {};
}

Outcome run_checked(const Command& command, const std::string& attempted) {
    Outcome outcome = run(command);
    if (outcome.succeeded()) return outcome;
    std::string reason = outcome.describe();
    const std::string tail = outcome.end == Outcome::End::not_started ? std::string()
                             : command.log.empty()                    ? last_lines(outcome.output, lines_shown)
                                                                      : log_tail(command.log, lines_shown);
    if (!tail.empty()) reason += "\n    " + replace_all(tail, "\n", "\n    ");
    throw Error(attempted, command.arguments.front(), reason, hint_for(command, outcome));
}

std::optional<fs::path> find_program(const std::string& program) {
    const char* path = std::getenv("PATH");
    return find_program(program, path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin");
}

std::optional<fs::path> find_program(const std::string& program, const std::string& search_path) {
    if (program.empty()) return std::nullopt;
    if (program.find('/') != std::string::npos) {
        if (is_executable_file(program)) return fs::path(program);
        return std::nullopt;
    }
    for (const std::string& folder : split(search_path, ':')) {
        // An empty element means the current folder; absolute, because the child may start in another one.
        const fs::path candidate = fs::absolute(folder.empty() ? "." : folder) / program;
        if (is_executable_file(candidate)) return candidate;
    }
    return std::nullopt;
}

std::string log_tail(const fs::path& log, int lines) {
    constexpr off_t most = off_t{256} << 10U;
    const UniqueFd fd(::open(log.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (!fd || ::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    std::string text(static_cast<std::size_t>(std::min(most, status.st_size)), '\0');
    const ssize_t count = ::pread(fd.get(), text.data(), text.size(), status.st_size - static_cast<off_t>(text.size()));
    if (count < 0) return {};
    text.resize(static_cast<std::size_t>(count));
    return last_lines(text, lines);
}

}  // namespace pystacks::process
