#include "log/descriptor.hpp"

#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace pystacks::log {

bool write_all(int descriptor, std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            // Somebody made the terminal non-blocking; it is shared with whatever else runs there.
            pollfd ready{descriptor, POLLOUT, 0};
            if (::poll(&ready, 1, 1000) <= 0) return false;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

}  // namespace pystacks::log
