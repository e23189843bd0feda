#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "build/merged_trees.hpp"
#include "build/stage_lock.hpp"
#include "build/stages.hpp"
#include "build/stamp.hpp"
#include "merge/linkage.hpp"
#include "process/command.hpp"
#include "python/imports.hpp"
#include "python/interpreter_in_tree.hpp"
#include "tree/elf.hpp"
#include "tree/tree.hpp"

namespace pystacks::build {
namespace {

constexpr double start_limit_seconds = 120;
constexpr double import_limit_seconds = 1800;

/// The interpreter of a configuration, started out of the merged tree.
process::Command interpreter(const StageContext& context, const stack::Configuration& configuration) {
    const stack::Bytecode& bytecode = context.stack.bytecode;
    process::Command command =
        python::command_of({context.layout.merged(), configuration.interpreter, bytecode.library_path, bytecode.home});
    command.arguments.insert(command.arguments.end(), {"-B", "-s"});
    for (const auto& [name, value] : context.child.values) command.environment.try_emplace(name, value);
    for (const std::string& name : context.child.unset) {
        if (!command.environment.contains(name)) command.unset_environment.push_back(name);
    }
    return command;
}

void check_start(const StageContext& context, const stack::Configuration& configuration) {
    process::Command command = interpreter(context, configuration);
    command.arguments.insert(command.arguments.end(), {"-c", "import sys"});
    command.time_limit_seconds = start_limit_seconds;
    process::run_checked(command, fmt::format("cannot start the {} interpreter", configuration.name));
}

/// The ELF files of a configuration that may be extension modules; its interpreter knows which are.
std::vector<std::string> candidates(const StageContext& context, const merge::Comparison& comparison,
                                    const std::string& name) {
    std::vector<std::string> result;
    for (const merge::PathVerdict& verdict : comparison.verdicts) {
        if (verdict.winner != name) continue;
        const fs::path file = context.layout.merged() / verdict.path.substr(1);
        std::error_code error;
        if (fs::symlink_status(file, error).type() != fs::file_type::regular || !tree::read_elf(file)) continue;
        result.push_back(file.string());
    }
    return result;
}

void check_imports(const StageContext& context, const stack::Configuration& configuration,
                   const merge::Comparison& comparison) {
    process::Command command = interpreter(context, configuration);
    command.arguments.push_back((context.scripts / python::import_script).string());
    python::ImportTask task;
    task.candidates = candidates(context, comparison, configuration.name);
    command.input = task.text();
    command.directory = context.layout.root();
    command.time_limit_seconds = import_limit_seconds;
    const fs::path log = context.layout.logs() / (configuration.name + "-import.log");
    const process::Outcome outcome = process::run(command);
    write_file_atomically(log, outcome.output);
    const python::ImportReport report = python::read_import_report(outcome, outcome.output);
    if (report.succeeded()) return;
    throw Error(fmt::format("modules of the {} configuration cannot be imported", configuration.name), log.string(),
                "\n  " + join(report.failures, "\n  "));
}

}  // namespace

void run_check(const StageContext& context) {
    const FileLock lock = lock_layout(context);
    const Stamps stamps(context.layout.stamps());
    const InputList merging = merge_key(context);
    if (!stamps.holds(merge_stamp, merging)) {
        throw Error("cannot check", context.layout.merged().string(), "the trees are not merged",
                    "Run %install first.");
    }
    InputList key;
    key.add("format", "1").add("merge", merging.digest());
    key.add_file(python::import_script, context.scripts / python::import_script);
    if (stamps.holds(check_stamp, key)) {
        post_skipped(context.progress, common_lane, "check");
        return;
    }
    make_directories(context.layout.logs());
    const ComparedTrees compared = compare_installs(context);
    run_phase(context.progress, common_lane, "check", {}, [&] {
        merge::check_linkage(compared.comparison,
                             tree::scan(context.layout.merged(), static_cast<unsigned>(context.jobs)));
        for (const stack::Configuration* configuration : context.stack.enabled_configurations()) {
            check_start(context, *configuration);
            check_imports(context, *configuration, compared.comparison);
        }
    });
    stamps.write(check_stamp, key);
}

}  // namespace pystacks::build
