// How the state of a source tree is kept between runs. Whatever cannot be read counts as absent.

#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "build/source_state.hpp"

namespace pystacks::build {
namespace {

constexpr int format = 1;

/// Names of files may be no UTF-8, which JSON cannot hold; every byte is stored as a character of its own.
std::string to_characters(const std::string& bytes) {
    std::string result;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        if (value < 0x80U) {
            result += byte;
        } else {
            result += static_cast<char>(0xC0U | (value >> 6U));
            result += static_cast<char>(0x80U | (value & 0x3FU));
        }
    }
    return result;
}

std::string to_bytes(const std::string& characters) {
    std::string result;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const auto value = static_cast<unsigned char>(characters[i]);
        if (value >= 0x80U && i + 1 < characters.size()) {
            const auto next = static_cast<unsigned char>(characters[++i]);
            result += static_cast<char>(((value & 0x03U) << 6U) | (next & 0x3FU));
        } else {
            result += characters[i];
        }
    }
    return result;
}

nlohmann::json to_json(const std::map<std::string, std::string>& digests) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& [path, digest] : digests) json[to_characters(path)] = digest;
    return json;
}

std::map<std::string, std::string> to_digests(const nlohmann::json& json) {
    std::map<std::string, std::string> result;
    for (const auto& [path, digest] : json.items()) result.emplace(to_bytes(path), digest.get<std::string>());
    return result;
}

std::optional<nlohmann::json> read_json(const fs::path& file) {
    try {
        auto json = parse_json_object(read_file(file));
        if (!json || json->at("format").get<int>() != format) return std::nullopt;
        return json;
    } catch (const Error&) {
        return std::nullopt;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

SourceEntry to_entry(const nlohmann::json& row) {
    SourceEntry entry;
    entry.type = static_cast<tree::FileType>(row.at(0).get<std::uint8_t>());
    entry.mode = row.at(1).get<std::uint32_t>();
    entry.size = row.at(2).get<std::uint64_t>();
    entry.mtime = row.at(3).get<std::int64_t>();
    entry.digest = row.at(4).get<std::string>();
    entry.target = to_bytes(row.at(5).get<std::string>());
    return entry;
}

}  // namespace

void write_state(const fs::path& file, const SourceState& state) {
    nlohmann::json entries = nlohmann::json::object();
    for (const auto& [path, entry] : state.entries) {
        entries[to_characters(path)] = {static_cast<std::uint8_t>(entry.type),
                                        entry.mode,
                                        entry.size,
                                        entry.mtime,
                                        entry.digest,
                                        to_characters(entry.target)};
    }
    const nlohmann::json json = {{"format", format},
                                 {"fixed", state.digests.fixed},
                                 {"files", state.digests.files},
                                 {"incremental", to_json(state.digests.incremental)},
                                 {"entries", std::move(entries)}};
    write_file_atomically(file, json_text(json) + "\n");
}

std::optional<SourceState> read_state(const fs::path& file) {
    const auto json = read_json(file);
    if (!json) return std::nullopt;
    try {
        SourceState state;
        state.digests = {json->at("fixed").get<std::string>(), json->at("files").get<std::string>(),
                         to_digests(json->at("incremental"))};
        for (const auto& [path, row] : json->at("entries").items())
            state.entries.emplace(to_bytes(path), to_entry(row));
        return state;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

void write_digests(const fs::path& file, const std::map<std::string, std::string>& digests) {
    write_file_atomically(file, json_text(nlohmann::json{{"format", format}, {"files", to_json(digests)}}) + "\n");
}

std::optional<std::map<std::string, std::string>> read_digests(const fs::path& file) {
    const auto json = read_json(file);
    if (!json) return std::nullopt;
    try {
        return to_digests(json->at("files"));
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

}  // namespace pystacks::build
