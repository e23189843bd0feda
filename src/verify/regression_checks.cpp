#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "stack/fields.hpp"
#include "stack/toml_text.hpp"
#include "verify/checks.hpp"
#include "verify/plan.hpp"
#include "verify/target.hpp"
#include "verify/test_names.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::Needs;
using findings::Verdict;

/// A test that fails, or that does not end, for a reason that is not the stack's.
struct KnownFailure {
    std::string test;  ///< of tests that do not end: a pattern of test methods, as regrtest's --ignore takes it
    Target on = Target::each;
    std::string from, until;
    std::string when;  ///< Python code that ends with 0 where the failure is to be expected; empty: always
    std::string reason;
};

/// regrtest.toml.
struct RegressionTests {
    std::vector<std::string> quick;
    std::vector<KnownFailure> known;
    std::vector<KnownFailure> endless;
};

/// A table of regrtest.toml, and the text of its target; empty: each.
struct Row : KnownFailure {
    std::string target;
};

stack::TableSchema<Row> schema(const char* name) {
    using stack::Need;
    return {name,
            {{"test", &KnownFailure::test, Need::not_empty},
             {"on", &Row::target},
             {"from", &KnownFailure::from},
             {"until", &KnownFailure::until},
             {"when", &KnownFailure::when, Need::optional, stack::Lines::many},
             {"reason", &KnownFailure::reason, Need::not_empty}},
            {}};
}

std::vector<KnownFailure> read_rows(const toml::table& document, const char* header, stack::Problems& problems) {
    std::vector<KnownFailure> rows;
    for (const stack::Item<Row>& item : stack::read_tables(document, schema(header), problems)) {
        KnownFailure& row = rows.emplace_back(item.value);
        if (!item.value.target.empty()) row.on = read_target(item.value.target, item.where("on"), problems);
    }
    return rows;
}

RegressionTests read_tests(const fs::path& file) {
    const stack::TableSchema<RegressionTests> head{
        "regrtest.toml", {{"quick", &RegressionTests::quick}}, {"known-failure", "endless"}};
    const toml::table document = stack::parse_toml(read_file(file), file);
    stack::Problems problems(file);
    RegressionTests tests;
    stack::read_table(document, head, tests, problems);
    tests.known = read_rows(document, "[[known-failure]]", problems);
    tests.endless = read_rows(document, "[[endless]]", problems);
    problems.throw_if_any();
    return tests;
}

bool is_packaged(const Subject& subject, const InstalledInterpreter& interpreter, const std::string& test) {
    const std::string path = interpreter.stdlib + "/test/" + test;
    return subject.packages.file(path + ".py") != nullptr || subject.packages.file(path + "/__init__.py") != nullptr;
}

/// Whether it is to be expected of this interpreter, on this host.
bool holds(const KnownFailure& known, const InstalledInterpreter& interpreter, const scratch::Layer& layer) {
    if (!includes(known.on, interpreter) ||
        !NotOffered{known.from, known.until, {}, {}}.holds_for(interpreter.abi.major(), interpreter.abi.minor())) {
        return false;
    }
    if (known.when.empty()) return true;
    return scratch::run_inside(layer, {.arguments = {interpreter.executable, "-c", known.when}}).how.succeeded();
}

bool is_known(const RegressionTests& tests, const InstalledInterpreter& interpreter, const scratch::Layer& layer,
              const std::string& test) {
    return std::any_of(tests.known.begin(), tests.known.end(), [&](const KnownFailure& known) {
        return known.test == test && holds(known, interpreter, layer);
    });
}

/// Some tests failed and the run came to its end: 2 from 3.7 on, 1 before. Other numbers say that it was interrupted,
/// or that no test ran.
bool ended_with_failures(const scratch::InnerOutcome& outcome) {
    return outcome.how.end == process::Outcome::End::exited && (outcome.how.code == 1 || outcome.how.code == 2);
}

