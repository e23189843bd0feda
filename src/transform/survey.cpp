#include "transform/survey.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "transform/blocks.hpp"
#include "tree/parallel.hpp"

namespace pystacks::transform {
namespace {

std::vector<std::string> spec_files(const fs::path& folder) {
    std::error_code problem;
    std::vector<std::string> found;
    fs::recursive_directory_iterator files(folder, problem);
    for (; !problem && files != fs::recursive_directory_iterator(); files.increment(problem)) {
        std::error_code unreadable;
        const bool regular = fs::is_regular_file(files->symlink_status(unreadable));
        if (regular && files->path().extension() == ".spec")
            found.push_back(files->path().lexically_relative(folder).string());
    }
    if (problem) throw system_error(problem.value(), "cannot survey", folder.string());
    std::sort(found.begin(), found.end());
    return found;
}

void ask_rpm(SurveyedSpec& result, const Transformation& done, const fs::path& spec, const Prover& prover) {
    const Proof proof = prover(done, spec);
    result.asked_rpm = true;
    result.proof = proof.state;
    if (proof.state != Proof::State::broken) return;
    result.outcome = Outcome::refused;
    result.refusals.push_back({Reason::proof_failed, 0, proof.detail});
}

SurveyedSpec look_at(const fs::path& folder, const std::string& path, const Prover& prover) {
    SurveyedSpec result;
    result.path = path;
    std::string bytes;
    try {
        bytes = read_file(folder / path);
        const Transformation done = transform(bytes, path);
        result.outcome = done.outcome;
        result.build = done.seen.build;
        result.why = done.seen.why;
        result.refusals = done.refusals;
        if (done.outcome != Outcome::added) return result;
        if (without_additions(done.text, path) != done.original->bytes()) {
            throw Error("cannot survey", path, "what was added cannot be taken out again",
                        "report it: it is a mistake of pystacks");
        }
        if (prover) ask_rpm(result, done, folder / path, prover);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted || error.attempted() == "cannot survey") throw;
        result.outcome = Outcome::refused;
        result.why = error.reason();
        result.refusals.push_back({Reason::broken_text, 0, error.reason()});
    }
    return result;
}

using Counts = std::map<std::string, std::array<std::size_t, 3>>;

Counts by_class(const Survey& survey) {
    Counts counts;
    for (const SurveyedSpec& each : survey.specs) {
        ++counts[std::string(name_of(each.build))][static_cast<std::size_t>(each.outcome)];
    }
    return counts;
}

std::map<std::string, std::vector<const SurveyedSpec*>> by_reason(const Survey& survey) {
    std::map<std::string, std::vector<const SurveyedSpec*>> reasons;
    for (const SurveyedSpec& each : survey.specs) {
        if (each.outcome == Outcome::refused)
            reasons[std::string(key_of(each.refusals.front().reason))].push_back(&each);
    }
    return reasons;
}

std::string proof_text(const Survey& survey, std::size_t added) {
    if (!survey.asked_rpm) return "rpm was not asked (--prove)\n";
    const auto proved = static_cast<std::size_t>(std::count_if(
        survey.specs.begin(), survey.specs.end(), [](const auto& each) { return result_of(each) == "proved"; }));
    return fmt::format(
        "of the {} that are added, {} are proved by rpm; {} unproved: rpm cannot read the original here\n", added,
        proved, added - proved);
}

}  // namespace

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::added:
            return "added";
        case Outcome::nothing_to_do:
            return "nothing to do";
        case Outcome::refused:
            break;
    }
    return "refused";
}

std::string_view result_of(const SurveyedSpec& spec) {
    if (spec.outcome != Outcome::added || !spec.asked_rpm) return name_of(spec.outcome);
    return spec.proof == Proof::State::holds ? "proved" : "unproved";
}

Survey survey(const fs::path& folder, unsigned threads, const Prover& prover) {
    const std::vector<std::string> files = spec_files(folder);
    if (files.empty()) {
        throw Error(ErrorKind::usage, "cannot survey", folder.string(), "there is no file named *.spec below it",
                    "name a folder of specs");
    }
    Survey result;
    result.specs.resize(files.size());
    tree::for_each_index(files.size(), threads,
                         [&](std::size_t i) { result.specs[i] = look_at(folder, files[i], prover); });
    result.asked_rpm = static_cast<bool>(prover);
    return result;
}

std::string to_text(const Survey& survey) {
    std::string text = fmt::format("{:<12} {:>8} {:>8} {:>14}\n", "class", "added", "refused", "nothing to do");
    std::array<std::size_t, 3> all{};
    for (const auto& [name, counts] : by_class(survey)) {
        text += fmt::format("{:<12} {:>8} {:>8} {:>14}\n", name, counts[0], counts[2], counts[1]);
        for (std::size_t i = 0; i < all.size(); ++i) all[i] += counts[i];
    }
    text += fmt::format("{:<12} {:>8} {:>8} {:>14}\n", "all", all[0], all[2], all[1]);
    if (const std::size_t with_modules = all[0] + all[2]; with_modules > 0) {
        text += fmt::format("\nof {} specs that may have compiled modules, {:.1f} % are added\n", with_modules,
                            100.0 * static_cast<double>(all[0]) / static_cast<double>(with_modules));
    }
    text += proof_text(survey, all[0]);
    if (all[2] > 0) text += "\nrefused, because\n";
    for (const auto& [key, specs] : by_reason(survey)) {
        text += fmt::format("{:>6}  {:<22} {}\n", specs.size(), key, text_of(specs.front()->refusals.front().reason));
    }
    return text;
}

std::string to_json(const Survey& survey) {
    nlohmann::json specs = nlohmann::json::array();
    for (const SurveyedSpec& each : survey.specs) {
        nlohmann::json one{
            {"spec", each.path}, {"class", name_of(each.build)}, {"outcome", name_of(each.outcome)}, {"why", each.why}};
        if (each.asked_rpm) one["proved"] = each.proof == Proof::State::holds;
        for (const Refusal& refusal : each.refusals) {
            one["refusals"].push_back(
                {{"reason", key_of(refusal.reason)}, {"line", refusal.line + 1}, {"detail", refusal.detail}});
        }
        specs.push_back(std::move(one));
    }
    return json_text(nlohmann::json{{"format", 1}, {"specs", std::move(specs)}}, 2) + "\n";
}

}  // namespace pystacks::transform
