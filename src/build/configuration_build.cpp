#include "build/configuration_build.hpp"

#include <algorithm>
#include <csignal>
#include <span>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "build/failure_excerpt.hpp"
#include "build/hidden_paths.hpp"
#include "build/install_steps.hpp"
#include "build/make_progress.hpp"
#include "build/source_state.hpp"
#include "build/tree_copy.hpp"
#include "build/tree_stamp.hpp"
#include "process/interruption.hpp"

namespace pystacks::build {
namespace {

using process::Command;
using process::Outcome;

PlanKeys keys_of(const StageContext& context, const stack::Configuration& configuration, const SourceDigests& source,
                 const Toolchain& tools, const std::optional<UsableProfile>& profile) {
    // The number of jobs must not change what is built, so it is not an input.
    const ConfigurationPlan neutral = plan(context.stack, configuration, context.layout, "N");
    const Environment counted = context.child.counted(context.stack.build.linker_reads_package.enabled());
    PlanKeys result = keys(neutral, context.layout, source, counted, tools, profile ? profile->digest : std::string());
    // Install steps are done by this program, so another one may do them in another way.
    result.install.add("pystacks", context.program);
    return result;
}

}  // namespace

std::string install_stamp(const std::string& configuration) { return configuration + "-install"; }

ConfigurationBuild::ConfigurationBuild(const StageContext& context, const stack::Configuration& configuration,
                                       JobRanks& ranks, std::size_t rank, const SourceState& source,
                                       ToolchainCache& toolchains)
    : context_(context),
      ranks_(ranks),
      rank_(rank),
      source_(source),
      name_(configuration.name),
      profile_recipe_(configuration.profile),
      plan_(plan(context.stack, configuration, context.layout, std::to_string(context.jobs))),
      tools_(toolchains.get(context.child, plan_.environment)),
      profile_key_(plan_.train.empty()
                       ? std::nullopt
                       : std::optional(profile_key(context.stack, configuration, tools_, source.entries))),
      profile_(profile_key_ && context.record_profiles.empty() ? choose_profile(context, configuration, *profile_key_)
                                                               : std::nullopt),
      keys_(keys_of(context, configuration, source.digests, tools_, profile_)),
      stamps_(context.layout.stamps()),
      make_state_(stamps_, configuration.name),
      uses_bootstrap_(stack::uses_bootstrap(configuration)) {}

InputList ConfigurationBuild::bootstrap_key() const {
    InputList key;
    key.add("format", "1").add("configure", keys_.configure.digest()).add(source_files_input, source_.digests.files);
    for (const std::string& argument : plan_.bootstrap_apart) key.add("make argument", argument);
    return key;
}

bool ConfigurationBuild::is_made() const {
    const fs::path folder = context_.layout.build(name_);
    // make may not have made a program of which the recipe knows since.
    if (makes_bootstrap() && !bootstrap_->ready() && !bootstrap_->can_be_provided(folder)) return false;
    return stamps_.holds(stamp("make"), keys_.make) && fs::is_directory(folder);
}

bool ConfigurationBuild::can_update() const {
    return !make_state_.was_started() && stamps_.holds(stamp("configure"), keys_.configure) &&
           stamps_.changed_inputs(stamp("make"), keys_.make) == std::vector<std::string>{source_files_input} &&
           read_digests(seen_files()) && fs::is_directory(context_.layout.build(name_));
}

std::vector<std::string> ConfigurationBuild::stale_files() const {
    const auto seen = read_digests(seen_files());
    if (is_made() || !seen) return {};
    return changed_files(*seen, source_.digests.incremental);
}

void ConfigurationBuild::run() {
    const bool made = is_made();
    const auto folder = make_state_.folder(keys_.make);
    resuming_ = !made && folder == MakeState::Folder::interrupted && stamps_.holds(stamp("configure"), keys_.configure);
    updating_ = !made && can_update();

    const bool configured = made || resuming_ || updating_ ||
                            (folder == MakeState::Folder::fresh && stamps_.holds(stamp("configure"), keys_.configure) &&
                             fs::is_directory(context_.layout.build(name_)));
    const bool installed =
        made && is_untouched(context_, stamp("install"), keys_.install, context_.layout.install(name_));

    configured ? post_skipped(context_.progress, name_, "configure") : configure();
    if (made && makes_bootstrap()) bootstrap_->provide(context_.layout.build(name_));
    if (!made && needs_bootstrap() && !bootstrap_->ready()) {
        bootstrap_->is_made_apart() ? make_bootstrap_apart() : bootstrap_->wait();
    }
    made ? post_skipped(context_.progress, name_, "make") : make();
    installed ? post_skipped(context_.progress, name_, "install") : install();
}

void ConfigurationBuild::record_profile(const fs::path& folder) {
    const bool trains = profile_key_.has_value();
    const bool bootstraps = makes_bootstrap() && !bootstrap_->ready();
    if (!trains && !bootstraps) return;
    configure();
    if (bootstraps) {
        const auto slot = this->slot();
        run_phase(context_.progress, name_, "make", log("make"), [&] {
            make_state_.started(keys_.make);
            fs::remove(log("make"));
            make_bootstrap_on_the_way();
        });
    }
    if (!trains) return;
    if (needs_bootstrap() && !bootstrap_->ready()) {
        bootstrap_->is_made_apart() ? make_bootstrap_apart() : bootstrap_->wait();
    }
    const auto slot = this->slot();
    run_phase(context_.progress, name_, "train", log("train"), [&] {
        make_state_.started(keys_.make);
        fs::remove(log("train"));
        run_make(make_command(plan_.train, log("train")));
        build::record_profile(*profile_key_, profile_recipe_, context_.layout.build(name_),
                              folder / (name_ + ".profile"));
    });
}

std::optional<process::Jobserver::Slot> ConfigurationBuild::slot() {
    return ranks_.has_slot(rank_) ? std::optional(ranks_.jobserver(rank_).acquire()) : std::nullopt;
}

void ConfigurationBuild::configure() {
    const auto slot = this->slot();
    const fs::path build = context_.layout.build(name_);
    run_phase(context_.progress, name_, "configure", log("configure"), [&] {
        say_why("configure", keys_.configure);
        for (const char* step : {"install", "make", "configure"}) stamps_.remove(stamp(step));
        remove_tree(build);
        make_state_.forget();
        make_directories(build);
        fs::remove(seen_files());
        fs::remove(log("configure"));
        const Command child = command(plan_.configure, log("configure"));
        const Outcome outcome = process::run(child);
        if (!outcome.succeeded()) {
            fail("cannot configure", child, outcome,
                 fmt::format("{} says what each of configure's tests did.", (build / "config.log").string()));
        }
        stamps_.write(stamp("configure"), keys_.configure);
        configured_now_ = true;
    });
}

void ConfigurationBuild::make_bootstrap_on_the_way() {
    run_make(make_command(plan_.bootstrap, log("make")));
    bootstrap_->provide(context_.layout.build(name_));
}

void ConfigurationBuild::make() {
    const auto slot = this->slot();  // the one that make has without asking
    run_phase(context_.progress, name_, "make", log("make"), [&] {
        if (updating_) say_why("make", keys_.make);
        make_state_.started(keys_.make);
        for (const char* step : {"install", "make"}) stamps_.remove(stamp(step));
        // After an interruption the log is continued, too, so that the count of objects does not start over.
        if (!resuming_) fs::remove(log("make"));
        const MakeWatcher watcher(context_.progress, name_, log("make"), context_.layout.build(name_) / "Makefile");
        if (profile_ && !resuming_ && !updating_) {
            use_profile(*profile_, profile_recipe_, context_.layout.build(name_));
        }
        if (makes_bootstrap() && !bootstrap_->ready()) make_bootstrap_on_the_way();
        make_early_targets();
        run_make(make_command(plan_.make, log("make")));
        // Before the stamp: with the stamp alone, the next change would find nothing that is older.
        write_digests(seen_files(), source_.digests.incremental);
        stamps_.write(stamp("make"), keys_.make);
        make_state_.finished();
    });
}

void ConfigurationBuild::make_early_targets() {
    if (plan_.early.empty()) return;
    // They are compiled with what the training leaves.
    if (!plan_.train.empty() && !profile_) run_make(make_command(plan_.train, log("make")));
    run_make(make_command(plan_.early, log("make")));
}

void ConfigurationBuild::run_make(Command child) const {
    // Between two makes the folder is consistent.
    if (process::interruption_requested()) {
        make_state_.stopped_cleanly();
        process::throw_if_interrupted();
    }
    child.on_interruption = Command::OnInterruption::return_outcome;
    const Outcome outcome = process::run(child);
    if (outcome.succeeded()) return;
    if (process::interruption_requested()) {
        // make ends itself with the same signal after it has cleaned up. Any other end does not show that it has
        // cleaned up.
        if (outcome.end == Outcome::End::signalled && outcome.code == SIGTERM) make_state_.stopped_cleanly();
        process::throw_if_interrupted();
    }
    fail("cannot make", child, outcome, {});
}

void ConfigurationBuild::make_bootstrap_apart() {
    const auto lock = bootstrap_->lock_apart();
    process::throw_if_interrupted();
    if (bootstrap_->ready()) return;  // another configuration has made them meanwhile
    const auto slot = this->slot();
    const fs::path folder = bootstrap_->folder();
    run_phase(context_.progress, name_, "bootstrap", log("bootstrap"), [&] {
        const auto run_there = [&](Command child) {
            child.directory = folder;
            child.in_background = false;  // the base may wait for them
            const Outcome outcome = process::run(child);
            if (!outcome.succeeded()) fail("cannot bootstrap", child, outcome, {});
        };
        fs::remove(log("bootstrap"));
        const bool update = bootstrap_->can_be_updated();
        bootstrap_->started_apart();
        if (!update) remove_tree(folder);
        if (!update && configured_now_) copy_tree(context_.layout.build(name_), folder);
        if (!update && !configured_now_) {
            // There are objects in this configuration's folder, which were compiled with other flags.
            make_directories(folder);
            run_there(command(plan_.configure, log("bootstrap")));
        }
        run_there(make_command(plan_.bootstrap_apart, log("bootstrap")));
        bootstrap_->made_apart();
    });
}

void ConfigurationBuild::install() {
    const auto slot = this->slot();
    const fs::path tree = context_.layout.install(name_);
    run_phase(context_.progress, name_, "install", log("install"), [&] {
        stamps_.remove(stamp("install"));
        remove_tree(tree);
        make_directories(tree);
        fs::remove(log("install"));
        const Command child = make_command(plan_.install, log("install"));
        const Outcome outcome = process::run(child);
        if (!outcome.succeeded()) fail("cannot install", child, outcome, {});

        const InstallRoot buildroot(tree);
        const InstallRoot source(context_.layout.source());
        for (const stack::InstallStep& step : plan_.steps) {
            process::throw_if_interrupted();
            run_install_step(step, buildroot, source);
        }
        hide_build_path(tree, context_.layout.root().parent_path().string() + "/", mapped_prefix);
        write_untouched(context_, stamp("install"), keys_.install, tree);
    });
}

Command ConfigurationBuild::command(const std::vector<std::string>& arguments, const fs::path& log) const {
    Command result;
    result.arguments = arguments;
    result.directory = context_.layout.build(name_);
    result.environment = context_.child.values;
    for (const auto& [name, value] : plan_.environment) result.environment[name] = value;
    for (const std::string& name : context_.child.unset) {
        if (!result.environment.contains(name)) result.unset_environment.push_back(name);
    }
    // By default, ccache checks only the size and time of the compiler's driver. A setting of the user is kept.
    result.environment.try_emplace("CCACHE_COMPILERCHECK", "string:" + tools_.compiler_files);
    result.in_background = ranks_.makes_way(rank_) && !others_wait();
    result.log = log;
    return result;
}

Command ConfigurationBuild::make_command(const std::vector<std::string>& arguments, const fs::path& log) const {
    Command result = command(arguments, log);
    const process::Jobserver& jobserver = ranks_.jobserver(rank_);
    result.environment["MAKEFLAGS"] = jobserver.makeflags();
    std::erase(result.unset_environment, "MAKEFLAGS");
    result.inherited_descriptors = jobserver.descriptors();
    return result;
}

fs::path ConfigurationBuild::log(const std::string& step) const {
    return context_.layout.logs() / fmt::format("{}-{}.log", name_, step);
}

void ConfigurationBuild::say_why(const std::string& step, const InputList& key) const {
    std::vector<std::string> changed = stamps_.changed_inputs(stamp(step), key);
    if (changed.empty()) return;
    constexpr std::size_t most_named = 5;
    if (changed.size() > most_named) changed.resize(most_named);
    post_message(context_.progress, name_, fmt::format("{} runs again: changed: {}", step, join(changed, ", ")));
}

void ConfigurationBuild::fail(const std::string& attempted, const Command& command, const Outcome& outcome,
                              const std::string& hint) const {
    std::string reason = fmt::format("{} {}", command.arguments.front(), outcome.describe());
    const std::string excerpt = failure_excerpt(command.log);
    if (!excerpt.empty()) reason += ":\n" + excerpt;
    throw Error(fmt::format("{} the {} configuration", attempted, name_), command.log.string(), reason, hint);
}

}  // namespace pystacks::build
