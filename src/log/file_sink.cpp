#include "log/file_sink.hpp"

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include <spdlog/pattern_formatter.h>

#include "base/text.hpp"
#include "log/descriptor.hpp"

namespace pystacks::log {
namespace {

/// 2026-11-22 10:00:00.123 +01:00
constexpr const char* pattern = "%Y-%m-%d %H:%M:%S.%e %z %l: %v";

/// A log is read in terminals: whatever they would obey is shown as '?'.
std::string for_a_line(std::string_view message) {
    while (message.ends_with('\n')) message.remove_suffix(1);
    std::string text;
    for (const char c : message) {
        const auto code = static_cast<unsigned char>(c);
        const bool control = (code < 0x20U && c != '\n' && c != '\t') || code == 0x7FU;
        text += control ? '?' : c;
    }
    return replace_all(text, "\n", "\n    ");
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
    if (write_all(file_.get(), line)) return;
    const int why = errno;
    file_.reset();
    throw spdlog::spdlog_ex("cannot go on writing the log: " + name_.string() + ": " +
                            std::generic_category().message(why));
}

}  // namespace pystacks::log
