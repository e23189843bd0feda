#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "build/bootstrap.hpp"
#include "build/configuration_build.hpp"
#include "build/job_ranks.hpp"
#include "build/prep.hpp"
#include "build/source_state.hpp"
#include "build/stage_lock.hpp"
#include "build/stages.hpp"
#include "build/stamp.hpp"
#include "build/toolchain.hpp"
#include "process/interruption.hpp"

namespace pystacks::build {
namespace {

/// Runs all at the same time. The first that fails interrupts the others, in order; its error is the one to show.
void run_all(const std::vector<std::function<void()>>& tasks) {
    std::mutex mutex;
    std::exception_ptr failure, interruption;
    const auto guarded = [&](const std::function<void()>& task) {
        const auto keep = [&](std::exception_ptr& place) {
            const std::lock_guard lock(mutex);
            if (!place) place = std::current_exception();
        };
        try {
            task();
        } catch (const Error& error) {
            keep(error.kind() == ErrorKind::interrupted ? interruption : failure);
            process::request_interruption();
        } catch (...) {
            keep(failure);
            process::request_interruption();
        }
    };
    std::vector<std::thread> threads;
    for (const auto& task : tasks) threads.emplace_back(guarded, std::cref(task));
    for (std::thread& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
    if (interruption) std::rethrow_exception(interruption);
}

}  // namespace

void run_prep(const StageContext& context) {
    const FileLock lock = lock_layout(context);
    prepare(context);
}

void run_build(const StageContext& context) {
    const FileLock lock = lock_layout(context);
    make_directories(context.layout.logs());
    make_directories(context.layout.stamps());
    auto source = read_state(context.layout.source_state());
    if (!source || !Stamps(context.layout.stamps()).exists(prep_stamp)) {
        throw Error("cannot build", context.layout.source().string(), "the source tree is not prepared",
                    "Run %prep first.");
    }
    const fs::path tree = context.layout.source();
    ToolchainCache toolchains;
    // Built one after the other: a missing compiler or an unknown variable is one error, not one per thread.
    std::vector<ConfigurationBuild> builds;
    const auto configurations = context.stack.enabled_configurations();
    JobRanks ranks(context.jobs, configurations.size(), context.layout.root());
    for (std::size_t i = 0; i < configurations.size(); ++i) {
        builds.emplace_back(context, *configurations[i], ranks, i, *source, toolchains);
    }
    // From the base: where no configuration makes them on its way, it does.
    std::optional<Bootstrap> bootstrap;
    if (has_bootstrap(context.stack)) {
        const ConfigurationBuild& base = builds.front();
        bootstrap.emplace(context, base.bootstrap_key(), base.configure_key(), source->digests);
        for (ConfigurationBuild& build : builds) build.use(*bootstrap);
    }
    for (const ConfigurationBuild& build : builds) touch_files(tree, build.stale_files());
    if (bootstrap) touch_files(tree, bootstrap->stale_files());
    std::vector<std::function<void()>> tasks;
    for (ConfigurationBuild& build : builds) {
        tasks.emplace_back([&] {
            context.record_profiles.empty() ? build.run() : build.record_profile(context.record_profiles);
            if (&build == &builds.front()) ranks.base_has_ended();
        });
    }
    try {
        run_all(tasks);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::interrupted) {
            for (const ConfigurationBuild& build : builds) build.distrust_make();
        }
        throw;
    }
    if (settle(source->entries, tree)) write_state(context.layout.source_state(), *source);
}

}  // namespace pystacks::build
