#include "python/interpreter.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::python {
namespace {

constexpr const char* cannot_ask = "cannot ask an interpreter";

constexpr std::array<std::pair<const char*, Trait>, 5> trait_names{
    {{"debug", Trait::debug},
     {"free_threaded", Trait::free_threaded},
     {"address_sanitizer", Trait::address_sanitizer},
     {"thread_sanitizer", Trait::thread_sanitizer},
     {"undefined_sanitizer", Trait::undefined_sanitizer}}};

/// What is between the first brace and the last.
std::string_view object_in(std::string_view output) {
    const std::size_t begin = output.find('{');
    const std::size_t end = output.rfind('}');
    return begin == std::string_view::npos || end == std::string_view::npos ? output
                                                                            : output.substr(begin, end - begin + 1);
}

}  // namespace

bool Interpreter::offers(const std::string& feature) const {
    const auto found = features.find(feature);
    return found != features.end() && found->second;
}

Interpreter interpreter_from_json(const std::string& executable, std::string_view output) {
    try {
        const nlohmann::json answer = parse_json(object_in(output));
        Interpreter result;
        result.executable = executable;
        answer.at("version").get_to(result.abi.version);
        for (const auto& [name, trait] : trait_names) {
            if (answer.at("traits").at(name).get<bool>()) result.abi.traits.add(trait);
        }
        answer.at("full_version").get_to(result.full_version);
        answer.at("suffixes").get_to(result.suffixes);
        answer.at("suffix").get_to(result.suffix);
        answer.at("ldversion").get_to(result.ldversion);
        result.pkgconfig = answer.at("pkgconfig").get<std::string>();
        answer.at("stdlib").get_to(result.stdlib);
        answer.at("dynload").get_to(result.dynload);
        answer.at("library").get_to(result.library);
        answer.at("library_file").get_to(result.library_file);
        answer.at("include").get_to(result.include);
        for (const auto& folder : answer.at("header_folders")) {
            result.header_folders.emplace_back(folder.get<std::string>());
        }
        answer.at("features").get_to(result.features);
        return result;
    } catch (const nlohmann::json::exception& problem) {
        throw Error(cannot_ask, executable, std::string("its answer cannot be read: ") + problem.what(),
                    "it said: " + std::string(trim(output.substr(0, 200))));
    }
}

Interpreter describe(const std::string& executable, const std::filesystem::path& templates) {
    process::Command command;
    command.arguments = {executable, "-sS", "-B", (templates / describe_script).string()};
    command.unset_environment = {"PYTHONPATH", "PYTHONHOME", "_PYTHON_SYSCONFIGDATA_NAME"};
    const process::Outcome outcome = process::run(command);
    if (outcome.end == process::Outcome::End::not_started) {
        throw Error(cannot_ask, executable, outcome.describe(),
                    "install its package, or define the macro pydebug_python or pydebug_interpreter as its path");
    }
    if (!outcome.succeeded()) throw Error(cannot_ask, executable, "it " + outcome.describe(), outcome.output);
    return interpreter_from_json(executable, outcome.output);
}

std::vector<ImportedName> imported_names(const Interpreter& interpreter, std::string_view file) {
    std::vector<ImportedName> names;
    for (const std::string& suffix : interpreter.suffixes) {
        if (file.size() <= suffix.size() || !file.ends_with(suffix)) continue;
        const std::string_view stem = file.substr(0, file.size() - suffix.size());
        // What is left over of another interpreter's tag has a dot; no name has.
        if (stem.find('.') == std::string_view::npos) names.push_back({std::string(stem), suffix});
    }
    std::stable_sort(names.begin(), names.end(),
                     [](const ImportedName& a, const ImportedName& b) { return a.suffix.size() > b.suffix.size(); });
    return names;
}

}  // namespace pystacks::python
