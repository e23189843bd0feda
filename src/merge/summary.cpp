#include "merge/summary.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "merge/install_path.hpp"
#include "python/trait_names.hpp"

namespace pystacks::merge {
namespace {

using Json = nlohmann::json;  // sorts its keys
using Kind = PathVerdict::Kind;

/// The verdict on a path of the merged tree; that of its source for bytecode that was made after the comparison.
const PathVerdict* verdict_of(const Comparison& comparison, const std::string& path) {
    if (const auto* verdict = comparison.find(path)) return verdict;
    const auto source = bytecode_source(path);
    return source ? comparison.find(*source) : nullptr;
}

void add(Amount& amount, std::uint64_t bytes) {
    ++amount.files;
    amount.bytes += bytes;
}

/// Null for an empty text.
Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json to_json(const ConfigurationFacts& facts) {
    return {{"variant_of", or_null(facts.variant_of)},
            {"suffix", facts.suffix},
            {"package", or_null(facts.package)},
            {"traits", python::words_of(facts.traits)}};
}

Json to_json(const Amount& amount) { return {{"files", amount.files}, {"bytes", amount.bytes}}; }

/// 7412 as "7,412".
std::string grouped(std::uint64_t number) {
    auto digits = std::to_string(number);
    for (auto position = digits.size(); position > 3;) digits.insert(position -= 3, ",");
    return digits;
}

std::string counted(const Amount& amount) {
    return fmt::format("{} {}, {}", grouped(amount.files), amount.files == 1 ? "file" : "files",
                       human_size(amount.bytes));
}

std::uint64_t files_of(const Summary& summary, Kind kind) {
    const auto found = summary.by_kind.find(std::string(to_string(kind)));
    return found == summary.by_kind.end() ? 0 : found->second.files;
}

}  // namespace

Summary summarise(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees, const Comparison& comparison,
                  const tree::Tree& merged) {
    Summary summary;
    summary.base = comparison.base;
    for (const auto& configuration : trees) {
        summary.configurations.push_back(configuration.name);
        if (const auto* said = stack.configuration(configuration.name))
            summary.about.push_back({said->name, said->variant_of, said->suffix, said->package, said->build_traits()});
        if (configuration.name != summary.base) summary.on_top[configuration.name];
    }
    for (const auto kind : {Kind::shared, Kind::own, Kind::alias, Kind::rule})
        summary.by_kind[std::string(to_string(kind))];

    std::set<std::pair<std::uint64_t, std::uint64_t>> counted_inodes;
    for (const auto& [path, entry] : merged.entries) {
        if (entry.type == tree::FileType::directory) continue;
        const auto* verdict = verdict_of(comparison, path);
        if (verdict == nullptr) continue;
        const bool is_new = entry.links == 1 || counted_inodes.emplace(entry.device, entry.inode).second;
        const auto bytes = entry.type == tree::FileType::regular && is_new ? entry.size : 0;
        add(summary.by_kind[std::string(to_string(verdict->kind))], bytes);
        if (verdict->winner != summary.base) add(summary.on_top[verdict->winner], bytes);
        const bool alike = verdict->kind == Kind::shared || verdict->kind == Kind::own;
        if (alike) summary.saved_bytes += bytes * (verdict->configurations.size() - 1);
    }
    return summary;
}

std::string to_json(const Comparison& comparison, const Summary& summary) {
    Json paths = Json::array();
    for (const auto& verdict : comparison.verdicts)
        paths.push_back({{"path", verdict.path},
                         {"verdict", to_string(verdict.kind)},
                         {"winner", verdict.winner},
                         {"configurations", verdict.configurations},
                         {"reason", verdict.reason}});
    Json by_kind = Json::object();
    for (const auto& [kind, amount] : summary.by_kind) by_kind[kind] = to_json(amount);
    Json on_top = Json::object();
    for (const auto& [name, amount] : summary.on_top) on_top[name] = to_json(amount);
    Json about = Json::object();
    for (const auto& facts : summary.about) about[facts.name] = to_json(facts);
    const Json document = {{"format", 1},
                           {"base", summary.base},
                           {"about", about},
                           {"configurations", summary.configurations},
                           {"totals", by_kind},
                           {"on_top", on_top},
                           {"saved_bytes", summary.saved_bytes},
                           {"warnings", comparison.warnings},
                           {"paths", paths}};
    return json_text(document, 1) + "\n";
}

std::vector<std::string> to_lines(const Summary& summary) {
    std::vector<std::string> lines;
    const auto& shared = summary.by_kind.at("shared");
    if (summary.configurations.size() == 1) {
        const auto& own = summary.by_kind.at("own");
        return {fmt::format("only in {}: {}", summary.base, counted(own))};
    }
    lines.push_back(fmt::format("shared {}, once instead of {} times (saves {})", counted(shared),
                                summary.configurations.size(), human_size(summary.saved_bytes)));
    for (const auto& [name, amount] : summary.on_top) lines.push_back(fmt::format("{} adds {}", name, counted(amount)));
    const auto aliases = files_of(summary, Kind::alias);
    lines.push_back(fmt::format("{} {}, {} settled by rule", grouped(aliases), aliases == 1 ? "alias" : "aliases",
                                grouped(files_of(summary, Kind::rule))));
    return lines;
}

}  // namespace pystacks::merge
