#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "base/input_list.hpp"
#include "build/context.hpp"
#include "build/source_state.hpp"
#include "build/stamp.hpp"

namespace pystacks::build {

/// The programs of [build.bootstrap] in one folder, `${bootstrap}`, for every configuration that uses them.
///
/// Its recipe's configuration makes them in its own build folder and provides copies; the others wait. Where that one
/// is not built, who needs them makes them, in this folder. Shared by the threads of the configurations.
class Bootstrap {
public:
    /// @param key        what the programs are made from
    /// @param configured the part of it that make cannot follow
    /// @param source     not owned
    Bootstrap(const StageContext& context, InputList key, const InputList& configured, const SourceDigests& source);

    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
    [[nodiscard]] bool ready() const noexcept { return ready_; }
    /// Whether @p configuration makes the programs on its way.
    [[nodiscard]] bool is_made_by(const std::string& configuration) const noexcept { return maker_ == configuration; }
    /// Whether no configuration makes them on its way.
    [[nodiscard]] bool is_made_apart() const noexcept { return maker_.empty(); }

    /// Copies the programs from a build folder where they were made, unless they are ready. One whose bytes are here
    /// already keeps its time: make would run it again. What is new is newer than all that was made with another one.
    /// @throws Error
    void provide(const std::filesystem::path& build_folder);
    /// Whether all that provide() copies is there.
    [[nodiscard]] bool can_be_provided(const std::filesystem::path& build_folder) const;
    /// Whether they were made separately, finished cleanly, and were configured in the same way: make may resume in
    /// folder().
    [[nodiscard]] bool can_be_updated() const;
    /// Source files that have changed since. They need a time after it: the caller touches them.
    [[nodiscard]] std::vector<std::string> stale_files() const;
    /// Before they are made in folder(): one thread at a time makes them, as long as it holds the lock.
    [[nodiscard]] std::unique_lock<std::mutex> lock_apart() { return std::unique_lock(apart_mutex_); }
    void started_apart();
    void made_apart();  ///< after that
    /// Until they are ready. Must not be called with a slot of the jobserver in hand. @throws Error(interrupted)
    void wait() const;

private:
    /// The incremental source files as make has seen them in folder().
    [[nodiscard]] std::filesystem::path seen_files() const { return stamps_.folder() / "bootstrap-seen.json"; }

    const stack::BootstrapRecipe& recipe_;
    const SourceDigests& source_;
    std::filesystem::path folder_;
    std::string maker_;  ///< empty: none of the configurations that are built
    InputList key_, apart_;
    Stamps stamps_;
    std::mutex apart_mutex_;
    std::atomic<bool> ready_;
};

/// Whether the recipe is there, switched on, and of use to a configuration of @p stack that is built.
[[nodiscard]] bool has_bootstrap(const stack::Stack& stack);

}  // namespace pystacks::build
