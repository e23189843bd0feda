#include "process/command.hpp"

#include <cerrno>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "scratch.hpp"

using namespace pystacks;
using namespace pystacks::process;
using End = Outcome::End;

TEST_CASE("the ways a child ends are told apart") {
    SECTION("success") {
        const Outcome outcome = run(shell("exit 0"));
        CHECK(outcome.succeeded());
        CHECK(outcome.describe() == "exited with status 0");
    }
    SECTION("a status") {
        const Outcome outcome = run(shell("exit 7"));
        CHECK(outcome.end == End::exited);
        CHECK(outcome.code == 7);
        CHECK_FALSE(outcome.succeeded());
    }
    SECTION("a signal") {
        const Outcome outcome = run(shell("kill -KILL $$"));
        CHECK(outcome.end == End::signalled);
        CHECK(outcome.code == SIGKILL);
        CHECK(outcome.describe() == "was killed by SIGKILL");
    }
    SECTION("status 127 of a shell is a status") {
        CHECK(run(shell("no-such-program 2>/dev/null")).end == End::exited);
    }
}

TEST_CASE("a program that cannot be executed was not started") {
    const Scratch scratch;
    Command command;
    SECTION("not in PATH") {
        command.arguments = {"no-such-program"};
        const Outcome outcome = run(command);
        CHECK(outcome.end == End::not_started);
        CHECK(outcome.code == ENOENT);
        CHECK(outcome.describe() == "could not be started: No such file or directory");
    }
    SECTION("not there") {
        command.arguments = {(scratch / "none").string()};
        CHECK(run(command).code == ENOENT);
    }
    SECTION("not executable") {
        write_file_atomically(scratch / "file", "text", 0644);
        command.arguments = {(scratch / "file").string()};
        CHECK(run(command).code == EACCES);
    }
    SECTION("of no known format") {
        write_file_atomically(scratch / "file", "text", 0755);
        command.arguments = {(scratch / "file").string()};
        const Outcome outcome = run(command);
        CHECK(outcome.end == End::not_started);
        CHECK(outcome.code == ENOEXEC);
    }
    SECTION("a script whose interpreter is missing") {
        write_file_atomically(scratch / "file", "#!/no/such/interpreter\n", 0755);
        command.arguments = {(scratch / "file").string()};
        CHECK(run(command).end == End::not_started);
    }
    SECTION("none") { CHECK_THROWS_AS(run(command), Error); }
}

TEST_CASE("stdout and stderr are captured in the order they were written, bytes as they are") {
    CHECK(run(shell("echo one; echo two >&2; printf 'three\\0\\377'")).output ==
          std::string("one\ntwo\nthree\0\xff", 15));
}

TEST_CASE("captured output is bounded, and the child is not blocked by it") {
    const Outcome outcome = run(shell("head -c 20000000 /dev/zero; echo end >&2"));
    CHECK(outcome.succeeded());
    CHECK(outcome.output.size() == std::size_t{16} << 20U);
    CHECK(outcome.output_truncated);
    CHECK_FALSE(run(shell("echo x")).output_truncated);
}

TEST_CASE("stdin is empty, or the input given") {
    Command command;
    command.arguments = {"cat"};
    CHECK(run(command).output.empty());
    command.input = std::string("a\0b\n", 4);
    CHECK(run(command).output == command.input);
    command.input = std::string(3'000'000, 'x');
    CHECK(run(command).output == command.input);
    command.arguments = {"true"};
    CHECK(run(command).succeeded());
}

TEST_CASE("a log is created readable, and appended to") {
    const Scratch scratch;
    Command command = shell("echo out; echo error >&2");
    command.log = scratch / "log";
    CHECK(run(command).output.empty());
    run(command);
    CHECK(read_file(command.log) == "out\nerror\nout\nerror\n");
    struct stat status {};
    REQUIRE(::stat(command.log.c_str(), &status) == 0);
    CHECK((status.st_mode & 0400U) != 0);
    command.log = scratch / "none/log";
    CHECK_THROWS_WITH(run(command), contains_text("none/log"));
}

