#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "process/command.hpp"
#include "process/process_group.hpp"
#include "scratch.hpp"

using namespace pystacks;
using namespace pystacks::process;
using End = Outcome::End;

namespace {

bool is_running(const fs::path& pid_file) {
    const fs::path status = "/proc/" + std::string(trim(read_file(pid_file))) + "/status";
    return fs::exists(status) && read_file(status).find("State:\tZ") == std::string::npos;
}

}  // namespace

TEST_CASE("at its time limit a child is ended, with its whole group") {
    const Scratch scratch;
    Command command =
        shell("sleep 1000 & echo $! > background; echo waiting; : > started; sleep 1000", scratch.folder.path());
    const Outcome outcome = run_to_its_limit(command, scratch / "started");
    CHECK(outcome.end == End::timed_out);
    CHECK(outcome.output == "waiting\n");
    CHECK_FALSE(is_running(scratch / "background"));
    Outcome described;
    described.end = End::timed_out;
    described.limit_seconds = 60;
    CHECK(described.describe() == "did not end within 1 min 00 s");
}

TEST_CASE("what ignores SIGTERM is killed, and what writes all the time too") {
    const Scratch scratch;
    const Command command =
        shell("trap '' TERM; yes & echo $! > background; : > started; wait; sleep 1000", scratch.folder.path());
    const Outcome outcome = run_to_its_limit(command, scratch / "started");
    CHECK(outcome.end == End::timed_out);
    CHECK_FALSE(is_running(scratch / "background"));
}

TEST_CASE("whoever ends a group hears its last words") {
    const pid_t leader = ::fork();
    if (leader == 0) {
        ::setpgid(0, 0);
        ::signal(SIGTERM, SIG_IGN);  // stays so: it is the callback that ends this process
        ::execl("/bin/sleep", "sleep", "1000", static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::setpgid(leader, leader);
    while (read_file("/proc/" + std::to_string(leader) + "/stat").find("(sleep)") == std::string::npos) ::usleep(1000);
    bool ended = false;
    int calls_after = 0;
    stop_group(leader, [&] {
        if (ended) ++calls_after;
        // As if the last process wrote and ended right after its output was read.
        siginfo_t info{};
        ::kill(leader, SIGKILL);
        ended = ended || ::waitid(P_PID, static_cast<id_t>(leader), &info, WEXITED | WNOWAIT) == 0;
    });
    CHECK(calls_after == 1);
    ::waitpid(leader, nullptr, 0);
}

TEST_CASE("a stopped group is ended") {
    Command command = shell("kill -STOP $$");
    command.time_limit_seconds = 0.3;
    CHECK(run(command).end == End::timed_out);
}

TEST_CASE("a child that ends in time is not touched by its limit") {
    Command command = shell("echo done");
    command.time_limit_seconds = 600;
    CHECK(run(command).succeeded());
}

TEST_CASE("what a child leaves in the background goes on, and is not waited for") {
    const Scratch scratch;
    const Outcome outcome = run(shell("sleep 1000 & echo $! > background; echo done", scratch.folder.path()));
    CHECK(outcome.succeeded());
    CHECK(outcome.output == "done\n");
    CHECK(is_running(scratch / "background"));
    ::kill(std::stoi(read_file(scratch / "background")), SIGKILL);
}

TEST_CASE("child: runs a program that waits", "[.]") { run(shell("echo $$ > sleeper; exec sleep 1000")); }

TEST_CASE("a child ends when its parent is killed") {
    const Scratch scratch;
    Command command = shell(std::string(wait_until_ended) +
                                "\"$SELF\" 'child: runs a program that waits' >/dev/null & parent=$!; "
                                "while [ ! -s sleeper ]; do sleep 0.02; done; "
                                "kill -KILL $parent; wait_until_ended sleeper",
                            scratch.folder.path());
    command.time_limit_seconds = 120;
    CHECK(run(command).describe() == "exited with status 0");
}

TEST_CASE("a group without processes does not run") { CHECK_FALSE(group_is_running(2147483647)); }
