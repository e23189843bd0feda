#include "verify/plan_checks.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/expression.hpp"
#include "base/text.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::Needs;
using findings::Verdict;

/// What a script exits with when its subject is not offered, with the reason as the last line of its stdout; the
/// number is automake's for a skipped test.
constexpr int exit_not_offered = 77;
/// The same where this host, or the packages that were given, lack something that the check needs.
constexpr int exit_not_run = 78;
/// A longer line is matched by its beginning: std::regex needs stack for every character.
constexpr std::size_t longest_line = 2000;
constexpr std::size_t lines_shown = 15;

int matching_lines(const std::string& text, const std::string& expression) {
    const Expression compiled(expression);
    int count = 0;
    for (const std::string& line : split(text, '\n')) {
        if (compiled.is_in(line.substr(0, longest_line))) ++count;
    }
    return count;
}

/// A line for a table.
std::string last_line(const std::string& text) { return last_lines(text, 1).substr(0, longest_line); }

std::string seen_text(const scratch::InnerOutcome& outcome) {
    std::string seen = "it " + outcome.how.describe();
    const std::string output = last_lines(outcome.output, lines_shown);
    const std::string errors = last_lines(outcome.errors, lines_shown);
    if (!output.empty()) seen += "\nstdout ends with:\n" + output;
    if (!errors.empty()) seen += "\nstderr ends with:\n" + errors;
    return seen;
}

/// What stands for the path of one interpreter in arguments.
std::string variable_of(Target target) { return "${" + name_of(target) + "}"; }

/// The interpreter that a check of @p interpreter means by @p target: itself, or the nearest that it is a variant of,
/// or else that is a variant of it. Null when there is none.
const InstalledInterpreter* nearest(Target target, const InstalledInterpreter& interpreter, const Subject& subject) {
    std::string name = interpreter.configuration();
    for (std::size_t steps = 0; steps <= subject.packages.configurations().size(); ++steps) {
        const InstalledInterpreter* const found = subject.of(name);
        if (found != nullptr && includes(target, *found)) return found;
        const scratch::PackagedConfiguration* const configuration = subject.packages.configuration(name);
        if (configuration == nullptr) break;
        name = configuration->variant_of;
    }
    for (const scratch::PackagedConfiguration* variant : subject.packages.variants()) {
        const InstalledInterpreter* const found = subject.of(variant->name);
        const bool of_it = variant->variant_of == interpreter.configuration();
        if (of_it && found != nullptr && includes(target, *found)) return found;
    }
    return nullptr;
}

scratch::InnerCommand command_of(const PlannedCheck& check, const InstalledInterpreter& interpreter,
                                 const Subject& subject) {
    scratch::InnerCommand command;
    command.arguments = {interpreter.executable};
    command.arguments.insert(command.arguments.end(), check.options.begin(), check.options.end());
    if (check.script.empty()) {
        command.arguments.insert(command.arguments.end(), {"-c", check.code});
    } else {
        command.arguments.push_back(std::string(scratch::scripts_inside) + "/" + check.script);
    }
    for (std::string argument : check.arguments) {
        for (const Target other : single_targets) {
            if (argument.find(variable_of(other)) == std::string::npos) continue;
            const InstalledInterpreter* const named = nearest(other, interpreter, subject);
            argument = replace_all(argument, variable_of(other), named != nullptr ? named->executable : std::string());
        }
        command.arguments.push_back(std::move(argument));
    }
    command.environment = check.environment;
    command.time_limit_seconds = check.time_limit;
    return command;
}

struct Expectation {
    const char* stream;
    const std::string& text;
    const std::string& line;
    int lines;
};

/// What one stream lacks; empty when it is as expected.
std::string unmet(const Expectation& expectation) {
    if (expectation.line.empty()) return {};
    const int found = matching_lines(expectation.text, expectation.line);
    if (found >= expectation.lines) return {};
    return fmt::format("{} {} on {} that {} /{}/; there are {}", expectation.lines,
                       expectation.lines == 1 ? "line" : "lines", expectation.stream,
                       expectation.lines == 1 ? "matches" : "match", expectation.line, found);
}

/// What a check that passed has seen, in words: an answer alone says nothing to those who do not know the question.
std::string passed_text(const PlannedCheck& check, const std::string& output) {
    if (check.passed.empty()) return check.about;
    constexpr std::size_t longest_answer = 100;
    return replace_all(check.passed, "${answer}", last_line(output).substr(0, longest_answer));
}

Verdict judge(const PlannedCheck& check, const scratch::InnerCommand& command, const scratch::InnerOutcome& outcome) {
    using End = process::Outcome::End;
    if (outcome.how.end == End::exited && !check.script.empty()) {
        if (outcome.how.code == exit_not_offered) return Verdict::not_offered(last_line(outcome.output));
        if (outcome.how.code == exit_not_run) return Verdict::not_run(last_line(outcome.output));
    }
    const auto failure = [&](std::string reason, std::string expected) {
        return Verdict::fail(std::move(reason), std::move(expected), seen_text(outcome), command.text());
    };
    if (!outcome.how.succeeded()) {
        const std::string last = last_line(trim(outcome.errors).empty() ? outcome.output : outcome.errors);
        return failure("it " + outcome.how.describe() + (last.empty() ? "" : ": " + last), "exit status 0");
    }
    if (check.stdout_empty && !trim(outcome.output).empty()) {
        return failure("it writes to stdout: " + last_line(outcome.output), "nothing on stdout");
    }
    for (const Expectation& expectation :
         {Expectation{"stdout", outcome.output, check.stdout_line, check.stdout_lines},
          Expectation{"stderr", outcome.errors, check.stderr_line, check.stderr_lines}}) {
        if (std::string lack = unmet(expectation); !lack.empty()) return failure("not seen: " + lack, lack);
    }
    return Verdict::pass(passed_text(check, outcome.output));
}

Verdict run_planned(const PlannedCheck& check, const InstalledInterpreter& interpreter, const Subject& subject) {
    for (const NotOffered& row : check.not_offered) {
        if (row.holds_for(interpreter.abi.major(), interpreter.abi.minor()) &&
            (row.without.empty() || !interpreter.offers(row.without))) {
            return Verdict::not_offered(row.reason);
        }
    }
    const std::unique_ptr<scratch::Layer> layer = subject.layer_with_scripts();
    const scratch::InnerCommand command = command_of(check, interpreter, subject);
    return judge(check, command, scratch::run_inside(*layer, command));
}

std::vector<std::string> interpreters_of(const PlannedCheck& check, const InstalledInterpreter& interpreter,
                                         const Subject& subject) {
    std::vector<std::string> names{interpreter.configuration()};
    for (const std::string& argument : check.arguments) {
        for (const Target other : single_targets) {
            if (argument.find(variable_of(other)) == std::string::npos) continue;
            const InstalledInterpreter* const named = nearest(other, interpreter, subject);
            if (named != nullptr) names.push_back(named->configuration());
        }
    }
    return names;
}

}  // namespace

std::vector<Check> planned_checks(const std::vector<PlannedCheck>& plan, Subject& subject) {
    std::vector<Check> checks;
    for (const PlannedCheck& planned : plan) {
        for (const InstalledInterpreter& interpreter : subject.interpreters) {
            if (!includes(planned.on, interpreter)) continue;
            checks.push_back({planned.name + "@" + interpreter.configuration(), planned.about,
                              [&subject, &interpreter, planned] { return run_planned(planned, interpreter, subject); },
                              Needs::installation, interpreters_of(planned, interpreter, subject),
                              interpreter.cost(planned.cost)});
        }
    }
    return checks;
}

}  // namespace pystacks::verify
