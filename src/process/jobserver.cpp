#include "process/jobserver.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/temporary_directory.hpp"
#include "process/command.hpp"
#include "process/interruption.hpp"
#include "process/jobserver_auth.hpp"

namespace pystacks::process {

namespace {

constexpr const char* cannot_create = "cannot create a jobserver";
constexpr int implicit_slot = -1;
constexpr char token_byte = '+';
constexpr int most_jobs = 4096;  // tokens must fit into the smallest pipe that the kernel gives out

bool is_fifo(int fd, struct stat& status) { return ::fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode); }

/// Whether the two ends came from an outer make. make 4.3 names them to every recipe, but leaves them open only for
/// those that it takes for a make; then any files may have their numbers.
bool is_inherited_pipe(int read_end, int write_end) {
    const auto inherited = [](int fd, int wanted_access) {
        const int descriptor_flags = ::fcntl(fd, F_GETFD);
        const int status_flags = ::fcntl(fd, F_GETFL);
        if (descriptor_flags < 0 || status_flags < 0) return false;
        // What this process opened itself is close-on-exec.
        if ((descriptor_flags & FD_CLOEXEC) != 0) return false;
        const int access = status_flags & O_ACCMODE;
        return access == wanted_access || access == O_RDWR;
    };
    struct stat read_status {};
    struct stat write_status {};
    return inherited(read_end, O_RDONLY) && inherited(write_end, O_WRONLY) && is_fifo(read_end, read_status) &&
           is_fifo(write_end, write_status) && read_status.st_ino == write_status.st_ino;
}

/// The same pipe with status flags of its own: O_NONBLOCK set on a shared end would reach every make that has it.
UniqueFd reopen(int fd, int flags) {
    UniqueFd own(::open(fmt::format("/proc/self/fd/{}", fd).c_str(), flags | O_CLOEXEC));
    if (!own) own.reset(::fcntl(fd, F_DUPFD_CLOEXEC, 0));  // without /proc: works, but a wait may not be interruptible
    if (!own) throw system_error(errno, cannot_create, "");
    return own;
}

/// make expands MAKEFLAGS like a variable and splits it into words.
bool plain_for_make(const fs::path& path) {
    return path.string().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+") ==
           std::string::npos;
}

}  // namespace

/// What slots are taken from and given back to; its address stays the same when the Jobserver moves.
struct Jobserver::Slot::State {
    UniqueFd implicit;  // an eventfd of value 1 while this process's implicit slot is free, so poll sees it too
    UniqueFd read;      // not blocking
    UniqueFd write;
    std::mutex mutex;
    std::list<int> held;  // by each slot: the byte that was read, or implicit_slot

    Slot hold(int token);
    void release(std::list<int>::iterator slot);
};

struct Jobserver::Impl {
    Slot::State state;
    JobserverAuth auth;          // as children are told
    UniqueFd read_for_children;  // what auth names, where it is a pipe of our own
    UniqueFd write_for_children;
    std::optional<TemporaryDirectory> fifo_folder;
    bool client = false;

    Impl() {
        state.implicit.reset(::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE));
        if (!state.implicit) throw system_error(errno, cannot_create, "");
    }

    void create_pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, cannot_create, "");
        read_for_children.reset(ends[0]);
        write_for_children.reset(ends[1]);
        auth.read_end = ends[0];
        auth.write_end = ends[1];
        state.read = reopen(ends[0], O_RDONLY | O_NONBLOCK);
        state.write = reopen(ends[1], O_WRONLY);
    }

    void create_fifo(const fs::path& directory) {
        const fs::path wanted = fs::absolute(directory);
        fifo_folder.emplace(plain_for_make(wanted) ? wanted : temporary_folder(), "jobserver");
        auth.style = Style::fifo;
        auth.path = fifo_folder->path() / "slots";
        if (::mkfifo(auth.path.c_str(), 0600) != 0) throw system_error(errno, cannot_create, auth.path.string());
        open_fifo();
    }

    void open_fifo() {
        // Reading and writing: neither end waits for a partner, and the tokens stay while this process lives.
        state.read = open_file(auth.path, O_RDWR | O_NONBLOCK, cannot_create);
        state.write = open_file(auth.path, O_RDWR, cannot_create);
    }

    /// @returns whether the outer make's jobserver can be used.
    bool join(const JobserverAuth& outer) {
        struct stat status {};
        if (outer.style == Style::pipe) {
            if (!is_inherited_pipe(outer.read_end, outer.write_end)) return false;
            auth = outer;
            state.read = reopen(outer.read_end, O_RDONLY | O_NONBLOCK);
            state.write = reopen(outer.write_end, O_WRONLY);
        } else {
            if (::stat(outer.path.c_str(), &status) != 0 || !S_ISFIFO(status.st_mode)) return false;
            if (::access(outer.path.c_str(), R_OK | W_OK) != 0) return false;
            auth = outer;
            open_fifo();
        }
        client = true;
        return true;
    }
};

