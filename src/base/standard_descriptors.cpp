#include "base/standard_descriptors.hpp"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace pystacks {

void take_closed_standard_descriptors() noexcept {
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; ++number) {
        if (::fcntl(number, F_GETFD) >= 0 || errno != EBADF) continue;
        // The lowest number that is free, which this one is.
        [[maybe_unused]] const int taken = ::open("/", O_PATH);  // NOLINT: not O_CLOEXEC, for the sake of children
    }
}

}  // namespace pystacks
