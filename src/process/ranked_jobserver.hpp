#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "process/jobserver.hpp"

namespace pystacks::process {

/// One budget of jobs for several makes, some of which matter more: whoever has the longest way to go gets a free slot
/// first, the others fill what it leaves idle.
///
/// Each rank has a jobserver of its own, whose children read slots from one pipe and write them back into another, so
/// that every slot passes through a thread in between. A pipe does not tell whether somebody waits for it; so a free
/// slot is laid into the pipe of rank 0, and what still lies there after a moment is laid into the next one's, round
/// and round. One slot, this process's implicit one, is rank 0's alone: whatever the others do, its work goes on.
///
/// A slot that a killed make had is lost until the end of this object.
class RankedJobserver {
public:
    /// @param jobs  how many may run at the same time, over all ranks
    /// @param offer how long a slot lies before one rank until the next may have it
    /// @throws Error
    RankedJobserver(int jobs, std::size_t ranks, std::chrono::milliseconds offer = std::chrono::milliseconds(10));
    RankedJobserver(const RankedJobserver&) = delete;
    RankedJobserver& operator=(const RankedJobserver&) = delete;
    ~RankedJobserver();  ///< after every slot of its jobservers

    /// Lives as long as this object.
    [[nodiscard]] Jobserver& rank(std::size_t rank) noexcept;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pystacks::process
