#include "report/progress_socket.hpp"

#include <cerrno>
#include <cstring>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.hpp"

namespace pystacks::report {
namespace {

/// No event is longer; a client that sends more than this without a newline speaks another language.
constexpr std::size_t longest_line = std::size_t{1} << 20U;

sockaddr_un address_of(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string& text = path.native();
    if (text.size() >= sizeof address.sun_path) {
        throw Error("cannot use the progress socket", text, "the path is longer than a socket's may be",
                    "set TMPDIR to a folder with a shorter name");
    }
    std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
    return address;
}

UniqueFd new_socket(const std::filesystem::path& path) {
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd) throw system_error(errno, "cannot create the progress socket", path);
    return fd;
}

std::pair<UniqueFd, UniqueFd> wake_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) throw system_error(errno, "cannot create a pipe", "");
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

void wake(int descriptor) noexcept {
    [[maybe_unused]] const ssize_t written = ::write(descriptor, "", 1);  // a full pipe wakes as well
}

}  // namespace

ProgressServer::ProgressServer(ProgressSink& sink)
    : sink_(sink), folder_(temporary_folder(), "pystacks"), socket_(folder_.path() / "progress") {
    std::tie(wake_reader_, wake_writer_) = wake_pipe();
    const sockaddr_un address = address_of(socket_);
    listener_ = new_socket(socket_);
    if (::fcntl(listener_.get(), F_SETFL, O_NONBLOCK) != 0 ||
        ::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_.get(), SOMAXCONN) != 0) {
        throw system_error(errno, "cannot listen on the progress socket", socket_);
    }
    thread_ = std::thread([this] { serve(); });
}

void ProgressServer::close() {
    if (!thread_.joinable()) return;
    wake(wake_writer_.get());
    thread_.join();
    listener_.reset();
}

void ProgressServer::accept_clients() {
    for (;;) {
        const int client = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (client < 0) return;
        clients_.emplace(client, std::string());
    }
}

void ProgressServer::deliver(std::string& pending) {
    std::size_t start = 0;
    for (std::size_t end = 0; (end = pending.find('\n', start)) != std::string::npos; start = end + 1) {
        try {
            sink_.post(from_json_line(pending.substr(start, end - start)));
        } catch (const Error&) {
            continue;  // what is not an event is nobody's business
        }
    }
    pending.erase(0, start);
}

/// Takes what has come so far. @returns whether the client is still there.
bool ProgressServer::receive(int client, std::string& pending) {
    char buffer[16384];
    for (;;) {
        const ssize_t count = ::read(client, buffer, sizeof buffer);
        if (count > 0) {
            pending.append(buffer, static_cast<std::size_t>(count));
            deliver(pending);
            if (pending.size() > longest_line) return false;
        } else if (count < 0 && errno == EINTR) {
            continue;
        } else {
            return count < 0 && errno == EAGAIN;
        }
    }
}

void ProgressServer::serve() {
    bool closing = false;
    while (!closing) {
        std::vector<pollfd> watched{{wake_reader_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
        for (const auto& [client, pending] : clients_) watched.push_back({client, POLLIN, 0});
        if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) break;
        closing = watched[0].revents != 0;
        accept_clients();
        // All of them, not only those that poll() named: at the end nothing that was sent may be lost.
        for (auto client = clients_.begin(); client != clients_.end();) {
            if (receive(client->first, client->second)) {
                ++client;
            } else {
                ::close(client->first);
                client = clients_.erase(client);
            }
        }
    }
    for (const auto& [client, pending] : clients_) ::close(client);
    clients_.clear();
}

ProgressClient::ProgressClient(const std::filesystem::path& socket, std::function<void()> on_hang_up)
    : on_hang_up_(std::move(on_hang_up)), connection_(new_socket(socket)) {
    std::tie(wake_reader_, wake_writer_) = wake_pipe();
    const sockaddr_un address = address_of(socket);
    while (::connect(connection_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        if (errno != EINTR) throw system_error(errno, "cannot reach the program that started this stage", socket);
    }
    thread_ = std::thread([this] { watch(); });
}

ProgressClient::~ProgressClient() {
    wake(wake_writer_.get());
    thread_.join();
}

void ProgressClient::post(const ProgressEvent& event) {
    const std::string line = to_json_line(event) + "\n";
    std::string_view rest = line;
    const std::lock_guard lock(sending_);
    while (!rest.empty() && !broken_) {
        const ssize_t sent = ::send(connection_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            rest.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno != EINTR) {
            broken_ = true;  // the watching thread sees the same and reports it
        }
    }
}

void ProgressClient::watch() {
    for (;;) {
        // The server never sends anything: whatever happens on the connection is its end.
        pollfd watched[2] = {{wake_reader_.get(), POLLIN, 0}, {connection_.get(), POLLIN | POLLRDHUP, 0}};
        if (::poll(watched, 2, -1) < 0) continue;
        if (watched[1].revents != 0) {
            broken_ = true;
            on_hang_up_();
            return;
        }
        if (watched[0].revents != 0) return;
    }
}

}  // namespace pystacks::report
