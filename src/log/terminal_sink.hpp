#pragma once

#include <mutex>

#include <spdlog/sinks/base_sink.h>

#include "log/surface.hpp"

namespace pystacks::log {

/// Shows messages to people, without times: what Event::shown says, in one write(2), or through the surface that draws
/// on the terminal. Debug messages get rpm's `D: ` before them. On a terminal, warnings are yellow and errors red.
class TerminalSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    /// @param descriptor not owned
    explicit TerminalSink(int descriptor);

    /// See surface.hpp.
    void attach(Surface& surface);
    void detach(Surface& surface);

private:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override {}

    int descriptor_;
    bool coloured_;
    Surface* surface_ = nullptr;
};

}  // namespace pystacks::log
