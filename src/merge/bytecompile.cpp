#include "merge/bytecompile.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "merge/install_path.hpp"
#include "merge/merge.hpp"
#include "merge/script_progress.hpp"
#include "process/command.hpp"
#include "python/interpreter_in_tree.hpp"

namespace pystacks::merge {
namespace {

constexpr int status_complaints = 3;  // of both scripts
constexpr std::size_t most_lines_shown = 50;

process::Command script_command(const BytecodeJob& job, const stack::Configuration& configuration,
                                const std::string& script) {
    const auto& bytecode = job.stack.bytecode;
    std::vector<std::string> levels;
    for (const int level : bytecode.levels) levels.push_back(std::to_string(level));

    process::Command command =
        python::command_of({job.merged, configuration.interpreter, bytecode.library_path, bytecode.home});
    // Neither site nor the user's packages; and warnings about the sources are for those who write them.
    const std::vector<std::string> arguments{"-s",
                                             "-S",
                                             "-B",
                                             "-W",
                                             "ignore",
                                             (job.script_folder / script).string(),
                                             "--root=" + job.merged.string(),
                                             "--levels=" + join(levels, ","),
                                             "--exclude=" + bytecode.exclude,
                                             "--workers=" + std::to_string(std::max(1U, job.workers))};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.environment.insert({{"PYTHONHASHSEED", "0"}, {"LC_ALL", "C.UTF-8"}, {"TZ", "UTC"}});
    return command;
}

void require_present(const BytecodeJob& job, const stack::Configuration& configuration) {
    const auto require = [&job](const std::string& path, const std::string& key) {
        if (fs::exists(on_disk(job.merged, path))) return;
        throw Error(
            ErrorKind::usage, "cannot byte-compile", path,
            fmt::format("the merged tree has no such path, which {} of {} names", key, job.stack.file.string()));
    };
    require(configuration.interpreter, fmt::format("the interpreter of configuration {}", configuration.name));
    for (const auto& path : job.stack.bytecode.paths) require(path, "[bytecode] paths");
}

/// The first lines of what a script complained about.
std::string first_lines(const std::string& output) {
    auto lines = split(trim(output), '\n');
    const auto count = lines.size();
    if (count > most_lines_shown) {
        lines.resize(most_lines_shown);
        lines.push_back(fmt::format("… and {} more lines", count - most_lines_shown));
    }
    return "\n  " + join(lines, "\n  ");
}

/// Runs one of the two scripts; nothing when it is content, else its complaints.
std::string run_script(const BytecodeJob& job, const stack::Configuration& configuration, const std::string& script,
                       const std::string& phase, report::ProgressSink& progress) {
    require_present(job, configuration);
    auto command = script_command(job, configuration, script);
    ScriptProgress script_progress(phase, progress);
    command.arguments.push_back(fmt::format("--progress={}", script_progress.descriptor()));
    command.inherited_descriptors = {script_progress.descriptor()};
    const auto& paths = job.stack.bytecode.paths;
    command.arguments.insert(command.arguments.end(), paths.begin(), paths.end());

    const auto outcome = process::run(command);
    script_progress.finish();
    if (outcome.succeeded()) return {};
    if (outcome.end == process::Outcome::End::exited && outcome.code == status_complaints) return outcome.output;
    throw Error("cannot run the interpreter of " + configuration.name, configuration.interpreter,
                outcome.describe() + first_lines(outcome.output), "the command was: " + shell_join(command.arguments));
}

}  // namespace

void bytecompile(const BytecodeJob& job, report::ProgressSink& progress) {
    if (job.stack.bytecode.paths.empty()) return;
    const auto complaints = run_script(job, job.stack.base(), "bytecompile.py", "bytecode", progress);
    if (!complaints.empty())
        throw Error("cannot byte-compile", job.stack.base().name,
                    "Python refuses these sources:" + first_lines(complaints),
                    fmt::format("add sources that are not meant to compile to `exclude` of [bytecode] in {}",
                                job.stack.file.string()));
    normalise_metadata(job.merged, job.clamp_mtime);
}

void check_bytecode(const BytecodeJob& job, report::ProgressSink& progress) {
    if (job.stack.bytecode.paths.empty()) return;
    for (const auto* configuration : job.stack.enabled_configurations()) {
        if (configuration == &job.stack.base()) continue;
        const auto complaints = run_script(job, *configuration, "check_bytecode.py", "check bytecode", progress);
        if (!complaints.empty())
            throw Error("cannot share bytecode", configuration->name,
                        "its interpreter does not accept these files as they are:" + first_lines(complaints),
                        fmt::format("configurations whose bytecode differs from {}'s cannot share a library folder",
                                    job.stack.base().name));
    }
}

}  // namespace pystacks::merge
