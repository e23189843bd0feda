#include "scratch/inside.hpp"

#include <atomic>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "scratch/machine_view.hpp"

namespace pystacks::scratch {
namespace {

/// What a shell of a new user would have; python finds nothing else of the machine's settings.
const std::map<std::string, std::string>& bare_environment() {
    static const std::map<std::string, std::string> variables{
        {"PATH", "/usr/bin:/bin:/usr/sbin:/sbin"}, {"HOME", "/tmp"}, {"LC_ALL", "C.UTF-8"}, {"TERM", "dumb"}};
    return variables;
}

}  // namespace

std::string InnerCommand::text() const {
    std::string line;
    for (const auto& [name, value] : environment) line += name + "=" + shell_quote(value) + " ";
    return line + shell_join(arguments);
}

std::string InnerOutcome::said() const { return std::string(trim(output + errors)); }

std::string InnerOutcome::reason() const { return "it " + how.describe() + "\n" + said(); }

namespace {

/// A name that nobody inside can know of, and that two commands at a time do not share.
fs::path new_error_log(const fs::path& folder) {
    static std::atomic<unsigned> last = 0;
    return folder / fmt::format("stderr-{}", ++last);
}

InnerOutcome run_in(sandbox::Sandbox sandbox, const fs::path& folder, const InnerCommand& command) {
    process::Command outer;
    outer.arguments = command.arguments;
    std::string& program = outer.arguments.front();
    const bool is_name = program.find('/') == std::string::npos;
    if (const auto found = is_name ? process::find_program(program) : std::nullopt) program = found->string();
    outer.directory = "/tmp";
    outer.environment = bare_environment();
    for (const auto& [name, value] : command.environment) outer.environment[name] = value;
    outer.sandbox = std::move(sandbox);
    outer.log = command.log;
    if (command.log.empty()) outer.error_log = new_error_log(folder);
    outer.input = command.input;
    outer.time_limit_seconds = command.time_limit_seconds;
    InnerOutcome outcome;
    outcome.how = process::run(outer);
    outcome.output = std::move(outcome.how.output);
    if (command.log.empty()) {
        outcome.errors = read_file(outer.error_log);
        remove_tree(outer.error_log);
    }
    return outcome;
}

sandbox::Sandbox root_of(const Layer& layer) {
    sandbox::Sandbox sandbox;
    sandbox.shows = {{sandbox::Shown::How::writable, layer.root(), "/"}};
    return sandbox;
}

}  // namespace

InnerOutcome run_inside(const Layer& layer, const InnerCommand& command) {
    return run_in(root_of(layer), layer.root().parent_path(), command);
}

InnerOutcome run_beside(const Layer& layer, const InnerCommand& command, const std::vector<sandbox::Shown>& shows) {
    sandbox::Sandbox sandbox = machine_view();
    sandbox.shows.push_back({sandbox::Shown::How::writable, layer.root(), root_beside});
    sandbox.shows.insert(sandbox.shows.end(), shows.begin(), shows.end());
    sandbox.inner_root = root_beside;
    return run_in(std::move(sandbox), layer.root().parent_path(), command);
}

InnerOutcome run_reader(const fs::path& folder, const InnerCommand& command, const std::vector<sandbox::Shown>& shows) {
    sandbox::Sandbox sandbox = machine_view();
    sandbox.shows.insert(sandbox.shows.end(), shows.begin(), shows.end());
    return run_in(std::move(sandbox), folder, command);
}

int enter(const Layer& layer, const std::vector<std::string>& command) {
    process::Command shell;
    shell.arguments = command;
    if (shell.arguments.empty()) shell.arguments = {"/bin/sh", "-i"};
    shell.directory = "/tmp";
    shell.environment = bare_environment();
    shell.environment["HOME"] = rpm_home;  // rpm is used in the shell too
    shell.sandbox = root_of(layer);
    shell.sandbox->terminal = true;
    return process::run_on_terminal(shell);
}

void bring_templates(Layer& layer, const fs::path& templates) { layer.show(templates, templates_inside); }

}  // namespace pystacks::scratch
