#include "process/not_found.hpp"

#include <fstream>

#include "catch.hpp"
#include "scratch.hpp"

using namespace pystacks;
using process::says_not_found;

TEST_CASE("what is said where a program or a module is not there") {
    for (const char* line : {
             "/usr/bin/find-debuginfo: line 643: cpio: command not found",  // bash
             "/usr/lib/rpm/pkgconfigdeps.sh: 12: pkg-config: not found",    // dash
             "sh: 1: gdb-add-index: not found",                             //
             "env: 'python3': No such file or directory",                   // coreutils
             "/usr/bin/env: \xe2\x80\x98python3\xe2\x80\x99: No such file or directory",
             "xargs: eu-strip: No such file or directory",                            // findutils
             "make: gcc: No such file or directory",                                  // GNU make
             "error: Couldn't exec /usr/lib/rpm/elfdeps: No such file or directory",  // librpmbuild
             "/bin/sh: 1: /usr/lib/rpm/x: bad interpreter: No such file or directory",
             "ModuleNotFoundError: No module named 'packaging'",  // Python 3.6 and later
             "ImportError: No module named packaging",            // Python 2
         }) {
        INFO(line);
        CHECK(says_not_found(line));
    }
}

TEST_CASE("what is not about a missing program") {
    for (const char* line : {
             "",
             "+ echo cpio: not found",
             "checking for dlopen... not found",
             "cpio: not found, says nobody",
             "error: File not found: /usr/bin/mb",
             "find: '/usr/lib/debug': No such file or directory",
             "warning: Missing build-id in /usr/bin/x",
             "skipped test_x -- No module named 'y'",
         }) {
        INFO(line);
        CHECK_FALSE(says_not_found(line));
    }
}

TEST_CASE("the first such line of a log") {
    const Scratch scratch;
    const auto log = scratch / "log";
    CHECK_FALSE(process::first_not_found(log));
    std::ofstream(log) << "all is well\nx: 1: cpio: not found\ny: 2: file: not found\n";
    CHECK(process::first_not_found(log) == "x: 1: cpio: not found");
}
