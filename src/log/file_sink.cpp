#include "log/file_sink.hpp"

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include <poll.h>
#include <spdlog/pattern_formatter.h>

#include "base/characters.hpp"
#include "base/text.hpp"
#include "log/descriptor.hpp"

namespace pystacks::log {
namespace {

/// 2026-11-22 10:00:00.123 +01:00
constexpr const char* pattern = "%Y-%m-%d %H:%M:%S.%e %z %l: %v";

/// A log is read in terminals.
std::string for_a_line(std::string_view message) {
    while (message.ends_with('\n')) message.remove_suffix(1);
    return replace_all(lines_without_control_characters(message), "\n", "\n    ");
}

/// Whether a FIFO or pipe has room. The work must not wait for a reader that has stopped.
bool takes_more(int descriptor) {
    constexpr int patience_milliseconds = 5000;
    pollfd ready{descriptor, POLLOUT, 0};
    int count = 0;
    do {
        count = ::poll(&ready, 1, patience_milliseconds);
    } while (count < 0 && errno == EINTR);
    return count != 0;
}

}  // namespace

FileSink::FileSink(UniqueFd file, fs::path name)
    : FileSink(std::move(file), std::move(name), std::make_unique<spdlog::pattern_formatter>(pattern)) {}

FileSink::FileSink(UniqueFd file, fs::path name, std::unique_ptr<spdlog::formatter> formatter)
    : base_sink(std::move(formatter)), file_(std::move(file)), name_(std::move(name)) {}

void FileSink::sink_it_(const spdlog::details::log_msg& message) {
    const std::string text = for_a_line({message.payload.data(), message.payload.size()});
    spdlog::details::log_msg shown = message;
    shown.payload = text;
    spdlog::memory_buf_t line;
    formatter_->format(shown, line);
    write({line.data(), line.size()});
}

void FileSink::write(const std::string& line) {
    if (!file_) return;
    std::string why = "its reader has stopped reading";
    if (takes_more(file_.get())) {
        if (write_all(file_.get(), line)) return;
        why = std::generic_category().message(errno);
    }
    file_.reset();
    throw spdlog::spdlog_ex("cannot write the log any more: " + name_.string() + ": " + why +
                            "; the command continues without it");
}

}  // namespace pystacks::log
