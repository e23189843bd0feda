#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "findings/check.hpp"

namespace pystacks::findings {

/// Told of every check that has ended, with how many have; called by several threads, one at a time.
using OnResult = std::function<void(const Result&, std::size_t done)>;

/// Runs checks, several at a time, while more of them are added. Of those that wait, the most expensive begins first.
///
/// The thread that has made the object counts as one of the @c jobs: until it calls finish(), it has other work to do,
/// such as preparing what further checks need. With one job, no check begins before finish().
class CheckRun {
public:
    CheckRun(unsigned jobs, OnResult on_result);
    /// Waits for the checks that have begun, if finish() has not; those that have not are left out.
    ~CheckRun();
    CheckRun(const CheckRun&) = delete;
    CheckRun& operator=(const CheckRun&) = delete;

    void add(std::vector<Check> checks);

    /// Takes part until all checks have ended. Call once, at last.
    /// @returns the results, in the order in which the checks were added @throws Error(interrupted)
    [[nodiscard]] std::vector<Result> finish();

private:
    struct Entry {
        Check check;
        Result result;
        bool begun = false;
    };

    void work();
    /// The most expensive that waits; null when none does. @param lock of mutex_, as a reminder
    [[nodiscard]] Entry* next(const std::unique_lock<std::mutex>& lock);
    void run(Entry& entry);

    const OnResult on_result_;
    std::mutex mutex_;  ///< of all below
    std::condition_variable changed_;
    std::deque<Entry> entries_;  ///< stay where they are when more are added
    std::size_t done_ = 0;
    bool complete_ = false;  ///< nothing is added any more
    std::exception_ptr failure_;
    std::vector<std::thread> helpers_;
};

/// Runs @p checks, @p jobs at a time, the most expensive first. @returns their results in the order of @p checks.
/// @throws Error(interrupted)
[[nodiscard]] std::vector<Result> run_checks(const std::vector<Check>& checks, unsigned jobs,
                                             const OnResult& on_result);

}  // namespace pystacks::findings
