#include "scratch/inside.hpp"

#include <cerrno>
#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

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

InnerOutcome run_inside(const Layer& layer, const InnerCommand& command) {
    const fs::path error_log = layer.root() / "tmp/.stderr";
    remove_tree(error_log);
    process::Command outer;
    outer.arguments = {"chroot", layer.root().string(), "/usr/bin/env", "-i", "--chdir=/tmp"};
    std::map<std::string, std::string> environment = bare_environment();
    for (const auto& [name, value] : command.environment) environment[name] = value;
    for (const auto& [name, value] : environment) outer.arguments.push_back(name + "=" + value);
    outer.arguments.insert(outer.arguments.end(), command.arguments.begin(), command.arguments.end());
    outer.environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
    outer.log = command.log;
    if (command.log.empty()) outer.error_log = error_log;
    outer.input = command.input;
    outer.time_limit_seconds = command.time_limit_seconds;
    InnerOutcome outcome;
    outcome.how = process::run(outer);
    outcome.output = std::move(outcome.how.output);
    if (command.log.empty()) outcome.errors = read_file(error_log);
    return outcome;
}

int enter(const Layer& layer, const std::vector<std::string>& command) {
    std::vector<std::string> arguments = command;
    if (arguments.empty()) arguments = {"/bin/sh", "-i"};
    std::vector<std::string> variables;
    for (const auto& [name, value] : bare_environment()) {
        variables.push_back(name + "=" + (name == "HOME" ? rpm_home : value));  // rpm is used in the shell too
    }
    std::vector<char*> argument_pointers, variable_pointers;
    for (std::string& text : arguments) argument_pointers.push_back(text.data());
    for (std::string& text : variables) variable_pointers.push_back(text.data());
    argument_pointers.push_back(nullptr);
    variable_pointers.push_back(nullptr);
    const pid_t child = ::fork();
    if (child < 0) throw system_error(errno, "cannot start", arguments.front());
    if (child == 0) {
        // Nothing but exec: it stays in our process group, whose terminal it uses. Shells leave their children what
        // they find ignored.
        ::signal(SIGINT, SIG_DFL);
        ::signal(SIGPIPE, SIG_DFL);
        if (::chroot(layer.root().c_str()) == 0 && ::chdir("/tmp") == 0) {
            ::execvpe(argument_pointers.front(), argument_pointers.data(), variable_pointers.data());
        }
        ::_exit(127);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void bring_scripts(Layer& layer, const fs::path& scripts) { layer.show(scripts, scripts_inside); }

}  // namespace pystacks::scratch
