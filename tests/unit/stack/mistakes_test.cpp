#include <string>
#include <vector>

#include "base/error.hpp"
#include "catch.hpp"
#include "sample.hpp"
#include "stack/stack.hpp"

using sample::problems;
using sample::text_and;
using sample::text_with;
using Lines = std::vector<std::string>;

TEST_CASE("the sample is in order") { CHECK(problems(sample::text()) == Lines{}); }

TEST_CASE("unknown keys are shown with the nearest known one") {
    CHECK(problems(text_and("[build]\nconfigre = []\n")) ==
          Lines{"24:1: unknown key 'configre' in [build]; did you mean 'configure'?"});
    CHECK(problems(text_and("[build]\nzzz = 1\n")) == Lines{"24:1: unknown key 'zzz' in [build]"});
    CHECK(problems(text_and("[[aliass]]\n")) == Lines{"23:3: unknown key 'aliass'; did you mean 'alias'?"});
    CHECK(problems(text_and("[build.make]\ntarget = []\n")) ==
          Lines{"24:1: unknown key 'target' in [build.make]; did you mean 'targets'?"});
    // Nobody needs to hear that the key is missing which the misspelled one was meant to be.
    CHECK(problems(text_with("license =", "licence =")) ==
          Lines{"6:1: unknown key 'licence' in [stack]; did you mean 'license'?"});
}

TEST_CASE("control characters of the input do not reach the terminal") {
    CHECK(problems(text_and("[build]\n\"\\u001b[2J\" = 1\n")) == Lines{"24:1: unknown key '\\x1b[2J' in [build]"});
    const std::string long_name(3000, 'x');
    CHECK(problems(text_and("[build]\n" + long_name + " = 1\n")) ==
          Lines{"24:1: unknown key '" + std::string(100, 'x') + "…' in [build]"});
}

TEST_CASE("wrong types say what was expected and what was found") {
    CHECK(problems(text_with("name = \"optimized\"", "name = 1")) ==
          Lines{"11:8: 'name' must be a string, found an integer"});
    CHECK(problems(text_with("main = true", "main = \"yes\"")) ==
          Lines{"18:1: no [[package]] has 'main = true'", "20:8: 'main' must be a boolean, found a string"});
    CHECK(problems(text_with("[\"/usr/**\"]", "\"/usr/**\"")) ==
          Lines{"22:9: 'files' must be an array of strings, found a string"});
    CHECK(problems(text_with("[\"/usr/**\"]", "[\"/usr/**\", 3]")) ==
          Lines{"22:21: item 2 of 'files' must be a string, found an integer"});
    CHECK(problems(text_and("[bytecode]\npaths = []\nlevels = \"0\"\n")) ==
          Lines{"25:10: 'levels' must be an array of integers, found a string"});
    CHECK(problems(text_and("[bytecode]\npaths = []\nlevels = [0, 1.5]\n")) ==
          Lines{"25:14: item 2 of 'levels' must be an integer, found a floating-point number"});
    CHECK(problems(text_and("[build.environment]\nCFLAGS = 3\n")) ==
          Lines{"24:10: 'CFLAGS' must be a string, found an integer"});
    CHECK(problems(text_and("[build]\nenvironment = \"a\"\n")) ==
          Lines{"24:15: 'environment' must be a table of strings, found a string"});
    CHECK(problems(text_and("[[patch]]\nfile = \"a\"\nif = true\n")) ==
          Lines{"25:6: 'if' must be a string, found a boolean"});
    CHECK(problems(text_and("[[patch]]\nfile = \"a\"\nstrip = 99999999999\n")) ==
          Lines{"25:9: 'strip' is out of range: 99999999999"});
}

TEST_CASE("one table where several are meant, and the reverse") {
    CHECK(problems(text_and("[patch]\nfile = \"a\"\n")) ==
          Lines{"23:1: 'patch' must be an array of tables, each written [[patch]], found a table"});
    CHECK(problems(text_and("[[build]]\n")) ==
          Lines{"23:1: 'build' must be a table, written [build], found an array of tables"});
    CHECK(problems("patch = 1\n" + sample::text()).front() ==
          "1:9: 'patch' must be an array of tables, each written [[patch]], found an integer");
    CHECK(problems(text_and("[build]\nmake = \"all\"\n")) ==
          Lines{"24:8: 'make' must be a table, written [build.make], found a string"});
}

