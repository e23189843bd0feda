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
                fmt::format("it does not begin with {}", key_member),
                "Record it anew: pystacks profile record STACK");
}

/// Why a profile is of no use here, as lines; the compiler must not read what another one has counted.
std::vector<std::string> reasons_against(const ProfileKey& recorded, const ProfileKey& key, bool other_sources) {
    std::vector<std::string> reasons;
    for (const std::string& name : different_inputs(recorded, key)) {
        const auto value = [&](const ProfileKey& of) {
            const auto found = of.inputs.find(name);
            return found == of.inputs.end() ? std::string("(none)") : found->second;
        };
        reasons.push_back(fmt::format("{}: recorded with\n  {}\n  and this is\n  {}", name, value(recorded), value(key)));
    }
    const auto different = different_sources(recorded, key);
    if (!other_sources && !different.empty()) reasons.push_back(of_sources(different, key));
    return reasons;
}

}  // namespace

std::optional<UsableProfile> choose_profile(const StageContext& context, const ProfileKey& key) {
    const auto& [configuration, name] = *key.inputs.find("configuration");
    const auto say = [&, &lane = name](const std::string& text) { post_message(context.progress, lane, text); };
    const bool other_sources = context.stack.profile.other_sources == "use";
    bool warned = false;
    for (const stack::RecordedProfile& each : context.stack.recorded_profiles) {
        if (!each.condition.enabled()) continue;
        const fs::path archive = context.sources / fs::path(each.file).filename();
        const ProfileKey recorded = recorded_key(archive);
        const auto reasons = reasons_against(recorded, key, other_sources);
        if (reasons.empty()) {
            const auto different = different_sources(recorded, key);
            say("uses the recorded profile " + each.file);
            if (!different.empty()) say("warning: it is of other sources: " + of_sources(different, key));
            return UsableProfile{archive, content_digest_file(archive).hex()};
        }
        warned = true;
        say(fmt::format("warning: the recorded profile {} is not used: {}", each.file, join(reasons, "\n")));
    }
    if (warned) {
        say("warning: so the compiler is trained, which takes long, and two such builds differ. To record a profile of "
            "this: pystacks profile record " + context.stack.name);
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

void record_profile(const ProfileKey& key, const stack::ProfileRecipe& recipe, const fs::path& build_folder,
                    const fs::path& archive) {
    const PathPatternList patterns(recipe.files);
    std::vector<source::PackedFile> files{{key_member, to_json(key)}};
    for (const auto& [name, path] : files_below(build_folder)) {
        if (patterns.matches(name)) files.push_back({name, read_file(path)});
    }
    if (files.size() == 1) {
        throw Error("cannot record the profile", build_folder.string(),
                    "the training has left no file that [build.profile] 'files' names");
    }
    source::pack(archive, files);
}

}  // namespace pystacks::build
