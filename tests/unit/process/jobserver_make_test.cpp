#include <algorithm>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <sys/ioctl.h>

#include "base/text.hpp"
#include "catch.hpp"
#include "process/command.hpp"
#include "process/jobserver.hpp"
#include "process/jobserver_auth.hpp"
#include "scratch.hpp"

using namespace pystacks;
using namespace pystacks::process;

// With the real make of the host, pipe or FIFO as its version wants.

namespace {

/// Eight recipes, each of which writes a line when it starts and when it ends. None ends before TOGETHER of them have
/// started, so that many do run at once, however slow the machine is.
constexpr const char* eight_recipes =
    "all: 1 2 3 4 5 6 7 8\n"
    "1 2 3 4 5 6 7 8:\n"
    "\t@echo + >> $(LOG); "
    "while [ $$(grep -c + $(LOG)) -lt $(TOGETHER) ]; do sleep 0.02; done; "
    "sleep 0.05; echo - >> $(LOG)\n";

Jobserver create(int jobs, const fs::path& directory) {
    Command version;
    version.arguments = {"make", "--version"};
    return Jobserver::create(jobs, style_of_make(run_checked(version, "cannot run make").output), directory);
}

Outcome run_make(Jobserver& jobserver, const fs::path& directory, const std::vector<std::string>& arguments) {
    const Jobserver::Slot slot = jobserver.acquire();
    Command make;
    make.arguments = {"make"};
    make.arguments.insert(make.arguments.end(), arguments.begin(), arguments.end());
    make.directory = directory;
    make.environment["MAKEFLAGS"] = jobserver.makeflags();
    make.environment["SELF"] = this_program();
    make.inherited_descriptors = jobserver.descriptors();
    make.time_limit_seconds = 120;
    return run(make);
}

struct Ran {
    int recipes = 0;
    int most_at_once = 0;
};

Ran read_log(const fs::path& log) {
    Ran ran;
    int now = 0;
    for (const std::string& line : split_words(read_file(log))) {
        now += line == "+" ? 1 : -1;
        ran.recipes += line == "+" ? 1 : 0;
        ran.most_at_once = std::max(ran.most_at_once, now);
    }
    return ran;
}

int free_tokens(const Jobserver& jobserver) {
    const auto auth = parse_makeflags(jobserver.makeflags()).value();
    UniqueFd fifo;
    if (auth.style == Jobserver::Style::fifo) fifo = open_file(auth.path, O_RDWR | O_NONBLOCK, "cannot open");
    int bytes = -1;
    REQUIRE(::ioctl(fifo ? fifo.get() : auth.read_end, FIONREAD, &bytes) == 0);
    return bytes;
}

}  // namespace

TEST_CASE("two makes share the slots, and give them all back") {
    const Scratch scratch;
    write_file_atomically(scratch / "Makefile", eight_recipes);
    Jobserver jobserver = create(3, scratch.folder.path());
    const std::string log = "LOG=" + (scratch / "log").string();
    std::vector<Outcome> outcomes(2);
    std::vector<std::thread> threads;
    for (Outcome& outcome : outcomes) {
        threads.emplace_back([&] { outcome = run_make(jobserver, scratch.folder.path(), {log, "TOGETHER=3"}); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const Outcome& outcome : outcomes) {
        CHECK(outcome.describe() == "exited with status 0");
        CHECK(outcome.output.empty());  // make warns when it cannot use the jobserver
    }
    const Ran ran = read_log(scratch / "log");
    CHECK(ran.recipes == 16);
    CHECK(ran.most_at_once == 3);
    CHECK(free_tokens(jobserver) == 2);
}

TEST_CASE("with one job, recipes run one after the other") {
    const Scratch scratch;
    write_file_atomically(scratch / "Makefile", eight_recipes);
    Jobserver jobserver = create(1, scratch.folder.path());
    CHECK(run_make(jobserver, scratch.folder.path(), {"LOG=log", "TOGETHER=1"}).succeeded());
    CHECK(read_log(scratch / "log").most_at_once == 1);
}

TEST_CASE("a make that fails gives its slots back") {
    const Scratch scratch;
    write_file_atomically(scratch / "Makefile", "all: a b c\na b c:\n\t@sleep 0.05; false\n");
    Jobserver jobserver = create(3, scratch.folder.path());
    CHECK(run_make(jobserver, scratch.folder.path(), {"-k"}).code == 2);
    CHECK(free_tokens(jobserver) == 2);
}

TEST_CASE("child: under an outer make", "[.]") {
    Jobserver jobserver = Jobserver::join_or_create(64, ".");
    const std::string wanted = std::getenv("PYSTACKS_TEST_WANTED");
    CHECK(jobserver.is_client() == (wanted == "client"));
    CHECK(jobserver.jobs() == (wanted == "client" ? 3 : 64));
    const Outcome outcome = run_make(jobserver, ".", {"-f", "inner.mk", "LOG=log", "TOGETHER=3"});
    CHECK(outcome.succeeded());
    // An inner make says "Entering directory"; it must not say that it has no jobserver.
    CHECK(outcome.output.find("jobserver") == std::string::npos);
}

TEST_CASE("under an outer make its slots are used, when the recipe may have them") {
    const Scratch scratch;
    write_file_atomically(scratch / "inner.mk", eight_recipes);
    // '+' tells make that the recipe runs a make: only then it hands on its jobserver.
    write_file_atomically(scratch / "Makefile",
                          "all:\n\t+@PYSTACKS_TEST_WANTED=client \"$$SELF\" 'child: under an outer make'\n");
    Command outer = shell("make -j3", scratch.folder.path());
    outer.unset_environment = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"};
    const Outcome outcome = run(outer);
    CAPTURE(outcome.output);
    CHECK(outcome.succeeded());
    const Ran ran = read_log(scratch / "log");
    CHECK(ran.recipes == 8);
    CHECK(ran.most_at_once == 3);
}

TEST_CASE("without make's leave a jobserver of our own is made, where make's is a pipe") {
    // A FIFO, from make 4.4 on, is open to every recipe.
    const std::string wanted = create(1, ".").descriptors().empty() ? "client" : "own";
    const Scratch scratch;
    write_file_atomically(scratch / "inner.mk", eight_recipes);
    write_file_atomically(scratch / "Makefile",
                          "all:\n\t@PYSTACKS_TEST_WANTED=" + wanted + " \"$$SELF\" 'child: under an outer make'\n");
    Command outer = shell("make -j3", scratch.folder.path());
    outer.unset_environment = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"};
    const Outcome outcome = run(outer);
    CAPTURE(outcome.output);
    CHECK(outcome.succeeded());
}
