#include "process/interruption.hpp"

#include <csignal>
#include <thread>

#include <poll.h>

#include "base/error.hpp"
#include "catch.hpp"
#include "process/command.hpp"
#include "process/jobserver.hpp"
#include "scratch.hpp"

using namespace pystacks;
using namespace pystacks::process;

// An interruption is requested once and for all, so each case runs in a process of its own.

namespace {

bool readable(int fd) {
    pollfd event{fd, POLLIN, 0};
    return ::poll(&event, 1, 0) == 1;
}

template <typename Work>
ErrorKind kind_thrown_by(Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.kind();
    }
    return ErrorKind::failed;
}

/// Runs the hidden test case @p name; returns what it printed when it failed.
std::string failure_of(const std::string& name, const fs::path& directory = {}) {
    Command command;
    command.arguments = {this_program(), name};
    command.directory = directory;
    command.environment["SELF"] = this_program();
    command.time_limit_seconds = 120;
    const Outcome outcome = run(command);
    return outcome.succeeded() ? std::string() : outcome.describe() + "\n" + outcome.output;
}

}  // namespace

TEST_CASE("child: signals", "[.]") {
    const int descriptor = interruption_descriptor();
    install_signal_handlers();
    CHECK_FALSE(interruption_requested());
    CHECK_FALSE(readable(descriptor));
    CHECK_NOTHROW(throw_if_interrupted());
    ::raise(SIGPIPE);
    CHECK_FALSE(interruption_requested());
    const int signal = std::stoi(std::getenv("PYSTACKS_TEST_SIGNAL"));
    ::raise(signal);
    ::raise(signal);
    CHECK(interruption_requested());
    CHECK(readable(descriptor));
    CHECK(readable(descriptor));
    CHECK(kind_thrown_by(throw_if_interrupted) == ErrorKind::interrupted);
}

TEST_CASE("a signal requests an interruption") {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        ::setenv("PYSTACKS_TEST_SIGNAL", std::to_string(signal).c_str(), 1);
        CHECK(failure_of("child: signals").empty());
    }
}

TEST_CASE("child: request before anybody waits", "[.]") {
    request_interruption();
    CHECK(interruption_requested());
    CHECK(readable(interruption_descriptor()));
    CHECK(kind_thrown_by([] { run(shell("touch started")); }) == ErrorKind::interrupted);
    CHECK_FALSE(fs::exists("started"));
}

TEST_CASE("after a request nothing is started any more") {
    const Scratch scratch;
    CHECK(failure_of("child: request before anybody waits", scratch.folder.path()).empty());
}

TEST_CASE("child: nohup", "[.]") {
    static_cast<void>(std::signal(SIGHUP, SIG_IGN));
    install_signal_handlers();
    ::raise(SIGHUP);
    CHECK_FALSE(interruption_requested());
}

TEST_CASE("a signal that was ignored from the start stays ignored") { CHECK(failure_of("child: nohup").empty()); }

TEST_CASE("child: interrupted while children run", "[.]") {
    install_signal_handlers();
    std::vector<ErrorKind> kinds(3, ErrorKind::failed);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        threads.emplace_back([i, &kinds] {
            const std::string name = "pid" + std::to_string(i);
            // Renamed into place: whoever sees the file sees the number in it.
            const std::string announce = "echo $$ > " + name + ".new; mv " + name + ".new " + name;
            kinds[i] = kind_thrown_by([&] { run(shell(announce + "; sleep 1000 & wait")); });
        });
    }
    for (const char* name : {"pid0", "pid1", "pid2"}) {
        while (!fs::exists(name)) std::this_thread::yield();
    }
    ::raise(SIGINT);
    for (std::thread& thread : threads) thread.join();
    CHECK(kinds == std::vector<ErrorKind>(3, ErrorKind::interrupted));
}

TEST_CASE("one signal ends the children of all threads") {
    const Scratch scratch;
    CHECK(failure_of("child: interrupted while children run", scratch.folder.path()).empty());
    for (const char* name : {"pid0", "pid1", "pid2"}) {
        CHECK_FALSE(fs::exists("/proc/" + std::to_string(std::stoi(read_file(scratch / name)))));
    }
}

TEST_CASE("child: interrupted while waiting for a slot", "[.]") {
    Jobserver jobserver = Jobserver::create(1, Jobserver::Style::pipe, ".");
    const Jobserver::Slot slot = jobserver.acquire();
    ErrorKind kind = ErrorKind::failed;
    std::thread waiter([&] { kind = kind_thrown_by([&] { const auto second = jobserver.acquire(); }); });
    request_interruption();
    waiter.join();
    CHECK(kind == ErrorKind::interrupted);
}

TEST_CASE("waiting for a job slot can be interrupted") {
    CHECK(failure_of("child: interrupted while waiting for a slot").empty());
}
