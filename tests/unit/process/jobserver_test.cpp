#include "process/jobserver.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "process/jobserver_auth.hpp"
#include "scratch.hpp"

using namespace pystacks;
using namespace pystacks::process;
using Style = Jobserver::Style;

namespace {

/// How many slots are free beside the implicit one.
int free_tokens(const Jobserver& jobserver) {
    UniqueFd fifo;
    int fd = -1;
    if (jobserver.descriptors().empty()) {
        fifo = open_file(parse_makeflags(jobserver.makeflags()).value().path, O_RDWR | O_NONBLOCK, "cannot open");
        fd = fifo.get();
    } else {
        fd = jobserver.descriptors().front();
    }
    int bytes = -1;
    REQUIRE(::ioctl(fd, FIONREAD, &bytes) == 0);
    return bytes;
}

}  // namespace

TEST_CASE("N jobs are N slots, of which the first takes no token") {
    const Scratch scratch;
    const Style style = GENERATE(Style::pipe, Style::fifo);
    Jobserver jobserver = Jobserver::create(3, style, scratch.folder.path());
    CHECK(jobserver.jobs() == 3);
    CHECK_FALSE(jobserver.is_client());
    CHECK(free_tokens(jobserver) == 2);
    std::optional<Jobserver::Slot> first = jobserver.acquire();
    CHECK(free_tokens(jobserver) == 2);
    {
        const Jobserver::Slot second = jobserver.acquire();
        const Jobserver::Slot third = jobserver.acquire();
        CHECK(free_tokens(jobserver) == 0);
        first.reset();
        first = jobserver.acquire();  // the implicit one is handed out again
        CHECK(free_tokens(jobserver) == 0);
    }
    CHECK(free_tokens(jobserver) == 2);
}

TEST_CASE("the implicit slot is not free while another is held, for no child could take it") {
    const Scratch scratch;
    const Style style = GENERATE(Style::pipe, Style::fifo);
    Jobserver jobserver = Jobserver::create(2, style, scratch.folder.path());
    std::optional<Jobserver::Slot> configure = jobserver.acquire();
    const Jobserver::Slot make = jobserver.acquire();
    CHECK(free_tokens(jobserver) == 0);
    configure.reset();
    CHECK(free_tokens(jobserver) == 1);
}

TEST_CASE("a slot that is moved is given back once") {
    Jobserver jobserver = Jobserver::create(2, Style::pipe, ".");
    {
        Jobserver::Slot first = jobserver.acquire();
        Jobserver::Slot second = jobserver.acquire();
        first = std::move(second);
        const Jobserver::Slot third = std::move(first);
    }
    CHECK(free_tokens(jobserver) == 1);
    const Jobserver::Slot again = jobserver.acquire();
    CHECK(free_tokens(jobserver) == 1);
}

TEST_CASE("the jobserver can move while slots are out") {
    std::optional<Jobserver> jobserver = Jobserver::create(2, Style::pipe, ".");
    Jobserver::Slot first = jobserver->acquire();
    std::optional<Jobserver::Slot> slot = jobserver->acquire();
    Jobserver moved = std::move(*jobserver);
    // No slot may outlive the jobserver: this one goes before it does.
    const Jobserver::Slot implicit = std::move(first);
    slot.reset();
    CHECK(free_tokens(moved) == 1);
}

TEST_CASE("the number of jobs is at least one, and bounded") {
    CHECK(Jobserver::create(0, Style::pipe, ".").jobs() == 1);
    CHECK(Jobserver::create(-5, Style::pipe, ".").jobs() == 1);
    CHECK(Jobserver::create(1'000'000, Style::pipe, ".").jobs() == 4096);
}

TEST_CASE("threads never hold more slots than there are, and all are given back") {
    const Scratch scratch;
    const Style style = GENERATE(Style::pipe, Style::fifo);
    Jobserver jobserver = Jobserver::create(3, style, scratch.folder.path());
    std::atomic<int> held{0};
    std::atomic<int> most{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                const Jobserver::Slot slot = jobserver.acquire();
                const int now = ++held;
                int before = most.load();
                while (before < now && !most.compare_exchange_weak(before, now)) {
                }
                std::this_thread::yield();
                --held;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(most.load() <= 3);
    CHECK(free_tokens(jobserver) == 2);
}

TEST_CASE("a pipe's ends are inherited only by those who are given them") {
    const Jobserver jobserver = Jobserver::create(2, Style::pipe, ".");
    REQUIRE(jobserver.descriptors().size() == 2);
    for (const int fd : jobserver.descriptors()) {
        CHECK((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
        CHECK((::fcntl(fd, F_GETFL) & O_NONBLOCK) == 0);
    }
}

TEST_CASE("a FIFO goes away with its jobserver") {
    const Scratch scratch;
    fs::path path;
    {
        const Jobserver jobserver = Jobserver::create(2, Style::fifo, scratch.folder.path());
        path = parse_makeflags(jobserver.makeflags()).value().path;
        CHECK(fs::is_fifo(path));
        CHECK(path.string().starts_with(scratch.folder.path().string()));
        CHECK(jobserver.descriptors().empty());
    }
    CHECK(fs::is_empty(scratch.folder.path()));
    CHECK_THROWS_AS(Jobserver::create(2, Style::fifo, scratch / "none"), Error);
}

TEST_CASE("a FIFO is not created where make would misread its path") {
    const Scratch scratch;
    make_directories(scratch / "a $(b)");
    const Jobserver jobserver = Jobserver::create(2, Style::fifo, scratch / "a $(b)");
    CHECK(jobserver.makeflags().find('$') == std::string::npos);
    CHECK(free_tokens(jobserver) == 1);
}

TEST_CASE("a jobserver that MAKEFLAGS names but that does not answer is replaced by a new one") {
    const Scratch scratch;
    write_file_atomically(scratch / "file", "");
    const UniqueFd no_pipe(::open((scratch / "file").c_str(), O_RDWR));  // NOLINT(android-cloexec-open): inherited
    int own[2];
    REQUIRE(::pipe2(own, O_CLOEXEC) == 0);
    const UniqueFd own_read(own[0]);
    const UniqueFd own_write(own[1]);
    const std::string file_number = std::to_string(no_pipe.get());
    for (const std::string& auth :
         {std::string("1001,1002"), file_number + "," + file_number, "fifo:" + (scratch / "none").string(),
          "fifo:" + (scratch / "file").string(), std::to_string(own[0]) + "," + std::to_string(own[1])}) {
        CAPTURE(auth);
        ::setenv("MAKEFLAGS", (" -j9 --jobserver-auth=" + auth).c_str(), 1);
        const Jobserver jobserver = Jobserver::join_or_create(2, scratch.folder.path());
        CHECK_FALSE(jobserver.is_client());
        CHECK(jobserver.jobs() == 2);
        CHECK(free_tokens(jobserver) == 1);
    }
    ::unsetenv("MAKEFLAGS");
}

TEST_CASE("a FIFO of an outer make is joined, and gets its tokens back") {
    const Scratch scratch;
    const Jobserver outer = Jobserver::create(3, Style::fifo, scratch.folder.path());
    ::setenv("MAKEFLAGS", outer.makeflags().c_str(), 1);
    {
        Jobserver client = Jobserver::join_or_create(64, scratch.folder.path());
        CHECK(client.is_client());
        CHECK(client.jobs() == 3);
        const Jobserver::Slot implicit = client.acquire();
        const Jobserver::Slot second = client.acquire();
        CHECK(free_tokens(outer) == 1);
    }
    ::unsetenv("MAKEFLAGS");
    CHECK(free_tokens(outer) == 2);
}