/// The names that regrtest's summary lists below "2 tests failed:".
std::vector<std::string> failed_tests(const std::string& output) {
    std::vector<std::string> names;
    bool listed = false;
    for (const std::string& line : split(output, '\n')) {
        const std::string text{trim(line)};
        if (text.ends_with(" failed:") && text.find(" test") != std::string::npos) {
            listed = true;
        } else if (!line.starts_with(" ")) {
            listed = false;
        } else if (listed) {
            for (const std::string& name : split_words(text)) names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

scratch::InnerCommand regrtest(const InstalledInterpreter& interpreter, unsigned jobs,
                               const std::vector<std::string>& tests, const std::vector<std::string>& ignored) {
    scratch::InnerCommand command;
    command.arguments = {interpreter.executable, "-m", interpreter.abi.major() < 3 ? "test.regrtest" : "test",
                         "-j" + std::to_string(std::max(jobs, 1U))};
    if (interpreter.abi.major() >= 3) {
        // Seconds for one file of tests; python-debug on a busy machine takes minutes for some.
        command.arguments.emplace_back("--timeout=1800");
        for (const std::string& pattern : ignored) command.arguments.push_back("--ignore=" + pattern);
    }
    command.arguments.insert(command.arguments.end(), tests.begin(), tests.end());
    constexpr double quick_limit = 1200;
    constexpr double full_limit = 4 * 3600.0;
    command.time_limit_seconds = tests.empty() ? full_limit : quick_limit;
    return command;
}

std::vector<std::string> chosen_tests(const Subject& subject, const InstalledInterpreter& interpreter,
                                      const TestChoice& choice, const RegressionTests& data) {
    if (choice.kind == TestChoice::Kind::full) return {};
    std::vector<std::string> there;
    for (const std::string& test : choice.kind == TestChoice::Kind::quick ? data.quick : choice.names) {
        if (is_packaged(subject, interpreter, path_of_test(test))) there.push_back(test);
    }
    return there;
}

Verdict run_tests(const Subject& subject, const InstalledInterpreter& interpreter, const TestChoice& choice) {
    if (!is_packaged(subject, interpreter, "regrtest"))
        return Verdict::not_run("no package has CPython's tests (-test)");
    const RegressionTests data = read_tests(subject.scripts / "regrtest.toml");
    const std::vector<std::string> tests = chosen_tests(subject, interpreter, choice, data);
    if (tests.empty() && choice.kind != TestChoice::Kind::full)
        return Verdict::not_offered("no package has any of these tests");
    const std::unique_ptr<scratch::Layer> layer = subject.layer_with_scripts();
    // Other checks run beside it. As many at a time as there are checks at a time: the tests of the debug interpreter
    // run long after everything else has ended.
    std::vector<std::string> ignored;
    for (const KnownFailure& endless : data.endless) {
        if (holds(endless, interpreter, *layer)) ignored.push_back(endless.test);
    }
    const scratch::InnerCommand command = regrtest(interpreter, subject.threads, tests, ignored);
    const scratch::InnerOutcome outcome = scratch::run_inside(*layer, command);
    std::vector<std::string> unknown;
    std::vector<std::string> known;
    for (const std::string& name : failed_tests(outcome.output)) {
        (is_known(data, interpreter, *layer, name) ? known : unknown).push_back(name);
    }
    std::string note = known.empty() ? "" : ", known failures: " + join(known, " ");
    if (!ignored.empty()) note += ", left out because it would never end here: " + join(ignored, " ");
    const bool ended = outcome.how.succeeded() || (!known.empty() && ended_with_failures(outcome));
    if (ended && unknown.empty()) {
        return Verdict::pass((tests.empty() ? "all tests" : fmt::format("{} files of tests", tests.size())) + note);
    }
    constexpr std::size_t shown = 60;
    return Verdict::fail(unknown.empty() ? "the tests " + outcome.how.describe() : "failed: " + join(unknown, " "),
                         "no test fails except those in regrtest.toml, which gives reasons",
                         last_lines(outcome.output, shown), command.text());
}

}  // namespace

std::vector<Check> regression_checks(Subject& subject, const VerificationRequest& request) {
    constexpr int several_minutes = 3000;
    std::vector<Check> checks;
    if (request.regrtest.kind == TestChoice::Kind::none) return checks;
    for (const InstalledInterpreter& interpreter : subject.interpreters) {
        checks.push_back(
            {"regrtest@" + interpreter.configuration(),
             "CPython's own regression tests pass",
             [&subject, &interpreter, choice = request.regrtest] { return run_tests(subject, interpreter, choice); },
             Needs::installation,
             {interpreter.configuration()},
             interpreter.cost(several_minutes)});
    }
    return checks;
}

}  // namespace pystacks::verify