TEST_CASE("required keys that are missing or empty") {
    CHECK(problems(text_with("version = \"1.0\"\n", "")) == Lines{"2:1: [stack] lacks the required key 'version'"});
    CHECK(problems(text_with("version = \"1.0\"", "version = \"\"")) == Lines{"4:11: 'version' must not be empty"});
    CHECK(problems(text_and("[[patch]]\n")) == Lines{"23:1: [[patch]] lacks the required key 'file'"});
    CHECK(problems(text_and("[[rule]]\npath = \"/a\"\nwinner = \"debug\"\n")) ==
          Lines{"23:1: [[rule]] lacks the required key 'reason'"});
    CHECK(problems("") == Lines{"1:1: the required key 'format' is missing", "1:1: the table [stack] is missing",
                                "1:1: there is no [[configuration]]", "1:1: no [[package]] has 'main = true'"});
}

TEST_CASE("another format is refused") {
    CHECK(problems(text_with("format = 1", "format = 2")) ==
          Lines{"1:10: 'format' is 2; this pystacks reads format 1"});
}

TEST_CASE("names and versions that rpm would refuse") {
    CHECK(problems(text_with("name = \"tiny\"\nversion", "name = \"ti ny\"\nversion")) ==
          Lines{"3:8: 'name' may contain letters, digits and ._+- only, found 'ti ny'"});
    CHECK(problems(text_with("version = \"1.0\"", "version = \"1.0-2\"")) ==
          Lines{"4:11: 'version' may contain letters, digits and ._+~^ only, found '1.0-2'"});
    CHECK(problems(text_with("version = \"1.0\"", "version = \"1..0\"")) ==
          Lines{"4:11: 'version' must not contain '..', found '1..0'"});
    CHECK(problems(text_with("name = \"optimized\"", "name = \"../optimized\"")) ==
          Lines{"11:8: 'name' must start with a letter, a digit or _, found '../optimized'"});
    CHECK(problems(text_and("[[bcond]]\nname = \"debug-build\"\ndefault = \"1\"\nhelp = \"h\"\n")) ==
          Lines{"24:8: 'name' must be letters, digits and _, and no digit first, found 'debug-build'"});
    // What rpm has yet to expand cannot be judged.
    CHECK(problems(text_with("version = \"1.0\"", "version = \"%{upstream}-\"")) == Lines{});
}

TEST_CASE("names that are given twice") {
    CHECK(problems(text_with("name = \"debug\"", "name = \"optimized\"")) ==
          Lines{"15:8: a second [[configuration]] is named 'optimized'; the first is in tiny/stack.toml:10"});
    CHECK(problems(text_and("[[macro]]\nname = \"m\"\nvalue = \"\"\n[[macro]]\nname = \"m\"\nvalue = \"\"\n")) ==
          Lines{"27:8: a second [[macro]] is named 'm'; the first is in tiny/stack.toml:23"});
    CHECK(problems(text_and("[[package]]\nname = \"tiny\"\nmain = true\nsummary = \"s\"\nfiles = []\n")) ==
          Lines{"24:8: a second [[package]] is named 'tiny'; the first is in tiny/stack.toml:18",
                "25:8: a second [[package]] is 'main'; the first is 'tiny' in tiny/stack.toml:18"});
}

TEST_CASE("configurations that other tables mention must exist") {
    CHECK(problems(text_and("[[rule]]\npath = \"/a\"\nwinner = \"optimised\"\nreason = \"r\"\n")) ==
          Lines{"25:10: 'winner' names no [[configuration]]: 'optimised'; did you mean 'optimized'?"});
}

