#include "process/isolation.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include "catch.hpp"

using namespace pystacks::process;

namespace {

/// Isolates a child of this process: isolation changes the process that asks for it.
int isolated_in_child(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(run_isolated(work));
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("the status of isolated work is the caller's to see") {
    CHECK(isolated_in_child([] { return 7; }) == 7);
}
