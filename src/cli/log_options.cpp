#include "cli/log_options.hpp"

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "cli/arguments.hpp"

namespace pystacks::cli {
namespace {

bool for_people(const CLI::App& app) { return !app.get_group().empty(); }

}  // namespace

void add_log_options(CLI::App& app, LogOptions& options, const std::vector<std::string>* words) {
    constexpr const char* group = "Messages";
    const auto more = [&options](std::int64_t count) { options.verbose += count; };
    const auto quiet = [&options](std::int64_t count) { options.quiet = count > 0; };
    app.add_flag_function("-v,--verbose", more, "also show decisions and commands; -vv: everything")->group(group);
    app.add_flag_function("-q,--quiet", quiet, "only warnings and errors, no progress")->group(group);
    app.add_option("--log-file", options.log_file, "append messages to this file, with times")
        ->check(not_empty())
        ->type_name("FILE")
        ->group(group);
    app.add_option("--log-json", options.log_json, "append events to this file, as one JSON object per line")
        ->check(not_empty())
        ->type_name("FILE")
        ->group(group);
    for (CLI::App* command : app.get_subcommands([](CLI::App* each) { return for_people(*each); })) {
        if (Arguments(app, words).may_be_given(command->get_name())) add_log_options(*command, options, words);
    }
}

log::Settings log_settings(const LogOptions& options, int argc, const char* const* argv) {
    if (options.quiet && options.verbose > 0) {
        throw Error(ErrorKind::usage, "cannot understand the command line", "--quiet", "it contradicts --verbose",
                    "give one of them");
    }
    if (!options.log_file.empty() && options.log_file.lexically_normal() == options.log_json.lexically_normal()) {
        throw Error(ErrorKind::usage, "cannot understand the command line", "--log-json " + options.log_json.string(),
                    "--log-file has the same name, and a file for programs must have nothing else in it",
                    "give them different names");
    }
    log::Settings settings;
    if (options.quiet) settings.terminal = log::Level::warning;
    if (options.verbose > 0) settings.terminal = log::Level::debug;
    if (options.verbose > 1) settings.terminal = settings.file = log::Level::trace;
    settings.log_file = options.log_file;
    settings.log_json = options.log_json;
    settings.version = PYSTACKS_VERSION;
    settings.arguments.assign(argv, argv + argc);
    return settings;
}

}  // namespace pystacks::cli