TEST_CASE("sources that nobody could check") {
    const std::string sum(64, 'a');
    CHECK(problems(text_and("[[source]]\nurl = \"https://host.example/a.tar.xz\"\n")) ==
          Lines{"23:1: [[source]] has a URL but no 'sha256' to check what comes from there"});
    CHECK(problems(text_and("[[source]]\nurl = \"https://host.example/a\"\nsha256 = \"abc\"\n")) ==
          Lines{"25:10: 'sha256' must be 64 hexadecimal digits, found 'abc'"});
    CHECK(problems(text_and("[[source]]\nurl = \"https://host.example/\"\nsha256 = \"" + sum + "\"\n")) ==
          Lines{"24:7: 'url' names no file: 'https://host.example/'"});
    CHECK(problems(text_and("[[source]]\nurl = \"https://host.example/a/..\"\nsha256 = \"" + sum + "\"\n")) ==
          Lines{"24:7: 'url' names no file: 'https://host.example/a/..'"});
    CHECK(problems(text_and("[[source]]\nurl = \"https://host.example/a\"\nsha256 = \"" + sum +
                            "\"\nsignature = \"https://host.example/..?a\"\nkeyring = \"keys.asc\"\n")) ==
          Lines{"26:13: 'signature' names no file: 'https://host.example/..?a'"});
    CHECK(problems(text_and("[[source]]\nurl = \"beside.txt\"\nkeyring = \"keys.asc\"\n")) ==
          Lines{"25:11: 'keyring' without 'signature': there is nothing to check with it"});
    CHECK(problems(text_and("[[source]]\nurl = \"beside.txt\"\nsignature = \"a.asc\"\n")) ==
          Lines{"25:13: 'signature' without 'keyring': it is not known who may have signed"});
    CHECK(problems(text_and("[[source]]\nurl = \"beside.txt\"\nsignature-required = false\n")) ==
          Lines{"25:22: 'signature-required' without 'signature'"});
    CHECK(problems(text_and("[[source]]\nurl = \"beside.txt\"\n")) == Lines{});
    CHECK(problems(text_and("[[source]]\nurl = \"a\"\n[source.distribution]\npackage = \"p\"\n")) ==
          Lines{"25:1: [source.distribution] lacks the required key 'suites'"});
}

TEST_CASE("files beside stack.toml stay beside it") {
    CHECK(problems(text_and("[[source]]\nurl = \"../secret\"\n")) ==
          Lines{"24:7: 'url' must not lead out of the folder of stack.toml, found '../secret'"});
    CHECK(problems(text_and("[[source]]\nurl = \"/etc/passwd\"\n")) ==
          Lines{"24:7: 'url' must be relative to the folder of stack.toml, found '/etc/passwd'"});
    CHECK(problems(text_and("[[patch]]\nfile = \"a/../../b\"\nstrip = -1\n")) ==
          Lines{"24:8: 'file' must not lead out of patches/ beside stack.toml, found 'a/../../b'",
                "25:9: 'strip' must not be negative, found -1"});
    CHECK(problems(text_with("source-directory = \"tiny-1.0\"", "source-directory = \"..\"")) ==
          Lines{"9:20: 'source-directory' must be the name of one folder, found '..'"});
    CHECK(problems(text_with("license =", "changelog = \"/c\"\nfiles = [\"../d\"]\nlicense =")) ==
          Lines{"6:13: 'changelog' must be relative to the folder of stack.toml, found '/c'",
                "7:9: 'files' must not lead out of the folder of stack.toml, found '../d'"});
}

TEST_CASE("paths and patterns of the buildroot") {
    CHECK(problems(text_with("\"/usr/bin/tinyd\"", "\"bin/tinyd\"")) ==
          Lines{"16:15: 'interpreter' must be an absolute path, found 'bin/tinyd'"});
    CHECK(problems(text_and("[[alias]]\npath = \"/usr/../etc/a\"\nof = \"/b\"\n")) ==
          Lines{"24:8: 'path' must not contain '..', found '/usr/../etc/a'"});
    CHECK(problems(text_with("\"/usr/**\"", "\"*.py\"")) ==
          Lines{"22:9: 'files' can match no path: '*.py' starts with neither / nor **/"});
    CHECK(problems(text_with("\"/usr/**\"", "\"/usr/{a\"")) ==
          Lines{"22:9: 'files' is not a pattern: '/usr/{a': it has a '{' without a '}'"});
    CHECK(problems(text_with("\"/usr/**\"", "\"/usr/**\", \"!/usr/a\", \"**/b\", \"%{_bindir}/{c\"")) == Lines{});
    CHECK(problems(text_and("[bytecode]\npaths = [\"lib\"]\nlevels = [3]\n")) ==
          Lines{"24:9: 'paths' must be an absolute path, found 'lib'",
                "25:10: 'levels' must be 0, 1 or 2 each, found 3"});
}

