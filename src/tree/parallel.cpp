#include "tree/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace pystacks::tree {

void for_each_index(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_mutex;
    auto drain = [&] {
        try {
            for (std::size_t index = next++; index < count; index = next++) work(index);
        } catch (...) {
            next = count;
            const std::lock_guard lock(failure_mutex);
            if (!failure) failure = std::current_exception();
        }
    };

    {
        std::vector<std::jthread> helpers;
        const std::size_t wanted = std::min<std::size_t>(threads, count);
        try {
            while (helpers.size() + 1 < wanted) helpers.emplace_back(drain);
        } catch (const std::system_error&) {
            // A limit on threads makes it slower, not impossible.
        }
        drain();
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace pystacks::tree
