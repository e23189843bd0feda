#include "stackbuild/profile_recording.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/expression.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::stackbuild {
namespace {

constexpr const char* attempted = "cannot record a profile";

void require_recipe(const stack::Stack& raw) {
    for (const stack::Configuration& each : raw.configurations) {
        if (each.profile.given()) return;
    }
    throw Error(ErrorKind::usage, attempted, raw.file.string(),
                "no configuration of the stack has a [configuration.profile]",
                "That table says how to train the compiler; see stack.toml(5).");
}

/// It becomes a word of stack.toml and of a spec, and a file among the other sources.
void require_usable(const std::string& name) {
    static const Expression usable(R"([A-Za-z0-9_+-][A-Za-z0-9._+-]*\.profile)");
    if (name.empty() || usable.matches(name)) return;
    throw Error(ErrorKind::usage, attempted, name,
                "--name must be a file name that ends with .profile, without a folder",
                "It may contain letters, digits and ._+-");
}

/// Before an hour's work, and not after it. Stacks that were installed are nobody's to write into.
void require_writable(const fs::path& folder) {
    if (::access(folder.c_str(), W_OK) == 0) return;
    const int reason = errno;
    const Error refused = system_error(reason, attempted, folder.string());
    throw Error(ErrorKind::usage, attempted, folder.string(), refused.reason(),
                "The profile becomes a file of the stack: copy the folder, and record for the copy.");
}

std::string default_name(const Workspace& workspace, const std::string& configuration) {
    struct utsname host {};
    ::uname(&host);
    return fmt::format("{}-{}-{}.profile", workspace.info.name, configuration, static_cast<const char*>(host.machine));
}

/// The configurations whose compilers are trained with these switches. @throws Error (usage) when there is none
std::vector<std::string> trained_configurations(const Workspace& workspace) {
    std::vector<std::string> names;
    const stack::Configuration* off = nullptr;
    for (const stack::Configuration* each : workspace.expanded.enabled_configurations()) {
        if (each->is_trained()) names.push_back(each->name);
        if (each->profile.given() && !each->is_trained()) off = workspace.raw.configuration(each->name);
    }
    if (!names.empty()) return names;
    throw Error(ErrorKind::usage, attempted, (off != nullptr ? off->profile.place : workspace.raw.base().place).text(),
                off == nullptr ? std::string("with these switches, no configuration that is trained is built")
                               : fmt::format("with these switches nothing is trained: if = '{}'",
                                             off->profile.condition.expression),
                "Turn on what it asks for; 'with' and 'without' in [configuration.profile] do that by themselves.");
}

/// Before an hour's work: one name is not enough for several files.
void require_names(const std::string& name, const std::vector<std::string>& configurations) {
    if (name.empty() || configurations.size() == 1) return;
    throw Error(ErrorKind::usage, attempted, name,
                fmt::format("--name names one file, but {} configurations are trained: {}", configurations.size(),
                            join(configurations, ", ")),
                "Leave it out: each file is then named after its configuration.");
}

/// Whether one of @p profiles is the file beside @p stack. What an included file lists is beside that one.
bool lists(const std::vector<stack::RecordedProfile>& profiles, const fs::path& stack, const std::string& name) {
    return std::any_of(profiles.begin(), profiles.end(), [&](const stack::RecordedProfile& each) {
        std::error_code vanished;
        return each.file == name && fs::equivalent(each.place.file, stack, vanished);
    });
}

/// A table at the end of stack.toml as it is now: it may have been edited meanwhile.
void list_in_stack(const fs::path& stack, const std::string& name) {
    std::string text = read_file(stack);
    if (!text.ends_with('\n')) text += '\n';
    write_file_atomically(stack, text + fmt::format("\n[[profile]]\nfile = \"{}\"\n", name));
}

/// Adds what the recipe's condition asks for and the user has not spoken of.
void switch_on(const stack::ProfileRecipe& recipe, rpm::Switches& switches) {
    const auto has = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    const auto add = [&](const std::vector<std::string>& wanted, std::vector<std::string>& target) {
        for (const std::string& name : wanted) {
            if (!has(switches.with, name) && !has(switches.without, name)) target.push_back(name);
        }
    };
    add(recipe.with, switches.with);
    add(recipe.without, switches.without);
}

/// Trains, in the output folder. @return the archive of each configuration there
std::vector<fs::path> train(const RpmRunRequest& request, Workspace& workspace,
                            const std::vector<std::string>& configurations, const host::Host& host,
                            report::ProgressSink& display) {
    const fs::path folder = workspace.topdir / "logs" / (workspace.info.name + "-profiles");
    remove_tree(folder);
    make_directories(folder);
    workspace.job.stage_defines.push_back("_pystacks_record_profiles " + folder.string());
    const fs::path log = workspace.topdir / "logs" / (workspace.info.name + "-rpmbuild.log");
    [[maybe_unused]] const auto packages = run_rpm(request, workspace, host, log, display);
    std::vector<fs::path> archives;
    for (const std::string& configuration : configurations) {
        archives.push_back(folder / (configuration + ".profile"));
        if (fs::exists(archives.back())) continue;
        throw Error(attempted, archives.back().string(), "rpm succeeded, but no stage wrote this profile",
                    "An older macros.pystacks may be among rpm's macros.");
    }
    return archives;
}

}  // namespace

