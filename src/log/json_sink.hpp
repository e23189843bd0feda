#pragma once

#include "log/file_sink.hpp"

namespace pystacks::log {

/// One JSON object per line and event, in UTF-8: "time" (RFC 3339, UTC, milliseconds), "level", "event", "message", and
/// the event's details. pystacks(1) describes the keys.
class JsonSink final : public FileSink {
public:
    JsonSink(UniqueFd file, fs::path name);

private:
    void sink_it_(const spdlog::details::log_msg& message) override;
};

}  // namespace pystacks::log
