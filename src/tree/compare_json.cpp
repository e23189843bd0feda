#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tree/compare.hpp"
#include "tree/path_text.hpp"

namespace pystacks::tree {
namespace {

using Json = nlohmann::ordered_json;

/// Sets KEY, and KEY_bytes where JSON's text cannot hold the bytes.
void set_text(Json& object, const std::string& key, const std::string& bytes) {
    object[key] = bytes;
    if (is_utf8(bytes)) return;
    std::string hexadecimal;
    for (const char byte : bytes) hexadecimal += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    object[key + "_bytes"] = hexadecimal;
}

Json total(const PathTotal& paths) {
    return Json{{"paths", paths.paths}, {"bytes_a", paths.bytes_a}, {"bytes_b", paths.bytes_b}};
}

}  // namespace

std::string to_json(const TreeComparison& comparison, const Tree& a, const Tree& b) {
    Json document;
    set_text(document, "a", a.root.string());
    set_text(document, "b", b.root.string());
    document["differ"] = comparison.differ();
    document["totals"]["all"] = total(comparison.all);
    document["totals"]["identical"] = total(comparison.identical);
    for (const auto& [kind, paths] : comparison.totals) document["totals"][std::string(name_of(kind))] = total(paths);
    document["differences"] = Json::array();
    for (const PathDifference& difference : comparison.differences) {
        Json item;
        set_text(item, "path", difference.path);
        item["kind"] = name_of(difference.kind);
        item["details"] = difference.details;
        item["size_a"] = difference.size_a;
        item["size_b"] = difference.size_b;
        document["differences"].push_back(std::move(item));
    }
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace pystacks::tree
