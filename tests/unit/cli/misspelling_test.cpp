#include "cli/misspelling.hpp"

#include <optional>

#include <CLI/CLI.hpp>

#include "catch.hpp"
#include "cli/command_line.hpp"

using namespace pystacks;
using namespace pystacks::cli;

namespace {

/// "tool make [--jobs N] [--json] FILE", "tool box open", and "tool secret", which is hidden.
class Tool {
public:
    Tool() {
        Arguments app = line_.arguments();
        app.require_command();
        Arguments make = app.add_command("make", "makes");
        make.add_option("FILE", file_, "a file");
        make.add_option("-j,--jobs", jobs_, "at a time");
        make.add_flag("--json", json_, "as JSON");
        Arguments box = app.add_command("box", "boxes");
        box.require_command();
        box.add_command("open", "opens").add_flag("--wide", wide_, "all of it");
        app.add_command("secret", "");
    }
    [[nodiscard]] const CLI::App& app() { return line_.app(); }

private:
    CommandLine line_{"tool", ""};
    std::string file_;
    int jobs_ = 0;
    bool json_ = false, wide_ = false;
};

std::string told(const std::optional<Error>& error) {
    return error ? error->attempted() + ": " + error->subject() + ": " + error->reason() : "";
}

std::string told_of_line(const std::vector<std::string>& words) { return told(misspelt_line(Tool().app(), words)); }
std::string told_of_command(const std::vector<std::string>& words) {
    return told(misspelt_command(Tool().app(), words));
}

}  // namespace

TEST_CASE("an unknown option is named, not the words behind it") {
    CHECK(told_of_line({"make", "--jbos", "4", "file"}) == "unknown option: --jbos: did you mean --jobs?");
    CHECK(told_of_line({"make", "--jbos=4", "file"}) == "unknown option: --jbos: did you mean --jobs?");
    CHECK(told_of_line({"make", "file", "more", "--jsno"}) == "unknown option: --jsno: did you mean --json?");
    CHECK(told_of_line({"make", "-json"}).empty());  // "-j son"
    CHECK(told_of_line({"make", "-wide"}) == "unknown option: -wide: tool make has no such option");
    CHECK(told_of_line({"make", "--wide"}) ==
          "unknown option: --wide: tool make has no such option; tool box open has it");
    CHECK(told_of_line({"make", "-x"}) == "unknown option: -x: tool make has no such option");
    CHECK(told_of_line({"make", "--jobs=4", "-j", "4", "-j4", "--json", "file"}).empty());
    CHECK(told_of_line({"make", "--", "--jbos"}).empty());
}

TEST_CASE("an unknown command is named, also one of another command") {
    CHECK(told_of_command({"mkae", "--jbos"}) == "unknown command: mkae: did you mean make?");
    CHECK(told_of_command({"box", "opne"}) == "unknown subcommand: opne: did you mean open?");
    CHECK(told_of_command({"open"}) == "unknown command: open: did you mean tool box open?");
    CHECK(told_of_command({"box", "make"}) == "unknown subcommand: make: did you mean tool make?");
    CHECK(told_of_command({"plugh"}) == "unknown command: plugh: there is no such command");
    CHECK(told_of_command({"secert"}) == "unknown command: secert: there is no such command");
    CHECK(told_of_command({"make", "mkae"}).empty());
    CHECK(told_of_command({"--lgo", "make"}).empty());  // it may be the option's value
}

TEST_CASE("a command that is missing, and a word too many") {
    CHECK(told_of_line({}) == "cannot start: : no command given");
    CHECK(told_of_line({"box"}) == "cannot start tool box: : no subcommand given");
    CHECK(told_of_line({"make", "a", "b"}) ==
          "cannot understand the command line: b: tool make takes nothing after FILE");
    CHECK(told_of_line({"box", "open", "b"}) ==
          "cannot understand the command line: b: tool box open takes options only");
}
