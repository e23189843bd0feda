#include "findings/check_run.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "process/interruption.hpp"

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

CheckRun::CheckRun(unsigned jobs, OnResult on_result) : on_result_(std::move(on_result)) {
    try {
        while (helpers_.size() + 1 < jobs) helpers_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
        // A limit on threads makes it slower, not impossible.
    }
}

CheckRun::~CheckRun() {
    {
        const std::lock_guard lock(mutex_);
        complete_ = true;
        for (Entry& entry : entries_) entry.begun = true;
    }
    changed_.notify_all();
    for (std::thread& each : helpers_) {
        if (each.joinable()) each.join();
    }
}

void CheckRun::add(std::vector<Check> checks) {
    {
        const std::lock_guard lock(mutex_);
        for (Check& check : checks) entries_.push_back({std::move(check), {}, false});
    }
    changed_.notify_all();
}

std::vector<Result> CheckRun::finish() {
    {
        const std::lock_guard lock(mutex_);
        complete_ = true;
    }
    changed_.notify_all();
    work();
    for (std::thread& each : helpers_) each.join();
    if (failure_) std::rethrow_exception(failure_);
    std::vector<Result> results;
    results.reserve(entries_.size());
    for (Entry& entry : entries_) results.push_back(std::move(entry.result));
    return results;
}

CheckRun::Entry* CheckRun::next(const std::unique_lock<std::mutex>& /*lock*/) {
    Entry* chosen = nullptr;
    for (Entry& entry : entries_) {
        if (!entry.begun && (chosen == nullptr || entry.check.cost > chosen->check.cost)) chosen = &entry;
    }
    return chosen;
}

void CheckRun::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        Entry* entry = nullptr;
        changed_.wait(lock, [&] { return failure_ || (entry = next(lock)) != nullptr || complete_; });
        if (failure_ || entry == nullptr) return;
        entry->begun = true;
        lock.unlock();
        try {
            run(*entry);
        } catch (...) {
            const std::lock_guard again(mutex_);
            if (!failure_) failure_ = std::current_exception();
            changed_.notify_all();
        }
        lock.lock();
    }
}

void CheckRun::run(Entry& entry) {
    using Clock = std::chrono::steady_clock;
    process::throw_if_interrupted();
    const auto started = Clock::now();
    Verdict verdict = verdict_of(entry.check);
    const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
    const std::lock_guard lock(mutex_);
    entry.result = {entry.check.name, entry.check.about, std::move(verdict), seconds};
    on_result_(entry.result, ++done_);
}

std::vector<Result> run_checks(const std::vector<Check>& checks, unsigned jobs, const OnResult& on_result) {
    CheckRun run(static_cast<unsigned>(std::min<std::size_t>(jobs, checks.size())), on_result);
    run.add(checks);
    return run.finish();
}

}  // namespace pystacks::findings
