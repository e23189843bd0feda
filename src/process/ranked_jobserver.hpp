#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "process/jobserver.hpp"

namespace pystacks::process {

/// One budget of jobs for several makes with different ranks. The make that takes longest has rank 0 and gets free
/// slots first; the others use the slots that it leaves idle.
///
/// Each rank has a jobserver of its own, whose children read slots from one pipe and write them back into another, so
/// that every slot passes through a thread in between. A pipe does not show whether anyone waits for it. So the thread
/// writes a free slot into the pipe of rank 0. If the slot is still there after a moment, it moves the slot to the next
/// rank, and from the last rank back to the first. One slot, the implicit one of this process, belongs to rank 0 alone.
/// So the work of rank 0 always continues.
///
/// A slot that a killed make had is lost until the end of this object.
class RankedJobserver {
public:
    /// @param jobs  how many may run at the same time, over all ranks
    /// @param offer how long a slot is offered to one rank before the next may have it
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
