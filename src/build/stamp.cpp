#include "build/stamp.hpp"

#include <cerrno>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "log/log.hpp"

namespace pystacks::build {
namespace {

constexpr int format = 1;
constexpr std::size_t largest_stamp = 16U << 20U;

struct Content {
    std::string key;
    std::string inputs;
};

std::optional<Content> read_stamp(const fs::path& path) {
    try {
        const auto json = parse_json(read_file(path, largest_stamp));
        if (json.at("format").get<int>() != format) return std::nullopt;
        return Content{json.at("key").get<std::string>(), json.at("inputs").get<std::string>()};
    } catch (const Error&) {
        return std::nullopt;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

/// Name and value of each line of KeyHasher::explanation(); a name that occurs twice keeps both values.
std::map<std::string, std::string> by_name(const std::string& explanation) {
    std::map<std::string, std::string> result;
    for (const std::string& line : split(explanation, '\n')) {
        const auto tab = line.find('\t');
        if (tab == std::string::npos) continue;
        result[line.substr(0, tab)] += line.substr(tab + 1) + '\n';
    }
    return result;
}

}  // namespace

bool Stamps::holds(const std::string& name, const KeyHasher& inputs) const {
    const std::optional<std::string> found = key(name);
    const bool same = found == inputs.digest();
    if (log::enabled(log::Level::debug)) {
        log::debug("stamp " + name + (same ? " holds" : found ? " does not hold: its inputs have changed" : ": none"));
    }
    return same;
}

bool Stamps::exists(const std::string& name) const { return read_stamp(path(name)).has_value(); }

std::optional<std::string> Stamps::key(const std::string& name) const {
    auto content = read_stamp(path(name));
    if (!content) return std::nullopt;
    return std::move(content->key);
}

std::vector<std::string> Stamps::changed_inputs(const std::string& name, const KeyHasher& inputs) const {
    const auto content = read_stamp(path(name));
    if (!content) return {};
    const auto before = by_name(content->inputs);
    const auto now = by_name(inputs.explanation());
    std::set<std::string> changed;
    for (const auto& [input, value] : before) {
        const auto found = now.find(input);
        if (found == now.end() || found->second != value) changed.insert(input);
    }
    for (const auto& [input, value] : now) {
        if (!before.contains(input)) changed.insert(input);
    }
    return {changed.begin(), changed.end()};
}

void Stamps::write(const std::string& name, const KeyHasher& inputs) const {
    make_directories(folder_);
    const nlohmann::json json = {{"format", format}, {"key", inputs.digest()}, {"inputs", inputs.explanation()}};
    // A command line may hold bytes that are not UTF-8; a stamp only compares them, through the key.
    write_file_atomically(path(name), json_text(json, 1) + "\n");
}

void Stamps::remove(const std::string& name) const {
    std::error_code error;
    fs::remove(path(name), error);
    if (error) throw system_error(error.value(), "cannot remove a stamp", path(name).string());
}

void Stamps::remove_all() const { remove_tree(folder_); }

}  // namespace pystacks::build
