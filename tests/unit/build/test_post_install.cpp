#include <functional>

#include "base/error.hpp"
#include "build/post_install.hpp"
#include "catch.hpp"
#include "process/command.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;

namespace {

struct Silence final : report::ProgressSink {
    void post(const report::ProgressEvent& /*event*/) override {}
};

/// Runs @p script as what rpm does behind %install; the reason of the failure, empty where there was none.
std::string failure_of(const TestFolder& folder, const std::string& script) {
    Silence silence;
    try {
        run_post_install(
            {.layout = Layout(folder / "build"), .buildroot = folder / "root", .script = script, .progress = silence});
        return {};
    } catch (const Error& error) {
        return error.reason();
    }
}

void put_program_with_debug_information(const TestFolder& folder) {
    const fs::path source = folder.write("x.c", "int main(void) { return 0; }\n");
    fs::create_directories(folder / "root/usr/bin");
    process::Command gcc;
    gcc.arguments = {"gcc", "-g", "-o", (folder / "root/usr/bin/x").string(), source.string()};
    REQUIRE(process::run(gcc).succeeded());
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a script of rpm's that does not find a program stops the build, although it ends with success") {
    const TestFolder folder;
    fs::create_directories(folder / "root");
    CHECK(failure_of(folder, "echo fine\n").empty());
    CHECK(says(failure_of(folder, "no-such-program | true\n"), "no-such-program: not found"));
    CHECK(says(folder.read("build/logs/post-install.log"), "no-such-program"));
}

TEST_CASE("a script that fails is quoted") {
    const TestFolder folder;
    fs::create_directories(folder / "root");
    CHECK(says(failure_of(folder, "echo 'error: words'; exit 3\n"), "exited with status 3"));
    CHECK(says(failure_of(folder, "echo 'error: words'; exit 3\n"), "error: words"));
}

TEST_CASE("a list of debug information that stays empty although there was some") {
    const TestFolder folder;
    put_program_with_debug_information(folder);
    CHECK(says(failure_of(folder, ": >debugsourcefiles.list; echo /x >debugfiles.list\n"), "/usr/bin/x"));
    CHECK(failure_of(folder, "echo /x >debugsourcefiles.list; echo /x >debugfiles.list\n").empty());
    // Where rpm makes no debug packages nothing is written; what another run left is none of this one's.
    folder.write("build/debugfiles.list", "");
    CHECK(failure_of(folder, "true\n").empty());
}

TEST_CASE("an empty list is right where nothing has debug information") {
    const TestFolder folder;
    folder.write("root/usr/bin/script", "#!/bin/sh\n", 0755);
    CHECK(failure_of(folder, ": >debugfiles.list\n").empty());
}
