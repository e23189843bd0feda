#include "compare/page.hpp"

#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "compare/json.hpp"
#include "compare/text_report.hpp"
#include "report/page_template.hpp"

namespace pystacks::compare {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_diffs = std::size_t{12} << 20U;  // bytes of all diffs in one page

/// Which package pair a file belongs to.
class Groups {
public:
    explicit Groups(const BuildComparison& comparison)
        : of_a_(comparison.a.packages.size()), of_b_(comparison.b.packages.size()) {
        for (std::size_t index = 0; index < comparison.packages.size(); ++index) {
            const PackagePair& pair = comparison.packages[index];
            if (pair.a != no_package) of_a_[pair.a] = index;
            if (pair.b != no_package) of_b_[pair.b] = index;
        }
    }

    [[nodiscard]] std::size_t of(const Pair& pair) const {
        if (of_a_.empty()) return 0;
        return pair.a != nullptr ? of_a_[pair.a->package] : of_b_[pair.b->package];
    }

private:
    std::vector<std::size_t> of_a_, of_b_;
};

std::string name_of(const rpm::Package& package) {
    return package.is_source ? package.name + " (source)" : package.name;
}

Json packages(const BuildComparison& comparison) {
    Json result = Json::array();
    for (const PackagePair& pair : comparison.packages) {
        Json item = to_json(pair, comparison);
        const std::string a = pair.a == no_package ? "" : name_of(comparison.a.packages[pair.a]);
        const std::string b = pair.b == no_package ? "" : name_of(comparison.b.packages[pair.b]);
        item["name"] = a.empty() ? b : (b.empty() || a == b ? a : fmt::format("{} → {}", a, b));
        result.push_back(std::move(item));
    }
    return result;
}

/// model.js reads it by position.
Json row(const Pair& pair, std::size_t group) {
    const auto size = [](const File* file) {
        return file != nullptr && file->type == tree::FileType::regular ? static_cast<std::int64_t>(file->size) : -1;
    };
    const bool renamed = !pair.is_only() && pair.a->path != pair.b->path;
    return Json::array({pair.any().path, renamed ? Json(pair.b->path) : Json(0), static_cast<int>(pair.verdict),
                        size(pair.a), size(pair.b), pair.a != nullptr ? pair.a->weight : 0,
                        pair.b != nullptr ? pair.b->weight : 0, group, static_cast<int>(pair.any().type)});
}

Json details(const Pair& pair, std::size_t& diffs) {
    Json item = Json::object();
    if (pair.match == Match::content) item["match"] = "their equal contents";
    if (pair.match == Match::twin) item["match"] = "their names: one is a debug build's";
    if (pair.match == Match::version) item["match"] = "their names without versions";
    if (!pair.details.empty()) item["details"] = pair.details;
    if (!pair.attributes.empty()) item["attributes"] = to_json(pair.attributes);
    if (!pair.metadata.empty()) item["elf"] = to_json(pair.metadata);
    if (!pair.diff.empty()) {
        diffs += pair.diff.size();
        item["diff"] = diffs <= most_diffs ? pair.diff : "… (left out: all diffs together are too large for a page)";
    }
    return item;
}

Json page_data(const BuildComparison& comparison) {
    const Groups groups(comparison);
    Json data;
    data["a"] = comparison.a.path.string();
    data["b"] = comparison.b.path.string();
    data["kind"] = comparison.a.is_tree ? "trees" : "packages";
    data["conclusion"] = std::string(trim(conclusion(comparison, false)));
    data["packages"] = packages(comparison);
    data["files"] = Json::array();
    data["details"] = Json::object();
    std::size_t diffs = 0;
    for (const Pair& pair : comparison.pairs) {
        Json more = details(pair, diffs);
        if (!more.empty()) data["details"][std::to_string(data["files"].size())] = std::move(more);
        data["files"].push_back(row(pair, groups.of(pair)));
    }
    return data;
}

}  // namespace

std::string page(const BuildComparison& comparison, const fs::path& templates) {
    return report::filled_page(templates, report::embedded(json_text(page_data(comparison))));
}

}  // namespace pystacks::compare
