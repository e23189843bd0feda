#include "build/bootstrap.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "base/file.hpp"
#include "base/hash.hpp"
#include "process/interruption.hpp"

namespace pystacks::build {
namespace {

constexpr const char* bootstrap_stamp = "bootstrap";
constexpr const char* apart_stamp = "bootstrap-apart";

std::string maker_of(const stack::Stack& stack) {
    const auto enabled = stack.enabled_configurations();
    const bool built = std::any_of(enabled.begin(), enabled.end(), [&](const stack::Configuration* each) {
        return each->name == stack.bootstrap.configuration;
    });
    return built ? stack.bootstrap.configuration : std::string();
}

bool all_there(const fs::path& folder, const std::vector<std::string>& targets) {
    return std::all_of(targets.begin(), targets.end(),
                       [&](const std::string& target) { return fs::is_regular_file(folder / target); });
}

}  // namespace

Bootstrap::Bootstrap(const StageContext& context, InputList key, const InputList& configured,
                     const SourceDigests& source)
    : recipe_(context.stack.bootstrap),
      source_(source),
      folder_(context.layout.bootstrap()),
      maker_(maker_of(context.stack)),
      key_(std::move(key)),
      apart_(configured),
      stamps_(context.layout.stamps()),
      ready_(stamps_.holds(bootstrap_stamp, key_) && all_there(folder_, recipe_.targets)) {}

void Bootstrap::provide(const fs::path& build_folder) {
    if (ready_) return;
    for (const char* stamp : {bootstrap_stamp, apart_stamp}) stamps_.remove(stamp);
    for (const std::string& target : recipe_.targets) {
        const fs::path from = build_folder / target, to = folder_ / target;
        if (fs::exists(to) && content_digest_file(from) == content_digest_file(to)) continue;
        make_directories(to.parent_path());
        fs::remove(to);
        copy_regular_file(from, to);
        fs::last_write_time(to, fs::file_time_type::clock::now());
    }
    stamps_.write(bootstrap_stamp, key_);
    ready_ = true;
}

bool Bootstrap::can_be_provided(const fs::path& build_folder) const { return all_there(build_folder, recipe_.targets); }

bool Bootstrap::can_be_updated() const { return stamps_.holds(apart_stamp, apart_) && read_digests(seen_files()); }

std::vector<std::string> Bootstrap::stale_files() const {
    if (ready_ || !stamps_.holds(apart_stamp, apart_)) return {};
    const auto seen = read_digests(seen_files());
    return seen ? changed_files(*seen, source_.incremental) : std::vector<std::string>{};
}

void Bootstrap::started_apart() {
    for (const char* stamp : {bootstrap_stamp, apart_stamp}) stamps_.remove(stamp);
}

void Bootstrap::made_apart() {
    write_digests(seen_files(), source_.incremental);
    stamps_.write(apart_stamp, apart_);
    stamps_.write(bootstrap_stamp, key_);
    ready_ = true;
}

void Bootstrap::wait() const {
    // Whoever makes them and fails interrupts all others.
    while (!ready_) {
        process::throw_if_interrupted();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

bool has_bootstrap(const stack::Stack& stack) {
    const stack::BootstrapRecipe& recipe = stack.bootstrap;
    if (recipe.targets.empty() || !recipe.condition.enabled()) return false;
    const auto enabled = stack.enabled_configurations();
    return std::any_of(enabled.begin(), enabled.end(),
                       [](const stack::Configuration* each) { return stack::uses_bootstrap(*each); });
}

}  // namespace pystacks::build
