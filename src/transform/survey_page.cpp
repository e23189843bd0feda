#include <map>

#include "base/file.hpp"
#include "base/json.hpp"
#include "report/page_template.hpp"
#include "transform/survey.hpp"

namespace pystacks::transform {
namespace {

using Json = nlohmann::ordered_json;

/// page.js reads it by position.
Json row(const SurveyedSpec& spec, std::map<std::string, std::size_t>& sentences, Json& texts) {
    const auto [found, is_new] = sentences.emplace(spec.why, texts.size());
    if (is_new) texts.push_back(spec.why);
    Json refusals = Json::array();
    for (const Refusal& each : spec.refusals)
        refusals.push_back(Json::array({key_of(each.reason), each.line + 1, each.detail}));
    return Json::array(
        {spec.path, name_of(spec.build), result_of(spec), found->second, std::move(refusals), spec.distribution});
}

}  // namespace

std::string to_page(const Survey& survey, const fs::path& templates) {
    Json data;
    std::map<std::string, std::size_t> sentences;
    data["proved"] = survey.asked_rpm;
    data["not_reached"] = survey.not_reached;
    data["why"] = Json::array();
    data["reasons"] = Json::object();
    data["specs"] = Json::array();
    for (const SurveyedSpec& each : survey.specs) {
        for (const Refusal& refusal : each.refusals) {
            data["reasons"][std::string(key_of(refusal.reason))] =
                Json::array({text_of(refusal.reason), way_out(refusal.reason)});
        }
        data["specs"].push_back(row(each, sentences, data["why"]));
    }
    return report::filled_page(templates, report::embedded(json_text(data)));
}

}  // namespace pystacks::transform