ProfileRecording::ProfileRecording(RpmRunRequest request, std::string stack, std::string name)
    : request_(std::move(request)), stack_(std::move(stack)), name_(std::move(name)) {
    request_.amount = rpm::Amount::build;
    require_usable(name_);
    check_output(request_);
    raw_ = load_stack(stack_, request_.switches);
    require_recipe(raw_);
    file_ = fs::absolute(raw_.file).lexically_normal();
    const fs::path beside = file_.parent_path(), profiles = beside / "profiles";
    require_writable(fs::exists(profiles) ? profiles : beside);
    require_writable(beside);
    for (const stack::Configuration& each : raw_.configurations) switch_on(each.profile, request_.switches);
}

std::vector<ProfileRecording::Recorded> ProfileRecording::record(report::ProgressSink& display) const {
    std::vector<Recorded> recorded;
    in_output_folder(request_, display, [&] { recorded = record_under_lock(display); });
    return recorded;
}

std::vector<ProfileRecording::Recorded> ProfileRecording::record_under_lock(report::ProgressSink& display) const {
    const host::Host host = host::Host::look();
    // Those that are listed are not used, and the one that is to be recorded may be missing.
    stack::Stack without = raw_;
    without.recorded_profiles.clear();
    Workspace workspace = prepare(request_, std::move(without), host, display);
    const std::vector<std::string> configurations = trained_configurations(workspace);
    require_names(name_, configurations);
    const std::vector<fs::path> archives = train(request_, workspace, configurations, host, display);
    std::vector<Recorded> recorded;
    for (std::size_t i = 0; i < archives.size(); ++i) {
        recorded.push_back(keep(archives[i], name_.empty() ? default_name(workspace, configurations[i]) : name_));
    }
    return recorded;
}

ProfileRecording::Recorded ProfileRecording::keep(const fs::path& archive, const std::string& name) const {
    Recorded recorded{file_.parent_path() / "profiles" / name, file_};
    try {
        make_directories(recorded.profile.parent_path());
        write_file_atomically(recorded.profile, read_file(archive));
        const stack::Stack now = load_stack(stack_, request_.switches);
        recorded.listed_now = !lists(now.recorded_profiles, file_, name);
        if (recorded.listed_now) list_in_stack(file_, name);
    } catch (const Error& error) {
        throw Error(error.kind(), error.attempted(), error.subject(), error.reason(),
                    fmt::format("The recorded profile is kept: {}. Copy it to {}, and name it in a [[profile]] table.",
                                archive.string(), recorded.profile.string()));
    }
    return recorded;
}

}  // namespace pystacks::stackbuild
