#include "process/ranked_jobserver.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks::process {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* cannot_create = "cannot create a jobserver";
constexpr int most_jobs = 4096;  // all slots must fit into the smallest pipe that the kernel gives out

struct Pipe {
    UniqueFd read, write;

    static Pipe create() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, cannot_create, "");
        return {UniqueFd(ends[0]), UniqueFd(ends[1])};
    }
};

/// An end for this thread alone: O_NONBLOCK on a shared one would reach every make that has it.
UniqueFd own_read_end(const Pipe& pipe) {
    return open_file("/proc/self/fd/" + std::to_string(pipe.read.get()), O_RDONLY | O_NONBLOCK, cannot_create);
}

/// The slots in a pipe, without waiting.
std::string take_all(int fd) {
    std::array<char, most_jobs> buffer{};
    for (;;) {
        const ssize_t count = ::read(fd, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
    }
}

struct Rank {
    UniqueFd offered_read;  ///< for taking back what nobody took
    UniqueFd offered_write;
    UniqueFd returned;
    Clock::time_point since{};  ///< when the offer began
    bool on_offer = false;      ///< something was laid into the pipe, and nobody has looked yet what is left
    std::optional<Jobserver> jobserver;

    void offer(const std::string& slots) {
        if (slots.empty()) return;
        write_all(offered_write.get(), slots, "a jobserver");
        // What joins an offer ends with it: slots that come back all the time must not prolong it for ever.
        if (!on_offer) since = Clock::now();
        on_offer = true;
    }
};

Rank make_rank(int jobs, Jobserver::ImplicitSlot implicit) {
    Pipe offered = Pipe::create(), returned = Pipe::create();
    Rank rank;
    rank.offered_read = own_read_end(offered);
    rank.returned = own_read_end(returned);
    rank.offered_write = std::move(offered.write);
    rank.jobserver = Jobserver::over(std::move(offered.read), std::move(returned.write), jobs, implicit);
    return rank;
}

}  // namespace

struct RankedJobserver::Impl {
    std::vector<Rank> ranks;
    std::chrono::milliseconds offer;
    UniqueFd stop{::eventfd(0, EFD_CLOEXEC)};
    std::thread thread;

    void hand_out();
    void pass_on();
    [[nodiscard]] int patience() const;
};

/// Until the next offer has lasted long enough; in milliseconds, -1 when there is none.
int RankedJobserver::Impl::patience() const {
    auto least = std::chrono::milliseconds::max();
    for (const Rank& rank : ranks) {
        if (!rank.on_offer) continue;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(rank.since + offer - Clock::now());
        least = std::min(least, std::max(left, std::chrono::milliseconds(0)));
    }
    return least == std::chrono::milliseconds::max() ? -1 : static_cast<int>(least.count());
}

/// What nobody took goes to the next rank. From the last one it comes back to the first, which may want it by now.
void RankedJobserver::Impl::pass_on() {
    const auto now = Clock::now();
    std::vector<std::string> left(ranks.size());
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        if (!ranks[i].on_offer || now < ranks[i].since + offer) continue;
        ranks[i].on_offer = false;
        left[i] = take_all(ranks[i].offered_read.get());
    }
    for (std::size_t i = 0; i < ranks.size(); ++i) ranks[(i + 1) % ranks.size()].offer(left[i]);
}

void RankedJobserver::Impl::hand_out() {
    std::vector<pollfd> events{{stop.get(), POLLIN, 0}};
    for (const Rank& rank : ranks) events.push_back({rank.returned.get(), POLLIN, 0});
    for (;;) {
        const int ready = ::poll(events.data(), events.size(), patience());
        if (ready > 0 && events.front().revents != 0) return;
        if (ready > 0) {
            for (const Rank& rank : ranks) ranks.front().offer(take_all(rank.returned.get()));
        }
        pass_on();
    }
}

RankedJobserver::RankedJobserver(int jobs, std::size_t ranks, std::chrono::milliseconds offer)
    : impl_(std::make_unique<Impl>()) {
    if (!impl_->stop) throw system_error(errno, cannot_create, "");
    jobs = std::clamp(jobs, 1, most_jobs);
    impl_->offer = offer;
    for (std::size_t i = 0; i < ranks; ++i) {
        impl_->ranks.push_back(make_rank(jobs, i == 0 ? Jobserver::ImplicitSlot::one : Jobserver::ImplicitSlot::none));
    }
    impl_->ranks.front().offer(std::string(static_cast<std::size_t>(jobs - 1), '+'));
    impl_->thread = std::thread([impl = impl_.get()] { impl->hand_out(); });
}

RankedJobserver::~RankedJobserver() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(impl_->stop.get(), &one, sizeof one);
    impl_->thread.join();
}

Jobserver& RankedJobserver::rank(std::size_t rank) noexcept { return *impl_->ranks[rank].jobserver; }

}  // namespace pystacks::process
