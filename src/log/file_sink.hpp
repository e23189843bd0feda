#pragma once

#include <memory>
#include <mutex>
#include <string>

#include <spdlog/sinks/base_sink.h>

#include "base/file.hpp"

namespace pystacks::log {

/// Appends to an open file, one write(2) per message. Nothing is buffered: a killed process leaves everything that it
/// logged, and a forked one has nothing to write a second time.
class FileSink : public spdlog::sinks::base_sink<std::mutex> {
public:
    /// Lines of local time with milliseconds and offset, level, message. The further lines of a message are indented.
    FileSink(UniqueFd file, fs::path name);

protected:
    FileSink(UniqueFd file, fs::path name, std::unique_ptr<spdlog::formatter> formatter);
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override {}
    /// @throws spdlog::spdlog_ex that names the file; the file gets nothing more then
    void write(const std::string& line);

private:
    UniqueFd file_;
    fs::path name_;
};

}  // namespace pystacks::log