TEST_CASE("what apt is asked for is a name, and no option") {
    const auto distribution = [](const std::string& lines) {
        return problems(text_and("[[source]]\nurl = \"a\"\n[source.distribution]\n" + lines));
    };
    CHECK(distribution("package = \"python3.13\"\nsuites = [\"trixie\", \"stable/updates\", \"sid\"]\n") == Lines{});
    CHECK(distribution("package = \"--option=x\"\nsuites = [\"sid\"]\n") ==
          Lines{"26:11: 'package' must start with a letter, a digit or _, found '--option=x'"});
    CHECK(distribution("package = \"a\"\nsuites = [\"sid main\"]\n") ==
          Lines{"27:10: 'suites' may contain letters, digits and ._+- only, found 'sid main'"});
    CHECK(distribution("package = \"a\"\nsuites = [\"../x\"]\n") ==
          Lines{"27:10: 'suites' must start with a letter, a digit or _, found '..'"});
}

TEST_CASE("text that would end early elsewhere") {
    CHECK(problems(text_with("summary = \"A tiny stack\"", "summary = \"A\\nstack\"")) ==
          Lines{"7:11: 'summary' must be one line"});
    CHECK(problems(text_with("\"/usr/**\"", "\"/usr/\\u0000**\"")).front() ==
          "22:10: item 1 of 'files' contains a NUL character");
    CHECK(problems(text_with("summary = \"A tiny stack\"", "summary = \"A\\u001b[2Jstack\"")) ==
          Lines{"7:11: 'summary' contains a control character"});
    CHECK(problems(text_with("summary = \"A tiny stack\"", "summary = \"A\\u009b2Jstack\"")) ==
          Lines{"7:11: 'summary' contains a control character"});
    CHECK(problems(text_with("\"Nothing in it.\"", "\"A\\tline,\\r\\nand one more …\"")) == Lines{});
    CHECK(problems(text_with("\"Nothing in it.\"", "\"A\\u007f\"")) ==
          Lines{"8:15: 'description' contains a control character"});
    CHECK(problems(text_and("[build.environment]\n\"A=B\" = \"c\"\n")) ==
          Lines{"24:1: 'A=B' is not a name for 'environment': letters, digits and _ only"});
}

TEST_CASE("errors of TOML itself keep line and column") {
    const auto lines = problems("format = 1\n[stack\nname = 1\n");
    REQUIRE(lines.size() == 1);
    CHECK(lines.front().rfind("2:7: ", 0) == 0);
    for (const std::string text : {"[=]", "[\v", "[[\n", "[.a]", "= 1", "a = ", "a = \"", "\"a\n\" = 1", "a = '''x"}) {
        CHECK(problems(text).size() == 1);
    }
    CHECK(problems("a = 1\na = 2\n").front().rfind("2:", 0) == 0);
}

TEST_CASE("programs for bootstrapping are made by a configuration that does not wait for them") {
    const auto first = [](const std::string& recipe) {
        const auto lines = problems(sample::text_and("[build.bootstrap]\n" + recipe));
        return lines.empty() ? std::string() : lines.front().substr(lines.front().find(' ') + 1);
    };
    CHECK(first("configuration = \"debug\"\ntargets = [\"freeze\"]\n").empty());
    CHECK(first("configuration = \"dbug\"\ntargets = [\"freeze\"]\n").find("did you mean 'debug'?") !=
          std::string::npos);
    CHECK(first("configuration = \"debug\"\ntargets = []\n").starts_with("'targets' is empty"));
    CHECK(first("configuration = \"debug\"\ntargets = [\"../freeze\"]\n").find("must not lead out of") !=
          std::string::npos);
    const std::string more = "[[configuration]]\nname = \"more\"\ninterpreter = \"/usr/bin/more\"\n";
    CHECK(first("configuration = \"more\"\ntargets = [\"freeze\"]\n" + more +
                "make-arguments = [\"FREEZE=${bootstrap}/freeze\"]\n")
              .find("must not contain ${bootstrap}") != std::string::npos);
    CHECK(first("configuration = \"debug\"\ntargets = [\"freeze\"]\n[[configuration]]\nname = \"bootstrap\"\n"
                "interpreter = \"/usr/bin/more\"\n")
              .find("the name of these programs' folder") != std::string::npos);
}

