#include "base/stamp_file.hpp"

#include <cstddef>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"

namespace pystacks {
namespace {

constexpr int format = 1;
constexpr std::size_t largest_stamp = 16U << 20U;

struct Content {
    std::string key;
    std::vector<Input> inputs;
    std::optional<std::vector<MadeFile>> made;
};

/// None of a stamp that has them as one text, as the first ones did: its key is as good as any. @throws
/// nlohmann::json::exception
std::vector<Input> inputs_in(const nlohmann::json& stamp) {
    std::vector<Input> inputs;
    const nlohmann::json& list = stamp.at("inputs");
    if (list.is_string()) return inputs;
    for (const nlohmann::json& each : list) {
        inputs.push_back({each.at("name").get<std::string>(), each.at("value").get<std::string>()});
    }
    return inputs;
}

/// @throws nlohmann::json::exception
std::optional<std::vector<MadeFile>> made_in(const nlohmann::json& stamp) {
    if (!stamp.contains("files")) return std::nullopt;
    std::vector<MadeFile> made;
    for (const nlohmann::json& each : stamp.at("files")) {
        made.push_back({each.at("path").get<std::string>(), each.at("digest").get<std::string>()});
    }
    return made;
}

std::optional<Content> read_stamp(const fs::path& file) {
    try {
        const nlohmann::json json = parse_json(read_file(file, largest_stamp));
        if (json.value("format", format) != format) return std::nullopt;
        return Content{json.at("key").get<std::string>(), inputs_in(json), made_in(json)};
    } catch (const Error&) {
        return std::nullopt;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

}  // namespace

std::optional<std::string> StampFile::key() const {
    auto content = read_stamp(file_);
    if (!content) return std::nullopt;
    return std::move(content->key);
}

std::vector<std::string> StampFile::changed_inputs(const InputList& inputs) const {
    const auto content = read_stamp(file_);
    if (!content || content->inputs.empty()) return {};
    return changed_names(content->inputs, inputs.inputs());
}

std::optional<std::vector<MadeFile>> StampFile::made(const InputList& inputs) const {
    auto content = read_stamp(file_);
    if (!content || content->key != inputs.digest()) return std::nullopt;
    return std::move(content->made);
}

void StampFile::write(const InputList& inputs, const std::vector<MadeFile>& made) const {
    nlohmann::json json{{"format", format}, {"key", inputs.digest()}, {"inputs", nlohmann::json::array()}};
    for (const Input& each : inputs.inputs()) json["inputs"].push_back({{"name", each.name}, {"value", each.value}});
    for (const MadeFile& each : made) json["files"].push_back({{"path", each.path.string()}, {"digest", each.digest}});
    make_directories(file_.parent_path());
    // A command line may hold bytes that are not UTF-8; a stamp only compares them, through the key.
    write_file_atomically(file_, json_text(json, 1) + "\n");
}

void StampFile::remove() const {
    std::error_code error;
    fs::remove(file_, error);
    if (error) throw system_error(error.value(), "cannot remove a stamp", file_.string());
}

}  // namespace pystacks
