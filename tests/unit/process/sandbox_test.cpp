#include <csignal>

#include "base/error.hpp"
#include "catch.hpp"
#include "scratch.hpp"

using namespace pystacks;
using process::Command;
using process::Outcome;
using How = sandbox::Shown::How;

namespace {

/// The machine's programs, read only.
sandbox::Sandbox programs() {
    sandbox::Sandbox result{{{How::memory, {}, "/"}, {How::read_only, "/usr", "/usr"}, {How::memory, {}, "/tmp"}}};
    for (const char* name : {"/bin", "/lib", "/lib64"}) {
        if (fs::is_symlink(name)) {
            result.shows.push_back({How::link, fs::read_symlink(name), name});
        } else if (fs::is_directory(name)) {
            result.shows.push_back({How::read_only, name, name});
        }
    }
    return result;
}

Command contained(std::string script) {
    Command command;
    command.arguments = {"/usr/bin/sh", "-c", std::move(script)};
    command.environment["PATH"] = "/usr/bin:/bin";
    command.sandbox = programs();
    return command;
}

std::string output_of(const Command& command) {
    const Outcome outcome = process::run(command);
    INFO(outcome.output);
    CHECK(outcome.describe() == "exited with status 0");
    return outcome.output;
}

}  // namespace

TEST_CASE("a program in a sandbox ends as it would end outside") {
    CHECK(process::run(contained("exit 7")).describe() == "exited with status 7");
    CHECK(process::run(contained("kill -SEGV $$")).describe() == "was killed by SIGSEGV");
    CHECK(process::run(contained("kill -KILL $$")).describe() == "was killed by SIGKILL");
    Command none = contained("");
    none.arguments = {"/nowhere"};
    const Outcome outcome = process::run(none);
    CHECK(outcome.end == Outcome::End::not_started);
    CHECK(outcome.code == ENOENT);
}

TEST_CASE("the environment of a sandbox is what the command says") {
    ::setenv("PYSTACKS_TEST_SECRET", "secret", 1);
    CHECK(output_of(contained("env | grep -v ^PWD=")) == "PATH=/usr/bin:/bin\n");
    CHECK(output_of(contained("cat /proc/*/environ 2>&1 | grep -c PYSTACKS_TEST_SECRET || true")) == "0\n");
    ::unsetenv("PYSTACKS_TEST_SECRET");
}

TEST_CASE("a sandbox has its own processes, host name and network") {
    CHECK(output_of(contained("for each in /proc/[0-9]*; do echo $each; done")) == "/proc/1\n/proc/2\n");
    CHECK(output_of(contained("cat /proc/sys/kernel/hostname")) == "localhost\n");
    CHECK(output_of(contained("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '")) == "lo\n");
}

TEST_CASE("what is shown read only cannot be written to") {
    const Scratch scratch;
    write_file_atomically(scratch / "file", "text");
    Command command = contained("cat /a/file; echo more >/a/file");
    command.sandbox->shows.push_back({How::read_only, scratch.folder.path(), "/a"});
    const Outcome outcome = process::run(command);
    CHECK_THAT(outcome.output, contains_text("text"));
    CHECK_THAT(outcome.output, contains_text("Read-only file system"));
    CHECK(read_file(scratch / "file") == "text");
}

TEST_CASE("what is shown writable is the machine's") {
    const Scratch scratch;
    Command command = contained("echo text >/a/b/file");
    command.sandbox->shows.push_back({How::writable, scratch.folder.path(), "/a/b"});
    output_of(command);
    CHECK(read_file(scratch / "file") == "text\n");
}

TEST_CASE("what is hidden is empty") {
    const Scratch scratch;
    fs::create_directory(scratch / "folder");
    write_file_atomically(scratch / "folder/inside", "text");
    write_file_atomically(scratch / "file", "text");
    Command command = contained("cat /a/file; ls /a/folder");
    command.sandbox->shows.push_back({How::read_only, scratch.folder.path(), "/a"});
    command.sandbox->shows.push_back({How::hidden, scratch / "file", "/a/file"});
    command.sandbox->shows.push_back({How::hidden, scratch / "folder", "/a/folder"});
    CHECK(output_of(command).empty());
}

TEST_CASE("what is shown in a hidden folder is seen there alone") {
    const Scratch scratch;
    fs::create_directories(scratch / "folder/own");
    write_file_atomically(scratch / "folder/secret", "text");
    write_file_atomically(scratch / "folder/own/file", "text\n");
    Command command = contained("ls /a/folder; cat /a/folder/own/file; ls /a/folder/new");
    command.sandbox->shows.push_back({How::read_only, scratch.folder.path(), "/a"});
    command.sandbox->shows.push_back({How::hidden, scratch / "folder", "/a/folder"});
    command.sandbox->shows.push_back({How::read_only, scratch / "folder/own", "/a/folder/own"});
    command.sandbox->shows.push_back({How::writable, scratch / "folder/own", "/a/folder/new"});
    CHECK(output_of(command) == "new\nown\ntext\nfile\n");
}

TEST_CASE("what a sandbox cannot show is named") {
    Command command = contained("exit 0");
    // A file cannot be mounted over a folder.
    command.sandbox->shows.push_back({How::read_only, "/etc/passwd", "/tmp"});
    CHECK_THROWS_WITH(process::run(command), contains_text("/etc/passwd cannot be shown at /tmp"));
}

TEST_CASE("what a program leaves running ends with it") {
    const Scratch scratch;
    Command command = contained("(trap '' TERM; sleep 0.3; echo late >/a/late) & exit 0");
    command.sandbox->shows.push_back({How::writable, scratch.folder.path(), "/a"});
    output_of(command);
    ::usleep(600000);
    CHECK_FALSE(fs::exists(scratch / "late"));
}

TEST_CASE("a program in a sandbox is told to end, and then ended") {
    const Scratch scratch;
    Command polite = contained("trap 'echo told; exit 3' TERM; : >/a/started; while :; do sleep 0.05; done");
    polite.sandbox->shows.push_back({How::writable, scratch.folder.path(), "/a"});
    const Outcome outcome = run_to_its_limit(polite, scratch / "started");
    CHECK(outcome.end == Outcome::End::timed_out);
    CHECK_THAT(outcome.output, contains_text("told\n"));
}

TEST_CASE("scripts in a sandbox can open their output by name") {
    const Scratch scratch;
    Command command = contained("echo one >/dev/stdout; echo two >/dev/stderr; echo three >>/proc/self/fd/1");
    command.log = scratch / "log";
    CHECK(process::run(command).succeeded());
    CHECK_THAT(read_file(scratch / "log"), contains_text("three"));
}

TEST_CASE("descriptors that somebody has left open are closed in a sandbox") {
    const int left_open = ::dup(STDERR_FILENO);
    CHECK(output_of(contained("ls /proc/self/fd | wc -l")) == "4\n");  // ls has its own, of the folder
    ::close(left_open);
}
