#include "extension/interpreter.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::extension {
namespace {

constexpr const char* cannot_ask = "cannot ask an interpreter";

}  // namespace

Interpreter interpreter_from_json(const std::filesystem::path& path, std::string_view json) {
    try {
        const auto answer = parse_json(json);
        Interpreter result;
        result.path = path;
        result.version = answer.at("version").get<std::string>();
        result.debug = answer.at("debug").get<bool>();
        result.suffixes = answer.at("suffixes").get<std::vector<std::string>>();
        result.suffix = answer.at("suffix").get<std::string>();
        result.ldversion = answer.at("ldversion").get<std::string>();
        result.pkgconfig = answer.at("pkgconfig").get<std::string>();
        for (const std::string& folder : answer.value("include", std::vector<std::string>())) {
            result.include.emplace_back(folder);
        }
        return result;
    } catch (const nlohmann::json::exception& problem) {
        throw Error(cannot_ask, path.string(), std::string("its answer cannot be read: ") + problem.what(),
                    "it said: " + std::string(trim(json)));
    }
}

Interpreter describe(const std::filesystem::path& path, const std::filesystem::path& scripts) {
    process::Command command;
    command.arguments = {path.string(), "-sS", "-B", (scripts / "describe.py").string()};
    command.unset_environment = {"PYTHONPATH", "PYTHONHOME", "_PYTHON_SYSCONFIGDATA_NAME"};
    const process::Outcome outcome = process::run(command);
    if (outcome.end == process::Outcome::End::not_started) {
        throw Error(cannot_ask, path.string(), outcome.describe(),
                    "install its package, or define the macro pydebug_python or pydebug_interpreter as its path");
    }
    if (!outcome.succeeded()) throw Error(cannot_ask, path.string(), "it " + outcome.describe(), outcome.output);
    // Python 2.7's debug build adds its reference count to standard error at the end.
    const std::size_t begin = outcome.output.find('{');
    const std::size_t end = outcome.output.rfind('}');
    if (begin == std::string::npos || end == std::string::npos) return interpreter_from_json(path, outcome.output);
    return interpreter_from_json(path, std::string_view(outcome.output).substr(begin, end - begin + 1));
}

Interpreters matched(Interpreter release, Interpreter debug) {
    const auto refuse = [](const Interpreter& which, const std::string& reason) {
        throw Error(ErrorKind::usage, "cannot make a debug build", which.path.string(), reason,
                    "pydebug_python is the release interpreter, pydebug_interpreter the debug one");
    };
    if (release.debug) refuse(release, "it is a debug build, and should be the release interpreter");
    if (!debug.debug) refuse(debug, "it is not a debug build: it does not count references");
    if (release.version != debug.version) {
        refuse(debug, "it is Python " + debug.version + ", but " + release.path.string() + " is " + release.version);
    }
    if (release.suffix == debug.suffix) {
        refuse(debug, "both interpreters name their modules *" + debug.suffix + ", so they cannot be in one folder");
    }
    return {std::move(release), std::move(debug)};
}

Interpreters describe_both(const std::filesystem::path& release, const std::filesystem::path& debug,
                           const std::filesystem::path& scripts) {
    return matched(describe(release, scripts), describe(debug, scripts));
}

std::vector<ModuleName> module_names(const Interpreter& interpreter, std::string_view file) {
    std::vector<ModuleName> names;
    for (const std::string& suffix : interpreter.suffixes) {
        if (file.size() <= suffix.size() || !file.ends_with(suffix)) continue;
        const std::string_view stem = file.substr(0, file.size() - suffix.size());
        // What is left over of another interpreter's tag has a dot; no name has.
        if (stem.find('.') == std::string_view::npos) names.push_back({std::string(stem), suffix});
    }
    std::stable_sort(names.begin(), names.end(),
                     [](const ModuleName& a, const ModuleName& b) { return a.suffix.size() > b.suffix.size(); });
    return names;
}

}  // namespace pystacks::extension