TEST_CASE("how the compiler is trained is said in full, with patterns that can match") {
    const auto first = [](const std::string& recipe) {
        const auto lines =
            problems(sample::text_and("[[configuration]]\nname = \"more\"\ninterpreter = \"/usr/bin/tinym\"\n"
                                      "[configuration.profile]\n" +
                                      recipe));
        return lines.empty() ? std::string() : lines.front().substr(lines.front().find(' ') + 1);
    };
    const std::string whole = "targets = [\"train\"]\nfiles = [\"**.gcda\"]\nsources = [\"**.c\"]\n";
    CHECK(first(whole).empty());
    CHECK(first(whole + "other-sources = \"use\"\n").empty());
    CHECK(first(whole + "other-sources = \"never\"\n").find("must be \"train\" or \"use\"") != std::string::npos);
    CHECK(first("targets = []\nfiles = [\"a\"]\nsources = [\"a\"]\n") == "'targets' is empty");
    CHECK(first("targets = [\"a\"]\nfiles = []\nsources = [\"a\"]\n") == "'files' is empty");
    CHECK(first("targets = [\"a\"]\nfiles = [\"/a\"]\nsources = [\"a\"]\n").find("starts with /") != std::string::npos);
    CHECK(first("targets = [\"a\"]\nfiles = [\"a\"]\nsources = [\"a{b\"]\n").find("is not a pattern") !=
          std::string::npos);
    CHECK(problems(sample::text_and("[[profile]]\nfile = \"../x.profile\"\n")).size() == 1);
}

TEST_CASE("the switches of a training are bconds of the stack, and its condition depends on them") {
    const auto first = [](const std::string& keys, const std::string& configuration = "") {
        const auto lines =
            problems(sample::text_and("[[bcond]]\nname = \"optimizations\"\ndefault = \"0\"\nhelp = \"train\"\n"
                                      "[[configuration]]\nname = \"more\"\ninterpreter = \"/usr/bin/tinym\"\n" +
                                      configuration +
                                      "[configuration.profile]\ntargets = [\"train\"]\nfiles = [\"**.gcda\"]\n"
                                      "sources = [\"**.c\"]\n" +
                                      keys));
        return lines.empty() ? std::string() : lines.front().substr(lines.front().find(' ') + 1);
    };
    const std::string condition = "if = \"%{with optimizations}\"\n";
    CHECK(first(condition + "with = [\"optimizations\"]\n").empty());
    CHECK(first(condition + "without = [\"optimizations\"]\n").empty());
    CHECK(first(condition + "with = [\"optimisations\"]\n") ==
          "'with' names no [[bcond]]: 'optimisations'; did you mean 'optimizations'?");
    CHECK(first("with = [\"optimizations\"]\n") == "'with' has no effect without 'if'");
    CHECK(first(condition + "with = [\"optimizations\"]\nwithout = [\"optimizations\"]\n") ==
          "'optimizations' is also in 'with'");
    const std::string trains = "trains = \"%{with optimizations}\"\n";
    CHECK(first(condition, trains).empty());
    CHECK(first("", trains).find("must not have 'trains'") != std::string::npos);
}

TEST_CASE("many mistakes are all listed, by line") {
    const auto lines = problems(text_with("version = \"1.0\"", "version = 3") +
                                "[[patch]]\nstrip = -1\n[build]\nconfigre = 1\n[[rule]]\nwinner = \"dbug\"\n");
    CHECK(lines ==
          Lines{"4:11: 'version' must be a string, found an integer", "23:1: [[patch]] lacks the required key 'file'",
                "24:9: 'strip' must not be negative, found -1",
                "26:1: unknown key 'configre' in [build]; did you mean 'configure'?",
                "27:1: [[rule]] lacks the required key 'path'", "27:1: [[rule]] lacks the required key 'reason'",
                "28:10: 'winner' names no [[configuration]]: 'dbug'; did you mean 'debug'?"});
}

TEST_CASE("hostile input is bounded") {
    const auto too_large = problems(std::string((std::size_t{4} << 20U) + 1, '#'));
    CHECK(too_large.front().find("more than the 4 MiB") != std::string::npos);

    std::string deep = "a";
    for (int i = 0; i < 100000; ++i) deep += ".a";
    CHECK(problems(deep + " = 1\n") == Lines{"1:1: more than 200 dots in one line"});

    const std::string nested = "a = " + std::string(100000, '[');
    CHECK(problems(nested).size() == 1);

    std::string many = sample::text() + "[build]\n";
    for (int i = 0; i < 1000; ++i) many += "k" + std::to_string(i) + " = 1\n";
    const auto lines = problems(many);
    CHECK(lines.size() == 201);
    CHECK(lines.back() == "… and 800 more");
}