Jobserver::Slot Jobserver::Slot::State::hold(int token) {
    const std::lock_guard lock(mutex);
    return {this, held.insert(held.end(), token)};
}

void Jobserver::Slot::State::release(std::list<int>::iterator slot) {
    const std::lock_guard lock(mutex);
    int token = *slot;
    held.erase(slot);
    if (token == implicit_slot) {
        const auto other = std::find_if(held.begin(), held.end(), [](int each) { return each != implicit_slot; });
        if (other != held.end()) std::swap(token, *other);
    }
    // Neither can fail for lack of room: what is written back was taken out before.
    const std::uint64_t one = 1;
    const auto byte = static_cast<unsigned char>(token);
    ssize_t written = -1;
    do {
        written = token == implicit_slot ? ::write(implicit.get(), &one, sizeof one) : ::write(write.get(), &byte, 1);
    } while (written < 0 && errno == EINTR);
}

Jobserver::Jobserver(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Jobserver::Jobserver(Jobserver&&) noexcept = default;
Jobserver& Jobserver::operator=(Jobserver&&) noexcept = default;
Jobserver::~Jobserver() = default;

std::optional<Jobserver> Jobserver::join() {
    const char* makeflags = std::getenv("MAKEFLAGS");
    const auto outer = parse_makeflags(makeflags != nullptr ? makeflags : "");
    auto impl = std::make_unique<Impl>();
    if (!outer || !impl->join(*outer)) return std::nullopt;
    return Jobserver(std::move(impl));
}

Jobserver Jobserver::join_or_create(int jobs, const fs::path& directory) {
    if (auto outer = join()) return std::move(*outer);
    return create(jobs, directory);
}

Jobserver Jobserver::create(int jobs, const fs::path& directory) {
    Command version;
    version.arguments = {"make", "--version"};
    version.unset_environment = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"};
    version.environment["LC_ALL"] = "C";
    return create(jobs, style_of_make(run(version).output), directory);
}

Jobserver Jobserver::create(int jobs, Style style, const fs::path& directory) {
    auto impl = std::make_unique<Impl>();
    impl->auth.jobs = std::clamp(jobs, 1, most_jobs);
    if (style == Style::fifo) {
        impl->create_fifo(directory);
    } else {
        impl->create_pipe();
    }
    const std::string tokens(static_cast<std::size_t>(impl->auth.jobs - 1), token_byte);
    write_all(impl->state.write.get(), tokens, "the jobserver");
    return Jobserver(std::move(impl));
}

Jobserver Jobserver::over(UniqueFd slots, UniqueFd given_up, int jobs, ImplicitSlot implicit) {
    auto impl = std::make_unique<Impl>();
    if (implicit == ImplicitSlot::none) impl->state.implicit.reset();
    impl->state.read = reopen(slots.get(), O_RDONLY | O_NONBLOCK);
    impl->state.write = reopen(given_up.get(), O_WRONLY);
    impl->auth.jobs = jobs;
    impl->auth.read_end = slots.get();
    impl->auth.write_end = given_up.get();
    impl->read_for_children = std::move(slots);
    impl->write_for_children = std::move(given_up);
    return Jobserver(std::move(impl));
}

Jobserver::Slot Jobserver::acquire() {
    Slot::State& state = impl_->state;
    for (;;) {
        throw_if_interrupted();
        std::uint64_t one = 0;
        if (::read(state.implicit.get(), &one, sizeof one) == sizeof one) return state.hold(implicit_slot);

        unsigned char byte = 0;
        const ssize_t count = ::read(state.read.get(), &byte, 1);
        if (count == 1) return state.hold(byte);
        if (count == 0) throw Error("cannot get a job slot", "", "the make that offered them has ended");
        if (errno != EAGAIN && errno != EINTR) throw system_error(errno, "cannot get a job slot", "");

        std::array<pollfd, 3> events{pollfd{state.implicit.get(), POLLIN, 0}, pollfd{state.read.get(), POLLIN, 0},
                                     pollfd{interruption_descriptor(), POLLIN, 0}};
        if (::poll(events.data(), events.size(), -1) < 0 && errno != EINTR) {
            throw system_error(errno, "cannot wait for a job slot", "");
        }
    }
}

Jobserver::Slot::Slot(Slot&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)), held_(other.held_) {}

Jobserver::Slot& Jobserver::Slot::operator=(Slot&& other) noexcept {
    std::swap(owner_, other.owner_);
    std::swap(held_, other.held_);
    return *this;
}

Jobserver::Slot::~Slot() {
    if (owner_ != nullptr) owner_->release(held_);
}

std::string Jobserver::makeflags() const { return impl_->auth.makeflags(); }

std::vector<int> Jobserver::descriptors() const {
    if (impl_->auth.style == Style::fifo) return {};
    return {impl_->auth.read_end, impl_->auth.write_end};
}

int Jobserver::jobs() const noexcept { return impl_->auth.jobs; }
bool Jobserver::is_client() const noexcept { return impl_->client; }

}  // namespace pystacks::process
