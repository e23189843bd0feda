#pragma once

#include <mutex>

#include "report/progress.hpp"

namespace pystacks::report {

/// Prints what starts and what ends, one plain line each, for logs and pipes.
class PlainLines final : public ProgressSink {
public:
    /// @param descriptor where to write, usually 2; not owned
    explicit PlainLines(int descriptor) : descriptor_(descriptor) {}
    void post(const ProgressEvent& event) override;

private:
    int descriptor_;
    std::mutex writing_;
};

}  // namespace pystacks::report
