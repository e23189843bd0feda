#include "rpm/job.hpp"

#include "base/json.hpp"

namespace pystacks::rpm {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::vector<std::string> texts(const std::vector<fs::path>& paths) {
    std::vector<std::string> result;
    for (const fs::path& path : paths) result.push_back(path.string());
    return result;
}

json spec_to_json(const SpecJob& job) {
    return {{"spec", job.spec.string()},
            {"topdir", job.topdir.string()},
            {"defines", job.defines},
            {"stage_defines", job.stage_defines},
            {"with", job.with},
            {"without", job.without},
            {"target", job.target},
            {"stack_text", job.stack_text},
            {"macros", job.macros},
            {"macros_file", job.macros_file.string()},
            {"load_macros_file", job.load_macros_file == MacrosFile::always}};
}

SpecJob spec_from_json(const json& value) {
    SpecJob job;
    job.spec = value.at("spec").get<std::string>();
    job.topdir = value.at("topdir").get<std::string>();
    job.defines = value.at("defines").get<std::vector<std::string>>();
    job.stage_defines = value.at("stage_defines").get<std::vector<std::string>>();
    job.with = value.at("with").get<std::vector<std::string>>();
    job.without = value.at("without").get<std::vector<std::string>>();
    job.target = value.at("target").get<std::string>();
    job.stack_text = value.at("stack_text").get<std::string>();
    job.macros = value.at("macros").get<std::vector<std::string>>();
    job.macros_file = value.at("macros_file").get<std::string>();
    job.load_macros_file = value.at("load_macros_file").get<bool>() ? MacrosFile::always : MacrosFile::when_missing;
    return job;
}

/// The answer's content. @throws what the worker answered instead.
json answer(const std::string& text) {
    json value = parse_json(text);
    if (const auto error = value.find("error"); error != value.end()) {
        throw Error(error->at("attempted").get<std::string>(), error->at("subject").get<std::string>(),
                    error->at("reason").get<std::string>(), error->at("hint").get<std::string>());
    }
    return value;
}

/// Runs @p read, which takes JSON apart; what is malformed becomes an Error.
template <typename Read>
auto understood(const char* what, Read read) {
    try {
        return read();
    } catch (const json::exception& problem) {
        throw Error("cannot understand", what, problem.what());
    }
}

}  // namespace

std::string to_json(const WorkerJob& job) {
    return json_text(json{{"task", job.task == Task::inspect ? "inspect" : "build"},
                          {"spec", spec_to_json(job.spec)},
                          {"amount", letter_of(job.amount)},
                          {"check_build_requires", job.check_build_requires},
                          {"cookie_from", job.cookie_from.string()},
                          {"answer", job.answer.string()},
                          {"messages", job.messages},
                          {"trace", job.trace}});
}

WorkerJob job_from_json(const std::string& text) {
    return understood("the rpm worker's job", [&] {
        const json value = parse_json(text);
        WorkerJob job;
        job.task = value.at("task") == "inspect" ? Task::inspect : Task::build;
        job.spec = spec_from_json(value.at("spec"));
        const auto amount = amount_of(value.at("amount").get<std::string>());
        if (!amount) throw Error("cannot understand", "the rpm worker's job", "rpmbuild has no such -b");
        job.amount = *amount;
        job.check_build_requires = value.at("check_build_requires").get<bool>();
        job.cookie_from = value.at("cookie_from").get<std::string>();
        job.answer = value.at("answer").get<std::string>();
        job.messages = value.at("messages").get<int>();
        job.trace = value.at("trace").get<bool>();
        return job;
    });
}

std::string to_json(const SpecInfo& info) {
    json sources = json::array();
    for (const SpecSource& source : info.sources) {
        sources.push_back({{"url", source.url}, {"file", source.file}, {"is_patch", source.is_patch}});
    }
    json packages = json::array();
    for (const SpecPackage& package : info.packages) {
        packages.push_back({{"name", package.name}, {"arch", package.arch}, {"file", package.file.string()}});
    }
    return json_text(json{{"name", info.name},
                          {"version", info.version},
                          {"release", info.release},
                          {"arch", info.arch},
                          {"nvr", info.nvr},
                          {"sources", sources},
                          {"build_requires", info.build_requires},
                          {"packages", packages},
                          {"source_package", info.source_package.string()},
                          {"source_folder", info.source_folder.string()},
                          {"build_folder", info.build_folder.string()},
                          {"expanded_stack", info.expanded_stack},
                          {"macros", info.macros}});
}

std::string to_json(const BuildResult& result) { return json_text(json{{"written", texts(result.written)}}); }

std::string to_json(const Error& error) {
    return json_text(json{{"error",
                           {{"attempted", error.attempted()},
                            {"subject", error.subject()},
                            {"reason", error.reason()},
                            {"hint", error.hint()}}}});
}

SpecInfo info_from_json(const std::string& text) {
    return understood("the rpm worker's answer", [&] {
        const json value = answer(text);
        SpecInfo info;
        info.name = value.at("name").get<std::string>();
        info.version = value.at("version").get<std::string>();
        info.release = value.at("release").get<std::string>();
        info.arch = value.at("arch").get<std::string>();
        info.nvr = value.at("nvr").get<std::string>();
        for (const json& source : value.at("sources")) {
            info.sources.push_back({source.at("url").get<std::string>(), source.at("file").get<std::string>(),
                                    source.at("is_patch").get<bool>()});
        }
        info.build_requires = value.at("build_requires").get<std::vector<std::string>>();
        for (const json& package : value.at("packages")) {
            info.packages.push_back({package.at("name").get<std::string>(), package.at("arch").get<std::string>(),
                                     package.at("file").get<std::string>()});
        }
        info.source_package = value.at("source_package").get<std::string>();
        info.source_folder = value.at("source_folder").get<std::string>();
        info.build_folder = value.at("build_folder").get<std::string>();
        info.expanded_stack = value.at("expanded_stack").get<std::string>();
        info.macros = value.at("macros").get<std::map<std::string, std::string>>();
        return info;
    });
}

BuildResult result_from_json(const std::string& text) {
    return understood("the rpm worker's answer", [&] {
        const json value = answer(text);
        BuildResult result;
        for (const json& path : value.at("written")) result.written.emplace_back(path.get<std::string>());
        return result;
    });
}

}  // namespace pystacks::rpm
