#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/file.hpp"

namespace pystacks::source::test {

/// An HTTP server on 127.0.0.1 that can misbehave; one thread, one connection at a time.
class LoopbackServer {
public:
    struct Page {
        std::string body = {};
        int status = 200;
        bool resumes = true;                                  ///< answers Range requests with 206
        std::optional<std::size_t> cut_after = std::nullopt;  ///< bytes of body, after which the connection is closed
        int cuts = 1;                                         ///< how many times that happens
        std::string location = {};                            ///< of a redirect
    };
    struct Request {
        std::string path;
        std::optional<std::size_t> range_start;
        std::string user_agent;
    };

    LoopbackServer();
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;
    ~LoopbackServer();

    void serve(const std::string& path, Page page);
    [[nodiscard]] std::string url(const std::string& path) const;
    [[nodiscard]] std::vector<Request> requests() const;

private:
    void run();
    void answer(int connection);

    UniqueFd listener_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;
    std::map<std::string, Page> pages_;
    std::vector<Request> requests_;
    std::thread thread_;
};

}  // namespace pystacks::source::test
