#include "base/standard_descriptors.hpp"

#include <cerrno>
#include <functional>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "catch.hpp"

using namespace pystacks;

namespace {

/// What @p work returns in a process of its own, which may close what it likes.
int in_a_child(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int open_something() { return ::open("/dev/null", O_RDWR | O_CLOEXEC); }

}  // namespace

TEST_CASE("nothing that is opened gets a standard descriptor's number") {
    const int number = in_a_child([] {
        for (const int each : {0, 1, 2}) ::close(each);
        take_closed_standard_descriptors();
        return open_something();
    });
    CHECK(number > 2);
}

TEST_CASE("what was closed is still an error, and what was open stays") {
    CHECK(in_a_child([] {
              ::close(1);
              take_closed_standard_descriptors();
              const bool refused = ::write(1, "x", 1) < 0 && errno == EBADF;
              return refused && ::fcntl(1, F_GETFD) == 0 ? 0 : 1;
          }) == 0);
    CHECK(in_a_child([] {
              ::dup2(open_something(), 2);
              take_closed_standard_descriptors();
              return ::write(2, "x", 1) == 1 ? 0 : 1;
          }) == 0);
}
