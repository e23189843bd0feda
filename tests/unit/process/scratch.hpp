#pragma once

#include <string>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "process/command.hpp"

/// A folder for one test.
struct Scratch {
    pystacks::TemporaryDirectory folder{pystacks::fs::temp_directory_path(), "pystacks-process-test"};
    [[nodiscard]] pystacks::fs::path operator/(const char* name) const { return folder.path() / name; }
};

/// This test program. Tests that need a process of their own run one of its hidden test cases, by name.
inline std::string this_program() { return pystacks::fs::read_symlink("/proc/self/exe").string(); }

/// `sh -c SCRIPT`, in @p directory, with $SELF naming this test program.
inline pystacks::process::Command shell(std::string script, const pystacks::fs::path& directory = {}) {
    pystacks::process::Command command;
    command.arguments = {"sh", "-c", std::move(script)};
    command.directory = directory;
    command.environment["SELF"] = this_program();
    return command;
}

/// run(), with a time limit after which the program has made the file @p started: on a busy machine even a shell may
/// need seconds for that.
inline pystacks::process::Outcome run_to_its_limit(pystacks::process::Command command,
                                                   const pystacks::fs::path& started) {
    for (double limit = 0.3;; limit *= 2) {
        command.time_limit_seconds = limit;
        pystacks::process::Outcome outcome = run(command);
        if (pystacks::fs::exists(started) || limit > 60) {
            return outcome;
        }
    }
}

/// A shell function: waits until the process whose number the given file holds has ended.
inline constexpr const char* wait_until_ended =
    "wait_until_ended() { "
    "while [ ! -s \"$1\" ]; do sleep 0.02; done; "
    "while grep -q '^State:[^ZX]*$' /proc/$(cat \"$1\")/status 2>/dev/null; do sleep 0.02; done; }; ";
