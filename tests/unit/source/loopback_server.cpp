#include "loopback_server.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.hpp"

namespace pystacks::source::test {

namespace {

std::string read_head(int connection) {
    std::string head;
    std::array<char, 4096> buffer{};
    while (head.find("\r\n\r\n") == std::string::npos) {
        const ssize_t count = recv(connection, buffer.data(), buffer.size(), 0);
        if (count <= 0) break;
        head.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return head;
}

void send_all(int connection, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

LoopbackServer::Request parse(const std::string& head) {
    LoopbackServer::Request request;
    const std::vector<std::string> lines = split(head, '\n');
    if (const std::vector<std::string> words = split_words(lines.front()); words.size() > 1) request.path = words[1];
    for (const std::string& line : lines) {
        if (line.starts_with("Range: bytes=")) request.range_start = std::stoul(line.substr(13));
        if (line.starts_with("User-Agent: ")) request.user_agent = trim(std::string_view(line).substr(12));
    }
    return request;
}

}  // namespace

LoopbackServer::LoopbackServer() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_.get(), generic, length) != 0 || listen(listener_.get(), 8) != 0 ||
        getsockname(listener_.get(), generic, &length) != 0) {
        throw std::runtime_error("cannot listen on loopback");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
}

LoopbackServer::~LoopbackServer() {
    stopping_ = true;
    thread_.join();
}

void LoopbackServer::serve(const std::string& path, Page page) {
    const std::lock_guard lock(mutex_);
    pages_[path] = std::move(page);
}

std::string LoopbackServer::url(const std::string& path) const {
    return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

std::vector<LoopbackServer::Request> LoopbackServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

void LoopbackServer::run() {
    while (!stopping_) {
        pollfd waiting{listener_.get(), POLLIN, 0};
        if (poll(&waiting, 1, 50) <= 0) continue;
        const UniqueFd connection(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (connection) answer(connection.get());
    }
}

void LoopbackServer::answer(int connection) {
    const Request request = parse(read_head(connection));
    Page page{"not here", 404, false, std::nullopt, 0, {}};
    bool cut = false;
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
        if (const auto found = pages_.find(request.path); found != pages_.end()) {
            cut = found->second.cut_after.has_value() && found->second.cuts-- > 0;
            page = found->second;
        }
    }
    std::string head = "Connection: close\r\n";
    if (!page.location.empty()) head += "Location: " + page.location + "\r\n";
    std::string body = page.body;
    if (page.status == 200 && page.resumes && request.range_start) {
        const std::size_t start = *request.range_start;
        page.status = start < body.size() ? 206 : 416;
        head += page.status == 206
                    ? fmt::format("Content-Range: bytes {}-{}/{}\r\n", start, body.size() - 1, body.size())
                    : fmt::format("Content-Range: bytes */{}\r\n", body.size());
        body = page.status == 206 ? body.substr(start) : std::string();
    }
    send_all(connection,
             fmt::format("HTTP/1.1 {} Whatever\r\nContent-Length: {}\r\n{}\r\n", page.status, body.size(), head));
    send_all(connection, cut ? std::string_view(body).substr(0, std::min(body.size(), *page.cut_after)) : body);
    // Reading to the end avoids a reset, which would take sent bytes back from the client.
    shutdown(connection, SHUT_WR);
    std::array<char, 256> rest{};
    while (recv(connection, rest.data(), rest.size(), 0) > 0) {
    }
}

}  // namespace pystacks::source::test
