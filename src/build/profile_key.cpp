#include "build/profile_key.hpp"

#include <set>

#include "base/error.hpp"
#include "base/glob.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "build/plan.hpp"

namespace pystacks::build {
namespace {

// 1: with the version in the name of the source folder, and so in what the compiler calls functions.
constexpr int format = 2;

std::vector<std::string> different_names(const std::map<std::string, std::string>& a,
                                         const std::map<std::string, std::string>& b) {
    std::set<std::string> names;
    for (const auto* each : {&a, &b}) {
        const auto& other = each == &a ? b : a;
        for (const auto& [name, value] : *each) {
            const auto found = other.find(name);
            if (found == other.end() || found->second != value) names.insert(name);
        }
    }
    return {names.begin(), names.end()};
}

}  // namespace

ProfileKey profile_key(const stack::Stack& stack, const stack::Configuration& configuration, const Toolchain& tools,
                       const SourceEntries& sources) {
    // In the same folder everywhere, and with a number of jobs that is none: neither changes what is counted.
    const ConfigurationPlan plan = build::plan(stack, configuration, Layout("/anywhere/stack"), "N");
    ProfileKey key;
    key.inputs["configuration"] = configuration.name;
    key.inputs["compiler"] = tools.release;
    key.inputs["configure arguments"] = shell_join(plan.configure);
    key.inputs["make arguments"] = shell_join(plan.train);
    for (const auto& [name, value] : plan.environment) key.inputs["variable " + name] = value;
    const PathPatternList patterns(configuration.profile.sources);
    for (const auto& [path, entry] : sources) {
        if (entry.type == tree::FileType::regular && patterns.matches(path)) key.sources[path] = entry.digest;
    }
    return key;
}

std::vector<std::string> different_inputs(const ProfileKey& a, const ProfileKey& b) {
    return different_names(a.inputs, b.inputs);
}

std::vector<std::string> different_sources(const ProfileKey& a, const ProfileKey& b) {
    return different_names(a.sources, b.sources);
}

std::string to_json(const ProfileKey& key) {
    const nlohmann::json json = {{"format", format}, {"inputs", key.inputs}, {"sources", key.sources}};
    return json_text(json, 1) + "\n";
}

ProfileKey profile_key_from_json(std::string_view text, const std::filesystem::path& file) {
    try {
        const auto json = parse_json(text);
        if (json.at("format").get<int>() == format) return {json.at("inputs"), json.at("sources")};
    } catch (const nlohmann::json::exception&) {
        // Said below: what nlohmann-json says of it helps nobody.
    }
    throw Error(ErrorKind::usage, "cannot read a recorded profile", file.string(),
                "its record of what it was recorded from cannot be read",
                "Record it again: pystacks profile record STACK");
}

}  // namespace pystacks::build
