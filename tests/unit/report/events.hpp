#pragma once

#include <string>

#include "report/progress.hpp"

namespace pystacks::report {

inline ProgressEvent event(ProgressEvent::Kind kind, const std::string& lane, const std::string& phase) {
    ProgressEvent result;
    result.kind = kind;
    result.lane = lane;
    result.phase = phase;
    return result;
}

}  // namespace pystacks::report
