#include "catch.hpp"
#include "sample.hpp"
#include "stack/stack.hpp"

using namespace pystacks::stack;
using sample::problems;
using sample::text_and;
using Lines = std::vector<std::string>;

namespace {

/// The text with one step, whose header is in line 23 and whose first key is in line 25.
std::string with_step(const std::string& keys) { return text_and("[[install-step]]\nreason = \"r\"\n" + keys); }

InstallStep step(const std::string& keys) {
    auto stack = parse(with_step(keys), "stack.toml");
    REQUIRE(stack.install_steps.size() == 1);
    return stack.install_steps.front();
}

template <class Action>
Action action(const std::string& keys) {
    const InstallStep parsed = step(keys);
    const auto* found = std::get_if<Action>(&parsed.action);
    REQUIRE(found != nullptr);
    return *found;
}

}  // namespace

TEST_CASE("each action is told by its key") {
    CHECK(action<MoveStep>("move = \"/a\"\nto = \"/b\"\n").to == "/b");
    CHECK(action<CopyStep>("copy = \"Tools/a\"\nto = \"/b\"\n").mode == 0644);
    CHECK(action<CopyStep>("copy = \"Tools/a\"\nto = \"/b\"\nmode = \"0755\"\n").mode == 0755);
    CHECK(action<WriteStep>("write = \"/a\"\ntext = \"\"\"\nx\n\"\"\"\n").text == "x\n");
    CHECK(action<SymlinkStep>("symlink = \"/a\"\ntarget = \"b\"\n").target == "b");
    CHECK(action<DirectoryStep>("directory = \"/a\"\n").path == "/a");
    CHECK(action<RemoveStep>("remove = [\"/a\", \"**/b\"]\n").patterns.size() == 2);
    const auto substitute = action<SubstituteStep>("substitute = \"/a/*\"\nfind = \"x\"\nreplace = \"\"\n");
    CHECK(substitute.find == "x");
    CHECK(substitute.replace.empty());
    CHECK(action<ShebangStep>("shebang = [\"/a/*\"]\ninterpreter = \"/p\"\n").interpreter == "/p");
}

TEST_CASE("what every step can have") {
    const InstallStep parsed = step("remove = []\nconfigurations = [\"debug\"]\nif = \"%{with x}\"\n");
    CHECK(parsed.configurations == Lines{"debug"});
    CHECK(parsed.condition.expression == "%{with x}");
    CHECK(parsed.condition.place.line == 27);
    CHECK(parsed.place.line == 23);
    CHECK(parsed.reason == "r");
}

TEST_CASE("a step has one action") {
    CHECK(problems(with_step("")) == Lines{"23:1: [[install-step]] has no action: it needs 'move', 'copy', 'write', "
                                           "'symlink', 'directory', 'remove', 'substitute' or 'shebang'"});
    CHECK(problems(with_step("move = \"/a\"\nto = \"/b\"\nremove = []\n")) ==
          Lines{"23:1: [[install-step]] has more than one action, 'move' and 'remove': write one step for each"});
    // A misspelled action is not missing as well.
    CHECK(problems(with_step("symlnk = \"/a\"\ntarget = \"b\"\n")) ==
          Lines{"25:1: unknown key 'symlnk' in [[install-step]]; did you mean 'symlink'?"});
}

TEST_CASE("an action needs its keys, and no others") {
    CHECK(problems(with_step("move = \"/a\"\n")) == Lines{"23:1: [[install-step]] with 'move' lacks 'to'"});
    CHECK(problems(with_step("substitute = \"/a\"\nfind = \"x\"\n")) ==
          Lines{"23:1: [[install-step]] with 'substitute' lacks 'replace'"});
    CHECK(problems(with_step("remove = []\nmode = \"0644\"\n")) ==
          Lines{"26:1: 'mode' has no meaning beside 'remove'"});
    CHECK(problems(with_step("substitute = \"/a\"\nfind = \"\"\nreplace = \"x\"\n")) ==
          Lines{"26:8: 'find' must not be empty"});
    CHECK(problems(text_and("[[install-step]]\nremove = []\n")) ==
          Lines{"23:1: [[install-step]] lacks the required key 'reason'"});
}

TEST_CASE("modes are octal, without set-id bits") {
    for (const std::string mode : {"rwx", "4755", "0888", "7", "00755", ""}) {
        CHECK(problems(with_step("copy = \"a\"\nto = \"/b\"\nmode = \"" + mode + "\"\n")) ==
              Lines{"27:8: 'mode' must be an octal number from \"0000\" to \"0777\", found '" + mode + "'"});
    }
    CHECK(problems(with_step("copy = \"a\"\nto = \"/b\"\nmode = 755\n")) ==
          Lines{"27:8: 'mode' must be a string, found an integer"});
}

TEST_CASE("steps stay in the buildroot and in the source tree") {
    CHECK(problems(with_step("copy = \"/etc/passwd\"\nto = \"b\"\n")) ==
          Lines{"25:8: 'copy' must be relative to the source tree, found '/etc/passwd'",
                "26:6: 'to' must be an absolute path, found 'b'"});
    CHECK(problems(with_step("copy = \"a/../../b\"\nto = \"/b\"\n")) ==
          Lines{"25:8: 'copy' must not lead out of the source tree, found 'a/../../b'"});
    CHECK(problems(with_step("move = \"/a\"\nto = \"/usr/../../b\"\n")) ==
          Lines{"26:6: 'to' must not contain '..', found '/usr/../../b'"});
    CHECK(problems(with_step("remove = [\"lib\"]\n")) ==
          Lines{"25:10: 'remove' can match no path: 'lib' starts with neither / nor **/"});
    CHECK(problems(with_step("move = \"%{_bindir}/a\"\nto = \"${bindir}/b\"\n")) == Lines{});
}

TEST_CASE("the configurations of a step") {
    CHECK(problems(with_step("remove = []\nconfigurations = [\"debag\"]\n")) ==
          Lines{"26:18: 'configurations' names no [[configuration]]: 'debag'; did you mean 'debug'?"});
    CHECK(problems(with_step("remove = []\nconfigurations = [\"\"]\n")) ==
          Lines{"26:18: 'configurations' is empty: leave it out for all of them, use 'if' to switch the step off"});
}