TEST_CASE("the child starts in the folder asked for") {
    const Scratch scratch;
    CHECK(trim(run(shell("pwd -P", scratch.folder.path())).output) == fs::canonical(scratch.folder.path()).string());
    CHECK_THROWS_WITH(run(shell("true", scratch / "none")),
                      contains_text("cannot enter the folder: " + (scratch / "none").string()));
    write_file_atomically(scratch / "program", "#!/bin/sh\necho here\n", 0755);
    Command relative;
    relative.arguments = {"./program"};
    relative.directory = scratch.folder.path();
    CHECK(run(relative).output == "here\n");
}

TEST_CASE("variables are set and removed for the child alone") {
    ::setenv("PYSTACKS_TEST_KEPT", "kept", 1);
    ::setenv("PYSTACKS_TEST_GONE", "gone", 1);
    Command command = shell("echo $PYSTACKS_TEST_KEPT,$PYSTACKS_TEST_GONE,$PYSTACKS_TEST_NEW");
    command.environment["PYSTACKS_TEST_NEW"] = "a b";
    command.unset_environment = {"PYSTACKS_TEST_GONE", "PYSTACKS_TEST_NONE"};
    CHECK(run(command).output == "kept,,a b\n");
    CHECK(std::string(std::getenv("PYSTACKS_TEST_GONE")) == "gone");
    CHECK(std::getenv("PYSTACKS_TEST_NEW") == nullptr);
}

TEST_CASE("a program is looked up in the child's PATH") {
    const Scratch scratch;
    write_file_atomically(scratch / "a-program-of-ours", "#!/bin/sh\necho found\n", 0755);
    make_directories(scratch / "first/a-program-of-ours");
    Command command;
    command.arguments = {"a-program-of-ours"};
    command.environment["PATH"] =
        (scratch / "first").string() + ":" + scratch.folder.path().string() + ":/usr/bin:/bin";
    CHECK(run(command).output == "found\n");
    CHECK_FALSE(find_program("a-program-of-ours"));
    CHECK(find_program("a-program-of-ours", command.environment["PATH"]) == scratch / "a-program-of-ours");
    CHECK(find_program("sh").value().is_absolute());
    CHECK_FALSE(find_program(""));
    CHECK_FALSE(find_program("/no/such/program"));
}

TEST_CASE("the child leads a process group of its own, with no signal blocked and SIGPIPE as usual") {
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    Command command;
    command.arguments = {"cat", "/proc/self/stat", "/proc/self/status"};
    const std::string text = run(command).output;
    static_cast<void>(std::signal(SIGPIPE, before));
    const std::vector<std::string> fields = split_words(text);
    CHECK(fields.at(0) == fields.at(4));
    const auto mask = [&text](const std::string& name) {
        return std::stoull(text.substr(text.find(name) + name.size()), nullptr, 16);
    };
    CHECK(mask("SigBlk:") == 0);
    CHECK((mask("SigIgn:") & (1ULL << (SIGPIPE - 1))) == 0);
    CHECK(mask("SigCgt:") == 0);
}

TEST_CASE("a child heeds SIGINT and SIGQUIT, also where a shell made its background job ignore them") {
    const auto interrupt = std::signal(SIGINT, SIG_IGN);
    const auto quit = std::signal(SIGQUIT, SIG_IGN);
    Command command;
    command.arguments = {"cat", "/proc/self/status"};
    const std::string text = run(command).output;
    static_cast<void>(std::signal(SIGINT, interrupt));
    static_cast<void>(std::signal(SIGQUIT, quit));
    const std::string name = "SigIgn:";
    const auto ignored = std::stoull(text.substr(text.find(name) + name.size()), nullptr, 16);
    CHECK((ignored & (1ULL << (SIGINT - 1) | 1ULL << (SIGQUIT - 1))) == 0);
}

