#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "build/bootstrap.hpp"
#include "build/context.hpp"
#include "build/job_ranks.hpp"
#include "build/make_state.hpp"
#include "build/plan.hpp"
#include "build/recorded_profile.hpp"
#include "build/source_state.hpp"
#include "build/stamp.hpp"
#include "build/toolchain.hpp"
#include "process/command.hpp"
#include "process/jobserver.hpp"

namespace pystacks::build {

/// Configures, makes and installs one configuration. A step whose stamp holds is skipped. If only the content of
/// incremental source files has changed, make resumes in the old folder. Use one object per thread.
class ConfigurationBuild {
public:
    /// Objects given are not owned, and outlive it. @param rank of the configuration among @p ranks
    ConfigurationBuild(const StageContext& context, const stack::Configuration& configuration, JobRanks& ranks,
                       std::size_t rank, const SourceState& source, ToolchainCache& toolchains);

    /// Source files that have changed since the make that left what is in the build folder. They need a time after it:
    /// the caller touches them before run().
    [[nodiscard]] std::vector<std::string> stale_files() const;

    /// What the programs are made from that bootstrap this configuration's make.
    [[nodiscard]] InputList bootstrap_key() const;
    [[nodiscard]] const InputList& configure_key() const noexcept { return keys_.configure; }
    /// Before run(), where the stack has such programs. @param bootstrap is not owned
    void use(Bootstrap& bootstrap) { bootstrap_ = &bootstrap; }

    /// @throws Error that shows the end of the failed step's log, or Error(interrupted)
    void run();

    /// Instead of run(): trains the compiler from nothing, when it is this configuration's that is trained, and writes
    /// CONFIGURATION.profile into @p folder; any other does as much as those need. What it leaves is not part of a
    /// later build.
    void record_profile(const std::filesystem::path& folder);

    /// For when another configuration failed and this one was stopped for it. Whatever made that one fail (a full disk,
    /// the kernel short of memory) may have cut a file of this one short just before, and make would keep the file.
    void distrust_make() const { make_state_.distrust(); }

private:
    [[nodiscard]] bool needs_bootstrap() const { return bootstrap_ != nullptr && uses_bootstrap_; }
    [[nodiscard]] bool makes_bootstrap() const { return bootstrap_ != nullptr && bootstrap_->is_made_by(name_); }
    /// The foreground waits for what this one makes: where other programs keep the processors busy, it must not starve.
    [[nodiscard]] bool others_wait() const { return makes_bootstrap() && !bootstrap_->ready(); }
    [[nodiscard]] bool is_made() const;
    [[nodiscard]] bool can_update() const;
    void configure();
    /// In another folder that is configured in the same way.
    void make_bootstrap_apart();
    void make();
    void make_bootstrap_on_the_way();
    void make_early_targets();
    /// The slot of a step; none where the base's come first.
    [[nodiscard]] std::optional<process::Jobserver::Slot> slot();
    void run_make(process::Command child) const;
    void install();

    [[nodiscard]] process::Command command(const std::vector<std::string>& arguments,
                                           const std::filesystem::path& log) const;
    [[nodiscard]] process::Command make_command(const std::vector<std::string>& arguments,
                                                const std::filesystem::path& log) const;
    [[nodiscard]] std::filesystem::path log(const std::string& step) const;
    /// What the last finished make has seen of the source files.
    [[nodiscard]] std::filesystem::path seen_files() const { return stamps_.folder() / (name_ + "-seen.json"); }
    [[nodiscard]] std::string stamp(const std::string& step) const { return name_ + "-" + step; }
    void say_why(const std::string& step, const InputList& key) const;
    [[noreturn]] void fail(const std::string& attempted, const process::Command& command,
                           const process::Outcome& outcome, const std::string& hint) const;

    const StageContext& context_;
    JobRanks& ranks_;
    std::size_t rank_;
    const SourceState& source_;
    std::string name_;
    const stack::ProfileRecipe& profile_recipe_;
    ConfigurationPlan plan_;
    const Toolchain& tools_;
    std::optional<ProfileKey> profile_key_;  ///< where the compiler is trained
    std::optional<UsableProfile> profile_;   ///< with which it need not be trained
    PlanKeys keys_;
    Stamps stamps_;
    MakeState make_state_;
    bool uses_bootstrap_;
    Bootstrap* bootstrap_ = nullptr;
    bool configured_now_ = false;
    bool resuming_ = false;  ///< after an interruption
    bool updating_ = false;  ///< after a finished make, with other source files
};

/// Name of the stamp that a configuration's finished install tree has.
[[nodiscard]] std::string install_stamp(const std::string& configuration);

}  // namespace pystacks::build
