#include "compare/json.hpp"

#include <fmt/format.h>

#include "tree/path_text.hpp"

namespace pystacks::compare {
namespace {

using Json = nlohmann::ordered_json;

/// Sets KEY, and KEY_bytes where JSON's text cannot hold the bytes.
void set_text(Json& object, const std::string& key, const std::string& bytes) {
    object[key] = bytes;
    if (tree::is_utf8(bytes)) return;
    std::string hexadecimal;
    for (const char byte : bytes) hexadecimal += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    object[key + "_bytes"] = hexadecimal;
}

Json to_json(const Total& total) {
    return Json{{"paths", total.paths}, {"bytes_a", total.bytes_a}, {"bytes_b", total.bytes_b}};
}

Json totals(const BuildComparison& comparison) {
    Json result;
    result["all"] = to_json(comparison.all);
    result["identical"] = to_json(comparison.identical);
    result["renamed"] = to_json(comparison.renamed);
    result["attributes"] = to_json(comparison.attributes);
    for (const auto& [verdict, total] : comparison.totals) result[std::string(name_of(verdict))] = to_json(total);
    return result;
}

Json difference(const Pair& pair, const BuildComparison& comparison) {
    Json item;
    set_text(item, "path", pair.any().path);
    if (!pair.is_only() && pair.a->path != pair.b->path) set_text(item, "path_b", pair.b->path);
    item["verdict"] = name_of(pair.verdict);
    if (!pair.is_only()) item["paired_by"] = name_of(pair.match);
    if (!comparison.a.is_tree) {
        const Side& side = pair.a != nullptr ? comparison.a : comparison.b;
        item["package"] = side.packages[pair.any().package].name;
    }
    item["details"] = pair.details;
    item["size_a"] = pair.a != nullptr ? pair.a->size : 0;
    item["size_b"] = pair.b != nullptr ? pair.b->size : 0;
    if (!pair.attributes.empty()) item["attributes"] = to_json(pair.attributes);
    if (!pair.metadata.empty()) item["elf"] = to_json(pair.metadata);
    if (!pair.diff.empty()) item["diff"] = pair.diff;
    return item;
}

}  // namespace

Json to_json(const std::vector<Property>& properties) {
    Json result = Json::array();
    for (const Property& property : properties) {
        result.push_back(Json{{"name", property.name}, {"a", property.a}, {"b", property.b}});
    }
    return result;
}

Json to_json(const PackagePair& pair, const BuildComparison& comparison) {
    Json item;
    item["a"] = pair.a == no_package ? Json() : Json(comparison.a.packages[pair.a].nevra());
    item["b"] = pair.b == no_package ? Json() : Json(comparison.b.packages[pair.b].nevra());
    item["differ"] = pair.differ();
    item["fields"] = Json::array();
    for (const FieldDifference& field : pair.fields) {
        item["fields"].push_back(Json{{"name", field.name}, {"a", field.a}, {"b", field.b}});
    }
    item["dependencies"] = Json::array();
    for (const DependencyDifference& dependency : pair.dependencies) {
        item["dependencies"].push_back(Json{
            {"kind", rpm::name_of(dependency.kind)}, {"only_a", dependency.only_a}, {"only_b", dependency.only_b}});
    }
    item["scriptlets"] = Json::array();
    for (const ScriptletDifference& scriptlet : pair.scriptlets) {
        item["scriptlets"].push_back(Json{
            {"kind", scriptlet.kind}, {"in_a", scriptlet.in_a}, {"in_b", scriptlet.in_b}, {"diff", scriptlet.diff}});
    }
    return item;
}

std::string to_json(const BuildComparison& comparison) {
    Json document{{"format", 1}};  // docs/json.md says what raises it
    set_text(document, "a", comparison.a.path.string());
    set_text(document, "b", comparison.b.path.string());
    document["kind"] = comparison.a.is_tree ? "trees" : "packages";
    document["differ"] = comparison.differ();
    document["times"] = Json{{"counted", comparison.times == Times::counted && !comparison.a.is_tree},
                             {"differ", comparison.other_times}};
    document["totals"] = totals(comparison);
    document["packages"] = Json::array();
    for (const PackagePair& pair : comparison.packages) document["packages"].push_back(to_json(pair, comparison));
    document["differences"] = Json::array();
    for (const Pair& pair : comparison.pairs) {
        if (!pair.is_same()) document["differences"].push_back(difference(pair, comparison));
    }
    return json_text(document, 2) + '\n';
}

}  // namespace pystacks::compare