TEST_CASE("a child in the background and its children run on what is idle") {
    Command command = shell("cut -d ' ' -f 19,41 /proc/self/stat");
    command.in_background = true;
    const std::vector<std::string> words = split_words(run(command).output);
    REQUIRE(words.size() == 2);
    // Where the policy is refused, there is niceness.
    CHECK((words[1] == std::to_string(SCHED_IDLE) || words[0] == "19"));
}

TEST_CASE("a child inherits the standard descriptors and those it is given") {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const UniqueFd read_end(ends[0]);
    const UniqueFd write_end(ends[1]);
    const std::string number = std::to_string(write_end.get());
    CHECK_FALSE(run(shell("[ -e /proc/self/fd/" + number + " ]")).succeeded());
    Command command = shell("echo hello >&" + number);
    command.inherited_descriptors = {write_end.get()};
    // Numbers of two digits are no redirection in a POSIX shell.
    command.arguments.back() = "echo hello > /proc/self/fd/" + number;
    REQUIRE(run(command).succeeded());
    char buffer[6] = {};
    REQUIRE(::read(read_end.get(), buffer, 6) == 6);
    CHECK(std::string(buffer, 6) == "hello\n");
    CHECK((::fcntl(write_end.get(), F_GETFD) & FD_CLOEXEC) != 0);
    command.inherited_descriptors = {12345};
    CHECK(run(command).code == EBADF);
}

TEST_CASE("the work of a child and of its children is accounted to it") {
    const Outcome outcome = run(shell("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; exit 0"));
    CHECK(outcome.cpu_seconds > 0);
    CHECK(outcome.seconds > 0);
}

TEST_CASE("threads can each run children at the same time") {
    std::vector<std::thread> threads;
    std::vector<int> wrong(6, 0);
    for (int thread = 0; thread < 6; ++thread) {
        threads.emplace_back([thread, &wrong] {
            for (int i = 0; i < 10; ++i) {
                const int status = thread * 10 + i;
                const Outcome outcome =
                    run(shell("echo " + std::to_string(status) + "; exit " + std::to_string(status)));
                if (outcome.code != status || outcome.output != std::to_string(status) + "\n") {
                    ++wrong[static_cast<std::size_t>(thread)];
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == std::vector<int>(6, 0));
}

TEST_CASE("a failed child is reported with the end of what it wrote") {
    const Scratch scratch;
    Command command = shell("for i in 1 2 3; do echo line $i; done; printf '\\033[31mred\\n' >&2; exit 3");
    try {
        run_checked(command, "cannot configure");
        FAIL("did not throw");
    } catch (const Error& error) {
        CHECK(std::string(error.what()) ==
              "cannot configure: sh: exited with status 3\n    line 1\n    line 2\n    line 3\n    [31mred");
        CHECK(error.hint().empty());
    }
    command.log = scratch / "log";
    try {
        run_checked(command, "cannot configure");
        FAIL("did not throw");
    } catch (const Error& error) {
        CHECK(error.reason().find("line 3") != std::string::npos);
        CHECK(error.hint() == "the whole log: " + command.log.string());
    }
    CHECK_NOTHROW(run_checked(shell("true"), "cannot do it"));
    command.arguments = {"no-such-program"};
    CHECK_THROWS_WITH(run_checked(command, "cannot configure"),
                      "cannot configure: no-such-program: could not be started: No such file or directory");
}

TEST_CASE("the tail of a log") {
    const Scratch scratch;
    CHECK(log_tail(scratch / "none", 3).empty());
    CHECK(log_tail(scratch.folder.path(), 3).empty());
    write_file_atomically(scratch / "log", "");
    CHECK(log_tail(scratch / "log", 3).empty());
    write_file_atomically(scratch / "log", "a\nb\nc\nd\n");
    CHECK(log_tail(scratch / "log", 2) == "c\nd");
    CHECK(log_tail(scratch / "log", 9) == "a\nb\nc\nd");
    CHECK(log_tail(scratch / "log", 0).empty());
    write_file_atomically(scratch / "log", std::string(5'000'000, 'x'));
    CHECK(log_tail(scratch / "log", 2).size() == std::size_t{256} << 10U);
}
