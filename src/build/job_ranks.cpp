#include "build/job_ranks.hpp"

namespace pystacks::build {

JobRanks::JobRanks(int jobs, std::size_t configurations, const std::filesystem::path& folder) {
    shared_ = process::Jobserver::join();
    if (shared_) return;
    if (jobs > 1 && configurations > 1) {
        ranked_.emplace(jobs, configurations);
    } else {
        shared_ = process::Jobserver::create(jobs, folder);
    }
}

process::Jobserver& JobRanks::jobserver(std::size_t index) noexcept {
    return ranked_ ? ranked_->rank(index) : *shared_;
}

}  // namespace pystacks::build
