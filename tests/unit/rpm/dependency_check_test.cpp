#include "rpm/dependency_check.hpp"

#include <fstream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;

namespace {

const TemporaryDirectory folder(fs::temp_directory_path(), "dependencies");
const fs::path log_file = folder.path() / "log";
const fs::path package = folder.path() / "a-1-1.x86_64.rpm";

void check() { rpm::require_complete_dependencies(log_file, {package}, "cannot build", "a.spec", "look"); }

}  // namespace

TEST_CASE("packages without the dependencies that a generator did not find do not stay") {
    write_file_atomically(package, "a package");
    std::ofstream(log_file) << "sh: 1: of-a-macro: not found\n"
                               "Executing(%build): /bin/sh -e /var/tmp/rpm-tmp.1\n"
                               "Makefile: line 1: git: command not found\n"
                               "Processing files: a-1-1.x86_64\n"
                               "Provides: a = 1-1\n"
                               "Executing(%clean): /bin/sh -e /var/tmp/rpm-tmp.2\n"
                               "sh: 1: of-clean: not found\n";
    check();
    CHECK(fs::exists(package));

    std::ofstream(log_file, std::ios::app) << "Processing files: b-1-1.x86_64\nsh: 1: elfdeps: not found\n";
    try {
        check();
        FAIL("nothing was said");
    } catch (const Error& error) {
        CHECK(error.subject() == "a.spec");
        CHECK(error.reason().ends_with("sh: 1: elfdeps: not found"));
        CHECK(error.hint() == "look");
    }
    CHECK_FALSE(fs::exists(package));
}
