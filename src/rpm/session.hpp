#pragma once

#include <string>
#include <vector>

#include "rpm/builder.hpp"
#include "rpm/job.hpp"
#include "rpm/log_collector.hpp"

struct rpmSpec_s;

namespace pystacks::rpm {

/// librpm, configured for a job, with the job's spec parsed. One a process: what it sets up stays.
class Session {
public:
    /// @param log collects what rpm says about it
    /// @throws Error when the configuration or the spec cannot be read
    Session(const WorkerJob& job, const LogCollector& log);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    [[nodiscard]] SpecInfo info() const;
    /// Does WorkerJob::amount. @throws Error
    BuildResult build();

private:
    [[nodiscard]] std::vector<SpecPackage> packages() const;
    void check_build_requires() const;

    const WorkerJob& job_;
    const LogCollector& log_;
    rpmSpec_s* spec_ = nullptr;
};

}  // namespace pystacks::rpm
