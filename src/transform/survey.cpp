#include "transform/survey.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "process/interruption.hpp"
#include "transform/blocks.hpp"
#include "transform/spec_file.hpp"
#include "tree/parallel.hpp"

namespace pystacks::transform {
namespace {

class SpecFiles {
public:
    explicit SpecFiles(fs::path folder) : folder_(std::move(folder)) {}

    /// Fills in what is there. Links are looked at last: what they lead to may be there under its own name.
    void find(std::vector<std::string>& found, std::vector<SkippedSpec>& skipped) {
        std::error_code problem;
        std::vector<std::string> links;
        fs::recursive_directory_iterator files(folder_, problem);
        for (; !problem && files != fs::recursive_directory_iterator(); files.increment(problem)) {
            if (files->path().extension() != ".spec") continue;
            std::error_code unreadable;
            const fs::file_status status = files->symlink_status(unreadable);
            const std::string path = files->path().lexically_relative(folder_).string();
            if (fs::is_symlink(status)) links.push_back(path);
            if (fs::is_regular_file(status) && is_new(files->path())) found.push_back(path);
        }
        if (problem) throw system_error(problem.value(), "cannot survey", folder_.string());
        std::sort(links.begin(), links.end());
        for (std::string& link : links) {
            const char* why = why_skipped(folder_ / link);
            why == nullptr ? found.push_back(std::move(link)) : skipped.push_back({std::move(link), why, false});
        }
        std::sort(found.begin(), found.end());
    }

private:
    bool is_new(const fs::path& file) {
        std::error_code unknown;
        return known_.insert(fs::canonical(file, unknown)).second;
    }

    /// Null for a link to a file that is not known yet.
    const char* why_skipped(const fs::path& link) {
        std::error_code problem;
        const fs::file_status target = fs::status(link, problem);
        if (problem || !fs::exists(target)) return "it is a link to nothing";
        if (!fs::is_regular_file(target)) return "it is a link to something that is not a file";
        return is_new(link) ? nullptr : "it is a link to a spec that is counted already";
    }

