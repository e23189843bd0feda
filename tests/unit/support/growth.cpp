#include "growth.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <new>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

thread_local std::uint64_t allocated = 0;

void* allocate(std::size_t size) noexcept {
    allocated += size;
    return std::malloc(size == 0 ? 1 : size);
}

void* allocate_or_throw(std::size_t size) {
    if (void* place = allocate(size)) return place;
    throw std::bad_alloc();
}

}  // namespace

// All of them but those for a larger alignment: a sanitizer has its own, and wants them in pairs.
void* operator new(std::size_t size) { return allocate_or_throw(size); }
void* operator new[](std::size_t size) { return allocate_or_throw(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* place) noexcept { std::free(place); }
void operator delete[](void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }
void operator delete[](void* place, std::size_t) noexcept { std::free(place); }
void operator delete(void* place, const std::nothrow_t&) noexcept { std::free(place); }
void operator delete[](void* place, const std::nothrow_t&) noexcept { std::free(place); }

namespace growth {

std::uint64_t allocated_bytes(const std::function<void()>& work) {
    const std::uint64_t before = allocated;
    work();
    return allocated - before;
}

double when_doubled(const std::function<void(std::size_t)>& work, std::size_t size) {
    // What is made once, as regular expressions are, belongs to neither.
    work(1);
    const std::uint64_t once = allocated_bytes([&] { work(size); });
    const std::uint64_t twice = allocated_bytes([&] { work(2 * size); });
    return static_cast<double>(twice) / static_cast<double>(once);
}

bool ends_within(unsigned processor_seconds, const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child < 0) return false;
    if (child == 0) {
        const rlimit limit{processor_seconds, processor_seconds};
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CPU, &limit);
        ::setrlimit(RLIMIT_CORE, &no_core);
        // The signals of the test framework would report twice.
        ::signal(SIGSEGV, SIG_DFL);
        work();
        ::_exit(0);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace growth
