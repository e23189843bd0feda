#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "report/progress.hpp"

namespace pystacks::report {

/// Receives the events of any number of processes over a Unix stream socket, one JSON line each, and hands them to a
/// sink on a thread of its own. What is not an event is ignored: a client can spoil the display, never the build.
class ProgressServer {
public:
    /// Listens in a new private folder, which is removed at the end. @p sink must outlive the server. @throws Error.
    explicit ProgressServer(ProgressSink& sink);
    ProgressServer(const ProgressServer&) = delete;
    ProgressServer& operator=(const ProgressServer&) = delete;
    ~ProgressServer() { close(); }

    /// For ProgressClient, in any process.
    [[nodiscard]] const std::filesystem::path& socket() const noexcept { return socket_; }

    /// Hands over what has been sent so far, hangs up on every client and ends the thread. May be called twice.
    void close();

private:
    void serve();
    void accept_clients();
    bool receive(int client, std::string& pending);
    void deliver(std::string& pending);

    ProgressSink& sink_;
    TemporaryDirectory folder_;
    std::filesystem::path socket_;
    UniqueFd listener_;
    UniqueFd wake_reader_, wake_writer_;
    std::map<int, std::string> clients_;  // descriptor → what came of an unfinished line
    std::thread thread_;
};

/// Sends events to a ProgressServer. Thread-safe.
///
/// A stage must not continue when the program that started it is gone: a thread watches the connection, and @c
/// on_hang_up is called once, from that thread, as soon as the server closes it or dies.
class ProgressClient final : public ProgressSink {
public:
    /// @throws Error when nobody listens on @p socket.
    ProgressClient(const std::filesystem::path& socket, std::function<void()> on_hang_up);
    ProgressClient(const ProgressClient&) = delete;
    ProgressClient& operator=(const ProgressClient&) = delete;
    ~ProgressClient() override;

    /// Never fails: after the hang-up events are dropped.
    void post(const ProgressEvent& event) override;

private:
    void watch();

    std::function<void()> on_hang_up_;
    UniqueFd connection_;
    UniqueFd wake_reader_, wake_writer_;
    std::mutex sending_;
    std::atomic<bool> broken_ = false;
    std::thread thread_;
};

}  // namespace pystacks::report