    fs::path folder_;
    std::set<fs::path> known_;
};

void ask_rpm(SurveyedSpec& result, const Transformation& done, const fs::path& spec, const Prover& prover) {
    const Proof proof = prover(done, spec);
    result.asked_rpm = true;
    result.proof = proof.state;
    if (proof.state != Proof::State::broken) return;
    result.outcome = Outcome::refused;
    result.refusals.push_back({Reason::proof_failed, 0, proof.detail});
}

/// What was found out about a file, or why it cannot be read.
struct Look {
    SurveyedSpec spec;
    std::string unreadable;
};

SurveyedSpec look_at(const std::string& bytes, const fs::path& folder, const std::string& path, const Prover& prover) {
    SurveyedSpec result;
    result.path = path;
    try {
        require_spec(bytes, "cannot read", path);
        const Transformation done = transform(bytes, path);
        result.outcome = done.outcome;
        result.build = done.seen.build;
        result.modules = done.seen.modules;
        result.distribution = done.seen.distribution;
        result.why = done.seen.why;
        result.refusals = done.refusals;
        if (done.outcome != Outcome::added) return result;
        if (without_additions(done.text, path) != done.original->bytes()) {
            throw Error("cannot survey", path, "the additions cannot be removed again",
                        "please report this: it is a bug in pystacks");
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

Look look_at(const fs::path& folder, const std::string& path, const Prover& prover) {
    std::string bytes;
    try {
        bytes = read_spec(folder / path, "cannot survey");
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) throw;
        return {{}, error.reason()};
    }
    return {look_at(bytes, folder, path, prover), {}};
}

/// Nothing once an interruption is requested. An rpm that was stopped says the same as one that cannot read a spec, so
/// what it says from then on does not count.
std::optional<Look> unless_interrupted(const fs::path& folder, const std::string& path, const Prover& prover) {
    if (process::interruption_requested()) return std::nullopt;
    try {
        Look look = look_at(folder, path, prover);
        if (look.spec.asked_rpm && process::interruption_requested()) return std::nullopt;
        return look;
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) return std::nullopt;
        throw;
    }
}

// Columns of the table.
constexpr std::size_t added = 0, refused = 1, cannot_tell = 2, nothing_to_do = 3, columns = 4;
using Numbers = std::array<std::size_t, columns>;

std::size_t column_of(const SurveyedSpec& spec) {
    if (spec.cannot_tell()) return cannot_tell;
    return spec.outcome == Outcome::added ? added : spec.outcome == Outcome::refused ? refused : nothing_to_do;
}

std::map<std::string, Numbers> by_class(const Survey& survey) {
    std::map<std::string, Numbers> counts;
    for (const SurveyedSpec& each : survey.specs) ++counts[std::string(name_of(each.build))][column_of(each)];
    return counts;
}

Numbers numbers_of(const Survey& survey) {
    Numbers all{};
    for (const SurveyedSpec& each : survey.specs) ++all[column_of(each)];
    return all;
}

std::map<std::string, std::vector<const SurveyedSpec*>> by_reason(const Survey& survey) {
    std::map<std::string, std::vector<const SurveyedSpec*>> reasons;
    for (const SurveyedSpec& each : survey.specs) {
        if (column_of(each) == refused) reasons[std::string(key_of(each.refusals.front().reason))].push_back(&each);
    }
    return reasons;
}

/// A line for each sentence that @p sentence_of gives, with the number of specs; the commonest first.
template <typename SentenceOf>
std::string counted(const Survey& survey, SentenceOf sentence_of) {
    std::map<std::string, std::size_t> counts;
    for (const SurveyedSpec& each : survey.specs) {
        if (const std::string sentence = sentence_of(each); !sentence.empty()) ++counts[sentence];
    }
    std::vector<std::pair<std::string, std::size_t>> lines(counts.begin(), counts.end());
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string text;
    for (const auto& [sentence, count] : lines) text += fmt::format("{:>6}  {}\n", count, sentence);
    return text;
}

std::string table(const Survey& survey) {
    constexpr const char* line = "{:<12} {:>8} {:>8} {:>12} {:>14}\n";
    std::string text = fmt::format(fmt::runtime(line), "class", "added", "refused", "cannot tell", "nothing to do");
    const auto add = [&](const std::string& name, const Numbers& counts) {
        text += fmt::format(fmt::runtime(line), name, counts[added], counts[refused], counts[cannot_tell],
                            counts[nothing_to_do]);
    };
    for (const auto& [name, counts] : by_class(survey)) add(name, counts);
    add("all", numbers_of(survey));
    return text;
}

/// Nothing for a survey of all specs.
std::string incomplete_text(const Survey& survey) {
    if (survey.is_complete()) return {};
    return fmt::format("incomplete: interrupted after {} of {} specs\n\n", survey.specs.size(),
                       survey.specs.size() + survey.not_reached);
}

std::string proof_text(const Survey& survey, std::size_t all) {
    if (!survey.asked_rpm) return "rpm has not read the specs (--prove)\n";
    const auto proved = static_cast<std::size_t>(std::count_if(
        survey.specs.begin(), survey.specs.end(), [](const auto& each) { return result_of(each) == "proved"; }));
    return fmt::format(
        "of the {} that are added, {} are proved; {} are unproved, because rpm cannot read the original here\n", all,
        proved, all - proved);
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
    if (spec.cannot_tell()) return "cannot tell";
    if (spec.outcome != Outcome::added || !spec.asked_rpm) return name_of(spec.outcome);
    return spec.proof == Proof::State::holds ? "proved" : "unproved";
}

Survey survey(const fs::path& folder, unsigned threads, const Prover& prover) {
    Survey result;
    std::vector<std::string> files;
    SpecFiles(folder).find(files, result.skipped);
    if (files.empty()) {
        throw Error(ErrorKind::usage, "cannot survey", folder.string(), "there is no file named *.spec below it",
                    "name a folder of specs");
    }
    std::vector<std::optional<Look>> looks(files.size());
    tree::for_each_index(files.size(), threads,
                         [&](std::size_t i) { looks[i] = unless_interrupted(folder, files[i], prover); });
    for (std::size_t i = 0; i < looks.size(); ++i) {
        if (!looks[i]) {
            ++result.not_reached;
        } else if (looks[i]->unreadable.empty()) {
            result.specs.push_back(std::move(looks[i]->spec));
        } else {
            result.skipped.push_back({std::move(files[i]), std::move(looks[i]->unreadable), true});
        }
    }
    result.asked_rpm = static_cast<bool>(prover);
    return result;
}

std::string to_text(const Survey& survey) {
    std::string text = incomplete_text(survey) + table(survey);
    const Numbers all = numbers_of(survey);
    if (const std::size_t with_modules = all[added] + all[refused]; with_modules > 0) {
        text += fmt::format("\nof {} specs that have compiled modules, {:.1f} % are added\n", with_modules,
                            100.0 * static_cast<double>(all[added]) / static_cast<double>(with_modules));
    }
    if (all[cannot_tell] > 0)
        text += fmt::format("of {} more, the text does not tell whether they have any\n", all[cannot_tell]);
    text += proof_text(survey, all[added]);
    if (all[refused] > 0) text += "\nrefused, because\n";
    for (const auto& [key, specs] : by_reason(survey)) {
        text += fmt::format("{:>6}  {:<22} {}\n", specs.size(), key, text_of(specs.front()->refusals.front().reason));
    }
    if (all[cannot_tell] > 0) {
        text += "\ncannot tell, because\n" +
                counted(survey, [](const SurveyedSpec& each) { return each.cannot_tell() ? each.why : std::string(); });
    }
    const std::string distributions = counted(survey, [](const SurveyedSpec& each) { return each.distribution; });
    if (!distributions.empty()) text += "\nspecs that are, or have macros, of\n" + distributions;
    return text;
}

std::string to_json(const Survey& survey) {
    nlohmann::json specs = nlohmann::json::array(), skipped = nlohmann::json::array();
    for (const SurveyedSpec& each : survey.specs) {
        const char* modules = each.modules == Modules::none   ? "none"
                              : each.modules == Modules::some ? "some"
                                                              : "cannot tell";
        nlohmann::json one{{"spec", each.path},
                           {"class", name_of(each.build)},
                           {"outcome", name_of(each.outcome)},
                           {"modules", modules},
                           {"why", each.why}};
        if (!each.distribution.empty()) one["distribution"] = each.distribution;
        if (each.asked_rpm) one["proved"] = each.proof == Proof::State::holds;
        for (const Refusal& refusal : each.refusals) {
            one["refusals"].push_back(
                {{"reason", key_of(refusal.reason)}, {"line", refusal.line + 1}, {"detail", refusal.detail}});
        }
        specs.push_back(std::move(one));
    }
    for (const SkippedSpec& each : survey.skipped) skipped.push_back({{"spec", each.path}, {"why", each.why}});
    const Numbers all = numbers_of(survey);
    const nlohmann::json counts{{"added", all[added]},
                                {"refused", all[refused]},
                                {"cannot tell", all[cannot_tell]},
                                {"nothing to do", all[nothing_to_do]}};
    const nlohmann::json all_of_it{{"format", 1},
                                   {"counts", counts},
                                   {"complete", survey.is_complete()},
                                   {"not_reached", survey.not_reached},
                                   {"specs", std::move(specs)},
                                   {"skipped", std::move(skipped)}};
    return json_text(all_of_it, 2) + "\n";
}

}  // namespace pystacks::transform
