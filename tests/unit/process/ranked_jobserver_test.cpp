#include "process/ranked_jobserver.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include "base/file.hpp"
#include "catch.hpp"
#include "process/command.hpp"
#include "scratch.hpp"

using namespace pystacks;
using namespace pystacks::process;
using namespace std::chrono_literals;
using Slot = Jobserver::Slot;

namespace {

/// Waits for a slot in a thread of its own.
class Waiter {
public:
    explicit Waiter(Jobserver& jobserver)
        : thread_([this, &jobserver] {
              slot_ = jobserver.acquire();
              has_it_ = true;
          }) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() {
        if (thread_.joinable()) thread_.join();
    }

    [[nodiscard]] bool has_it() const { return has_it_; }
    Slot wait() {
        if (thread_.joinable()) thread_.join();
        return std::move(*slot_);
    }

private:
    std::optional<Slot> slot_;
    std::atomic<bool> has_it_ = false;
    std::thread thread_;
};

}  // namespace

TEST_CASE("what the first rank does not want, the next ones get") {
    RankedJobserver jobs(3, 3, 1ms);
    const std::size_t rank = GENERATE(0U, 1U, 2U);
    const Slot first = jobs.rank(rank).acquire();
    const Slot second = jobs.rank(rank).acquire();
    CHECK(jobs.rank(rank).jobs() == 3);
    // One is the first rank's, whatever the others hold.
    const Slot third = jobs.rank(0).acquire();
}

TEST_CASE("a slot that is given back goes to the first rank, who has waited longer or not") {
    RankedJobserver jobs(2, 2, 500ms);
    const Slot implicit = jobs.rank(0).acquire();
    std::optional<Slot> only = jobs.rank(0).acquire();
    Waiter second(jobs.rank(1)), first(jobs.rank(0));
    only.reset();
    only = first.wait();
    CHECK_FALSE(second.has_it());
    only.reset();
    const Slot last = second.wait();
}

TEST_CASE("a slot that nobody wanted comes round to the first rank again") {
    RankedJobserver jobs(2, 2, 1ms);
    const Slot implicit = jobs.rank(0).acquire();
    std::this_thread::sleep_for(5ms);
    for (int i = 0; i < 20; ++i) {
        const Slot slot = jobs.rank(static_cast<std::size_t>(i) % 2).acquire();
    }
}

TEST_CASE("makes of all ranks never run more jobs together than there are slots, and all of them end") {
    const Scratch scratch;
    const fs::path log = scratch.folder.path() / "log";
    write_file_atomically(scratch.folder.path() / "Makefile",
                          "all: 1 2 3 4 5 6\n1 2 3 4 5 6:\n\t@echo + >>log; sleep 0.02; echo - >>log\n");
    RankedJobserver jobs(3, 2, 1ms);
    const auto run_make = [&](std::size_t rank) {
        const Slot slot = jobs.rank(rank).acquire();
        Command make;
        make.arguments = {"make"};
        make.directory = scratch.folder.path();
        make.environment["MAKEFLAGS"] = jobs.rank(rank).makeflags();
        make.inherited_descriptors = jobs.rank(rank).descriptors();
        const Outcome outcome = run(make);
        INFO(outcome.output);
        return outcome.succeeded() && outcome.output.find("jobserver") == std::string::npos;
    };
    bool low = false;
    std::thread other([&] { low = run_make(1); });
    const bool high = run_make(0);
    other.join();
    CHECK(high);
    CHECK(low);
    int running = 0, most = 0;
    for (const char character : read_file(log)) {
        running += character == '+' ? 1 : character == '-' ? -1 : 0;
        most = std::max(most, running);
    }
    CHECK(running == 0);
    CHECK(most <= 3);
    // All slots are there again.
    const Slot a = jobs.rank(1).acquire(), b = jobs.rank(1).acquire(), c = jobs.rank(0).acquire();
}
