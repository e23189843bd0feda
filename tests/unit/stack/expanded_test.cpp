#include "base/error.hpp"
#include "catch.hpp"
#include "sample.hpp"
#include "stack/stack.hpp"

using namespace pystacks::stack;
using Lines = std::vector<std::string>;

TEST_CASE("conditions of an expanded stack") {
    const auto enabled = [](const std::string& expression) {
        const std::string text = sample::text_with("name = \"debug\"", "name = \"debug\"\nif = \"" + expression + "\"");
        return parse(text, "stack.toml").enabled_configurations().size() == 2;
    };
    CHECK(enabled("1"));
    CHECK(enabled("yes"));
    CHECK_FALSE(enabled("0"));
    CHECK_FALSE(enabled(""));      // rpm expanded it to nothing
    CHECK(Condition{}.enabled());  // nobody wrote one
    const Stack stack = parse(sample::text(), "stack.toml");
    const auto all = stack.enabled_configurations();
    REQUIRE(all.size() == 2);
    CHECK(all.front()->name == "optimized");
}

TEST_CASE("array elements that rpm expanded to nothing are dropped") {
    const auto stack = parse(sample::text_and("requires = [\"\", \"a\", \"\"]\n[build]\nconfigure = [\"--x\", \"\"]\n"
                                              "[build.environment]\nEMPTY = \"\"\n"),
                             "stack.toml");
    CHECK(stack.packages.front().requires_ == Lines{"a"});
    CHECK(stack.build.configure == Lines{"--x"});
    CHECK(stack.build.environment.at("EMPTY").empty());  // set to nothing is not the same as not set
}

TEST_CASE("the file name of a source") {
    const auto name = [](const std::string& url) {
        Source source;
        source.url = url;
        return source.file_name();
    };
    CHECK(name("https://host.example/a/b.tar.xz") == "b.tar.xz");
    CHECK(name("https://host.example/b.tar.xz?token=a/b#part/c") == "b.tar.xz");
    CHECK(name("https://host.example/b.tar.xz#frag?x") == "b.tar.xz");
    CHECK(name("beside.txt") == "beside.txt");
    CHECK(name("folder/beside.txt") == "beside.txt");
    CHECK(name("https://host.example/") == "");
}

TEST_CASE("variables are replaced once, and nothing else is touched") {
    const std::map<std::string, std::string> variables{{"cflags", "-O0 ${x}"}, {"empty", ""}};
    CHECK(substitute_variables("a ${cflags} b${empty}", variables) == "a -O0 ${x} b");
    CHECK(substitute_variables("exec \"$(uname -m)\" \"$@\" $HOME $", variables) ==
          "exec \"$(uname -m)\" \"$@\" $HOME $");
    CHECK(substitute_variables("$${empty}", variables) == "$");
    CHECK(substitute_variables("", variables) == "");
}

TEST_CASE("an unknown variable is named with the nearest") {
    const std::map<std::string, std::string> variables{{"cflags", ""}, {"soname", ""}};
    const auto reason = [&](const std::string& text) {
        try {
            (void)substitute_variables(text, variables);
        } catch (const pystacks::Error& error) {
            CHECK(error.kind() == pystacks::ErrorKind::usage);
            return error.subject() + ": " + error.reason();
        }
        return std::string("no error");
    };
    CHECK(reason("a ${cflag} b") ==
          "'${cflag}': the configuration has no variable of that name; did you mean 'cflags'?");
    CHECK(reason("${}") == "'${}': the configuration has no variable of that name");
    CHECK(reason("a ${cflags") == "'${cflags': a } is missing");
}
