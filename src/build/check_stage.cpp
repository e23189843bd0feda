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
#include "tree/elf.hpp"
#include "tree/tree.hpp"

namespace pystacks::build {
namespace {

constexpr const char* script_name = "import_modules.py";
constexpr double start_limit_seconds = 120;
constexpr double import_limit_seconds = 1800;

/// The interpreter of a configuration, started out of the merged tree.
process::Command interpreter(const StageContext& context, const stack::Configuration& configuration) {
    const stack::Bytecode& bytecode = context.stack.bytecode;
    const auto in_tree = [&](const std::string& path) { return context.layout.merged().string() + path; };
    process::Command command;
    command.arguments = {in_tree(configuration.interpreter), "-B", "-s"};
    command.environment = context.child.values;
    command.unset_environment = context.child.unset;
    if (!bytecode.library_path.empty()) command.environment["LD_LIBRARY_PATH"] = in_tree(bytecode.library_path);
    if (!bytecode.home.empty()) command.environment["PYTHONHOME"] = in_tree(bytecode.home);
    command.environment["PYTHONDONTWRITEBYTECODE"] = "1";
    std::erase_if(command.unset_environment, [&](const auto& name) { return command.environment.contains(name); });
    return command;
}

void check_start(const StageContext& context, const stack::Configuration& configuration) {
    process::Command command = interpreter(context, configuration);
    command.arguments.insert(command.arguments.end(), {"-c", "import sys"});
    command.time_limit_seconds = start_limit_seconds;
    process::run_checked(command, fmt::format("cannot start the {} interpreter", configuration.name));
}

/// The ELF files of a configuration that may be extension modules; its interpreter knows which are.
std::string candidates(const StageContext& context, const merge::Comparison& comparison, const std::string& name) {
    std::string result;
    for (const merge::PathVerdict& verdict : comparison.verdicts) {
        if (verdict.winner != name || verdict.path.find('\n') != std::string::npos) continue;
        const fs::path file = context.layout.merged() / verdict.path.substr(1);
        std::error_code error;
        if (fs::symlink_status(file, error).type() != fs::file_type::regular || !tree::read_elf(file)) continue;
        result += file.string() + "\n";
    }
    return result;
}

void check_imports(const StageContext& context, const stack::Configuration& configuration,
                   const merge::Comparison& comparison) {
    process::Command command = interpreter(context, configuration);
    command.arguments.push_back((context.scripts / script_name).string());
    command.input = candidates(context, comparison, configuration.name);
    command.directory = context.layout.root();
    command.time_limit_seconds = import_limit_seconds;
    const fs::path log = context.layout.logs() / (configuration.name + "-import.log");
    const process::Outcome outcome = process::run(command);
    write_file_atomically(log, outcome.output);
    if (outcome.succeeded()) return;

    std::vector<std::string> failures;
    std::string last;
    for (const std::string& line : split(outcome.output, '\n')) {
        if (line.starts_with("failed ")) failures.push_back(line.substr(7));
        if (line.starts_with("import ")) last = line.substr(7);
    }
    if (outcome.end != process::Outcome::End::exited)
        failures.push_back(last + ": the interpreter " + outcome.describe());
    if (failures.empty()) failures.push_back(outcome.describe() + "\n" + outcome.output);
    throw Error(fmt::format("modules of the {} configuration cannot be imported", configuration.name), log.string(),
                "\n  " + join(failures, "\n  "));
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
    key.add_file(script_name, context.scripts / script_name);
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
