#include "process/interruption.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include "base/error.hpp"

namespace pystacks::process {

namespace {

// Never closed: a signal may arrive until the very end of the process.
struct WakeUpPipe {
    int ends[2] = {-1, -1};
    int error_number = 0;
    WakeUpPipe() noexcept {
        if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) error_number = errno;
    }
};

std::atomic<bool> requested{false};
std::atomic<int> wake_up_end{-1};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "the signal handler may use nothing that locks");

const WakeUpPipe& wake_up_pipe() noexcept {
    static const WakeUpPipe pipe;
    wake_up_end.store(pipe.ends[1]);
    return pipe;
}

void handle_signal(int /*number*/) {
    const int saved = errno;
    request_interruption();
    errno = saved;
}

void set_action(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigfillset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
}

bool is_ignored(int signal) {
    struct sigaction action {};
    return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

void install_signal_handlers() {
    if (const int why = wake_up_pipe().error_number) throw system_error(why, "cannot create a pipe", "");
    for (const int signal : {SIGINT, SIGHUP}) {
        if (!is_ignored(signal)) set_action(signal, handle_signal);
    }
    set_action(SIGTERM, handle_signal);
    set_action(SIGPIPE, SIG_IGN);
    // Where the parent ignored it, the kernel would reap our children before we can ask how they ended.
    set_action(SIGCHLD, SIG_DFL);
}

bool interruption_requested() noexcept { return requested.load(); }

// Called by the signal handler too, hence nothing but atomics and write(2).
void request_interruption() noexcept {
    requested.store(true);
    const int end = wake_up_end.load();
    if (end < 0) return;  // nobody waits on the pipe yet; interruption_descriptor() looks at the flag
    const char byte = '!';
    // A full pipe is readable already.
    [[maybe_unused]] const ssize_t written = ::write(end, &byte, 1);
}

int interruption_descriptor() noexcept {
    const int end = wake_up_pipe().ends[0];
    // Requested before the pipe existed: make it readable now. Another byte does no harm.
    if (interruption_requested()) request_interruption();
    return end;
}

void throw_if_interrupted() {
    if (interruption_requested()) throw Error(ErrorKind::interrupted, "interrupted", "", "");
}

}  // namespace pystacks::process
