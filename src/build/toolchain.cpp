#include "build/toolchain.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::build {
namespace {

std::string first_line_of_version(std::vector<std::string> program, const ChildEnvironment& child,
                                  const std::string& hint) {
    const std::string name = program.front();
    program.emplace_back("--version");
    process::Command command;
    command.arguments = std::move(program);
    command.environment = child.values;
    command.unset_environment = child.unset;
    command.time_limit_seconds = 60;
    const process::Outcome outcome = process::run(command);
    if (outcome.end == process::Outcome::End::not_started) {
        throw Error("cannot build", name, outcome.describe(), hint);
    }
    if (!outcome.succeeded()) {
        throw Error("cannot build", name + " --version", outcome.describe() + ": " + std::string(trim(outcome.output)), hint);
    }
    return std::string(trim(split(outcome.output, '\n').front()));
}

}  // namespace

Toolchain toolchain(const ChildEnvironment& child, const Environment& environment) {
    const auto cc = environment.find("CC");
    std::vector<std::string> compiler = split_words(cc == environment.end() ? std::string_view("gcc") : std::string_view(cc->second));
    if (compiler.empty()) compiler = {"gcc"};
    Toolchain result;
    result.compiler = first_line_of_version(compiler, child, "Install the C compiler (package gcc); `pystacks doctor` lists what is missing.");
    result.make = first_line_of_version({"make"}, child, "Install GNU make (package make); `pystacks doctor` lists what is missing.");
    return result;
}

}  // namespace pystacks::build
