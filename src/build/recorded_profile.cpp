#include "build/recorded_profile.hpp"

#include <map>
#include <system_error>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"
#include "source/archive.hpp"
#include "source/pack.hpp"

namespace pystacks::build {
namespace {

constexpr const char* key_member = "profile.json";
constexpr const char* folder_input = "build folder";
constexpr std::size_t largest_key = 16U << 20U;
constexpr source::UnpackLimits limits{.bytes = std::uint64_t{256} << 20U, .files = 20000};

/// Regular files below @p folder, by their path there.
std::map<std::string, fs::path> files_below(const fs::path& folder) {
    std::map<std::string, fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (fs::is_regular_file(entry.symlink_status())) {
            files.emplace(entry.path().lexically_relative(folder).string(), entry.path());
        }
    }
    return files;
}

std::string some_of(std::vector<std::string> names) {
    constexpr std::size_t most_named = 3;
    const std::string more = names.size() > most_named ? " …" : "";
    if (names.size() > most_named) names.resize(most_named);
    return join(names, ", ") + more;
}

std::string of_sources(const std::vector<std::string>& different, const ProfileKey& key) {
    return fmt::format("{} of {} source files differ: {}", different.size(), key.sources.size(), some_of(different));
}

ProfileKey recorded_key(const fs::path& archive) {
    const auto text = source::read_first_member(archive, key_member, largest_key);
    if (text) return profile_key_from_json(*text, archive);
    throw Error(ErrorKind::usage, "cannot read a recorded profile", archive.string(),
                fmt::format("it does not begin with {}", key_member), "Record it again: pystacks profile record STACK");
}

enum class Sources { same, any };

/// Why a profile is of no use here, as lines; the compiler must not read what another one has counted.
std::vector<std::string> reasons_against(const ProfileKey& recorded, const ProfileKey& key, Sources sources) {
    std::vector<std::string> reasons;
    for (const std::string& name : different_inputs(recorded, key)) {
        const auto value = [&](const ProfileKey& of) {
            const auto found = of.inputs.find(name);
            return found == of.inputs.end() ? std::string("(none)") : found->second;
        };
        reasons.push_back(
            fmt::format("{}: recorded with\n  {}\n  and this is\n  {}", name, value(recorded), value(key)));
    }
    const auto different = different_sources(recorded, key);
    if (sources == Sources::same && !different.empty()) reasons.push_back(of_sources(different, key));
    return reasons;
}

/// A profile that is listed, and @c key as that profile has it.
struct Candidate {
    const stack::RecordedProfile* listed;
    fs::path archive;
    ProfileKey recorded;
    ProfileKey key;
};

/// The listed profiles of the configuration that @p key is of.
std::vector<Candidate> candidates(const StageContext& context, const ProfileKey& key) {
    std::vector<Candidate> result;
    for (const stack::RecordedProfile& each : context.stack.recorded_profiles) {
        if (!each.condition.enabled()) continue;
        const fs::path archive = context.sources / fs::path(each.file).filename();
        ProfileKey recorded = recorded_key(archive);
        if (recorded.inputs["configuration"] != key.inputs.at("configuration")) continue;
        Candidate& candidate = result.emplace_back(Candidate{&each, archive, std::move(recorded), key});
        // It matters only if objects are in folders that are named after it.
        if (candidate.recorded.inputs.contains(folder_input)) {
            candidate.key.inputs[folder_input] = context.layout.root().string();
        }
    }
    return result;
}

}  // namespace

std::optional<UsableProfile> choose_profile(const StageContext& context, const stack::Configuration& configuration,
                                            const ProfileKey& key) {
    const std::string& name = configuration.name;
    const auto warn = [&](const std::string& text) { post_warning(context.progress, name, text); };
    const std::vector<Candidate> listed = candidates(context, key);
    std::vector<Sources> passes = {Sources::same};
    if (configuration.profile.other_sources == "use") passes.push_back(Sources::any);
    for (const Sources sources : passes) {
        for (const Candidate& each : listed) {
            if (!reasons_against(each.recorded, each.key, sources).empty()) continue;
            const auto different = different_sources(each.recorded, key);
            post_message(context.progress, name, "uses the recorded profile " + each.listed->file);
            if (!different.empty()) warn("it was recorded from other sources: " + of_sources(different, key));
            return UsableProfile{each.archive, content_digest_file(each.archive).hex()};
        }
    }
    for (const Candidate& each : listed) {
        warn(fmt::format("the recorded profile {} is not used: {}", each.listed->file,
                         join(reasons_against(each.recorded, each.key, passes.back()), "\n")));
    }
    if (!listed.empty()) {
        warn(
            "so the compiler is trained. This takes a long time, and two such builds differ. To record a profile: "
            "pystacks profile record " +
            context.stack.name);
    }
    return std::nullopt;
}

void use_profile(const UsableProfile& profile, const stack::ProfileRecipe& recipe, const fs::path& build_folder) {
    fs::path unpacked = build_folder;
    unpacked += ".profile";
    remove_tree(unpacked);
    source::unpack(profile.archive, unpacked, limits);
    const PathPatternList patterns(recipe.files);
    for (const auto& [name, from] : files_below(unpacked)) {
        if (!patterns.matches(name)) continue;
        const fs::path to = build_folder / name;
        make_directories(to.parent_path());
        std::error_code error;
        fs::rename(from, to, error);
        if (error) throw system_error(error.value(), "cannot use the recorded profile", to.string());
    }
    remove_tree(unpacked);
}

void record_profile(ProfileKey key, const stack::ProfileRecipe& recipe, const fs::path& build_folder,
                    const fs::path& archive) {
    const fs::path root = build_folder.parent_path().parent_path();
    const PathPatternList patterns(recipe.files);
    std::vector<source::PackedFile> files{{key_member, {}}};
    bool counted = false;
    for (const auto& [name, path] : files_below(build_folder)) {
        if (!patterns.matches(name)) continue;
        files.push_back({name, read_file(path)});
        counted = counted || !files.back().contents.empty();
        // distutils gives an object the path of its source, below build/temp: then the compiler knows it by that.
        if (name.find(root.relative_path().string() + "/") != std::string::npos) {
            key.inputs[folder_input] = root.string();
        }
    }
    if (!counted) {
        throw Error("cannot record the profile", build_folder.string(),
                    "the training left no file that 'files' of [configuration.profile] names, or only empty ones",
                    "Was the interpreter instrumented, and did it run? See the log of the training.");
    }
    files.front().contents = to_json(key);
    source::pack(archive, files);
}

}  // namespace pystacks::build
