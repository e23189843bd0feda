#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "findings/finding_list.hpp"
#include "tree/parallel.hpp"
#include "tree/tree.hpp"
#include "verify/checks.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Needs;
using findings::Verdict;

/// What an import wrote, in a root where the importing user may write everywhere.
FindingList written_bytecode(const scratch::Layer& layer) {
    FindingList findings;
    for (const auto& [path, entry] : tree::scan(layer.upper(), 1).entries) {
        if (path.ends_with(".pyc") || path.ends_with(".pyo")) findings.add(path);
    }
    return findings;
}

/// One for each optimization whose bytecode has files of its own.
std::vector<scratch::InnerCommand> import_commands(const InstalledInterpreter& interpreter) {
    std::vector<scratch::InnerCommand> commands;
    for (const char* option : {"", "-O", "-OO"}) {
        if (interpreter.abi.major() < 3 && std::string_view(option) == "-OO") continue;  // shares .pyo with -O
        scratch::InnerCommand& command = commands.emplace_back();
        command.arguments = {interpreter.executable};
        if (*option != '\0') command.arguments.emplace_back(option);
        command.arguments.push_back(std::string(scratch::scripts_inside) + "/import_library.py");
        command.time_limit_seconds = 180;
    }
    return commands;
}

Verdict import_library(const Subject& subject, const InstalledInterpreter& interpreter) {
    const std::unique_ptr<scratch::Layer> layer = subject.layer_with_scripts();
    const std::vector<scratch::InnerCommand> commands = import_commands(interpreter);
    std::vector<scratch::InnerOutcome> outcomes(commands.size());
    tree::for_each_index(commands.size(), subject.threads,
                         [&](std::size_t each) { outcomes[each] = scratch::run_inside(*layer, commands[each]); });
    for (std::size_t each = 0; each < commands.size(); ++each) {
        const scratch::InnerOutcome& outcome = outcomes[each];
        if (outcome.how.succeeded()) continue;
        return Verdict::fail("the library does not import", "every module of the library imports",
                             "it " + outcome.how.describe() + "\n" + std::string(trim(outcome.errors)),
                             commands[each].text());
    }
    return written_bytecode(*layer).verdict(
        std::string(trim(outcomes.back().output)) + " imported; no bytecode was written",
        "bytecode files written at import", "the bytecode that the packages have is up to date for this interpreter",
        commands.back().text());
}

}  // namespace

std::vector<Check> bytecode_checks(Subject& subject) {
    std::vector<Check> checks;
    for (const InstalledInterpreter& interpreter : subject.interpreters) {
        checks.push_back({"bytecode.untouched@" + interpreter.configuration(),
                          "the whole library imports, with every optimization, and no bytecode is written",
                          [&subject, &interpreter] { return import_library(subject, interpreter); },
                          Needs::installation,
                          {interpreter.configuration()},
                          interpreter.cost(15)});
    }
    return checks;
}

}  // namespace pystacks::verify
