#include "cli/print.hpp"

#include <cerrno>
#include <cstdio>
#include <optional>
#include <string>

#include <unistd.h>

#include "base/characters.hpp"
#include "base/error.hpp"
#include "log/descriptor.hpp"
#include "log/terminal.hpp"

namespace pystacks::cli {
namespace {

std::string for_people(std::string_view text) { return escaped(text, "\n\t\\"); }

/// @param error_number 0 when it is not known any more
[[noreturn]] void fail(int error_number) {
    constexpr const char* attempted = "cannot write the results";
    constexpr const char* subject = "standard output";
    if (error_number == EBADF) throw Error(attempted, subject, "it is closed");
    if (error_number == 0) throw Error(attempted, subject, "it is closed or full");
    throw system_error(error_number, attempted, subject);
}

void write(std::string_view bytes) {
    errno = 0;
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) fail(errno);
}

std::optional<News> news_of(std::string_view word) {
    if (word == "failed" || word == "wrong") return News::bad;
    return word == "passed" ? std::optional(News::good) : std::nullopt;
}

}  // namespace

void print_text(std::string_view text) { write(for_people(text)); }

void print_news(std::string_view text, News news) {
    if (!log::shows_colours(STDOUT_FILENO)) return print_text(text);
    const bool line = text.ends_with('\n');
    if (line) text.remove_suffix(1);
    write(news == News::bad ? "\x1b[31m" : "\x1b[32m");
    print_text(text);
    write(line ? "\x1b[m\n" : "\x1b[m");
}

void print_verdicts(std::string_view text) {
    if (!log::shows_colours(STDOUT_FILENO)) return print_text(text);
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n') == text.npos ? text.npos : text.find('\n') + 1);
        const std::string_view word = line.substr(0, line.find_first_of(" :\n"));
        if (const auto news = news_of(word)) {
            print_news(word, *news);
        } else {
            print_text(word);
        }
        print_text(line.substr(word.size()));
        text.remove_prefix(line.size());
    }
}

void print_data(std::string_view bytes) {
    if (::isatty(STDOUT_FILENO) != 0) return print_text(bytes);
    write(bytes);
}

void print_aside(std::string_view text) { log::write_all(STDERR_FILENO, for_people(text)); }

void finish_printing() {
    errno = 0;
    if (std::fflush(stdout) != 0) fail(errno);
    if (std::ferror(stdout) != 0) fail(0);
}

}  // namespace pystacks::cli
