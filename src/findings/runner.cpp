#include "findings/runner.hpp"

#include <chrono>
#include <mutex>

#include "base/error.hpp"
#include "process/interruption.hpp"
#include "tree/parallel.hpp"

namespace pystacks::findings {
namespace {

/// An Error is the failure of a check; only an interruption ends them all.
Verdict verdict_of(const Check& check) {
    try {
        return check.run();
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) throw;
        return Verdict::fail("the check could not be carried out", check.about, error.what());
    } catch (const std::exception& error) {
        return Verdict::fail("the check could not be carried out", check.about, error.what());
    }
}

}  // namespace

std::vector<Result> run_checks(const std::vector<Check>& checks, unsigned jobs, const OnResult& on_result) {
    using Clock = std::chrono::steady_clock;
    std::vector<Result> results(checks.size());
    std::mutex telling;
    std::size_t done = 0;
    tree::for_each_index(checks.size(), jobs, [&](std::size_t index) {
        process::throw_if_interrupted();
        const auto started = Clock::now();
        Result& result = results[index];
        result = {checks[index].name, checks[index].about, verdict_of(checks[index]), 0};
        result.seconds = std::chrono::duration<double>(Clock::now() - started).count();
        const std::lock_guard lock(telling);
        on_result(result, ++done);
    });
    return results;
}

}  // namespace pystacks::findings
