#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <optional>

#include "process/jobserver.hpp"
#include "process/ranked_jobserver.hpp"

namespace pystacks::build {

/// Which configuration may start a job next.
///
/// The base configuration has the longest way to go where it is trained or linked as a whole, on one processor; so it
/// comes first, and the others fill what it leaves idle. Their makes take no slot for themselves: they run in the
/// background (SCHED_IDLE), for a make that had a slot of its own could not be asked to give it back; what they start
/// when the base has ended runs like anything else. Under an outer make the slots are that one's, and with one job
/// there is nothing to fill: then all have equal rights.
class JobRanks {
public:
    /// @param folder where a FIFO may be made
    JobRanks(int jobs, std::size_t configurations, const std::filesystem::path& folder);

    /// @param index of the configuration; the base is 0
    [[nodiscard]] process::Jobserver& jobserver(std::size_t index) noexcept;
    /// Whether its makes have a slot of their own.
    [[nodiscard]] bool has_slot(std::size_t index) const noexcept { return !ranked_ || index == 0; }
    /// Whether what it starts now makes way for the base.
    [[nodiscard]] bool makes_way(std::size_t index) const noexcept { return !has_slot(index) && !base_has_ended_; }
    void base_has_ended() noexcept { base_has_ended_ = true; }

private:
    std::atomic<bool> base_has_ended_ = false;
    std::optional<process::RankedJobserver> ranked_;
    std::optional<process::Jobserver> shared_;
};

}  // namespace pystacks::build
