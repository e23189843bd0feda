#include "report/progress_socket.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <optional>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks::report;

namespace {

class Collector final : public ProgressSink {
public:
    void post(const ProgressEvent& event) override {
        const std::lock_guard lock(mutex_);
        events_.push_back(event);
    }
    std::vector<ProgressEvent> events() {
        const std::lock_guard lock(mutex_);
        return events_;
    }

private:
    std::mutex mutex_;
    std::vector<ProgressEvent> events_;
};

/// Lets a test wait, however long it takes, for the call that must come.
class Signal {
public:
    void raise() {
        const std::lock_guard lock(mutex_);
        ++count_;
        changed_.notify_all();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return count_ > 0; });
    }
    int count() {
        const std::lock_guard lock(mutex_);
        return count_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int count_ = 0;
};

ProgressEvent message(const std::string& text) {
    ProgressEvent event;
    event.lane = "debug";
    event.text = text;
    return event;
}

void send_raw(const std::filesystem::path& socket, const std::string& bytes) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(fd >= 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, socket.c_str());
    REQUIRE(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    ::close(fd);
}

}  // namespace

TEST_CASE("events of several clients arrive, each client's in order, none lost at the end") {
    Collector collector;
    ProgressServer server(collector);
    constexpr int clients = 4, each = 250;
    {
        std::vector<std::thread> threads;
        for (int client = 0; client < clients; ++client) {
            threads.emplace_back([&server, client] {
                ProgressClient connection(server.socket(), [] {});
                for (int number = 0; number < each; ++number) {
                    ProgressEvent event = message(std::to_string(number));
                    event.lane = std::to_string(client);
                    connection.post(event);
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
    }
    server.close();
    const auto events = collector.events();
    REQUIRE(events.size() == clients * each);
    std::map<std::string, int> next;
    for (const ProgressEvent& event : events) CHECK(event.text == std::to_string(next[event.lane]++));
}

TEST_CASE("a client learns that the server is gone, once, though it sends nothing") {
    Collector collector;
    std::optional<ProgressServer> server;
    server.emplace(collector);
    Signal hung_up;
    ProgressClient client(server->socket(), [&] { hung_up.raise(); });
    server.reset();
    hung_up.wait();
    client.post(message("into the void"));
    CHECK(hung_up.count() == 1);
}

TEST_CASE("a client that ends first hears of no hang-up") {
    Collector collector;
    ProgressServer server(collector);
    Signal hung_up;
    {
        ProgressClient client(server.socket(), [&] { hung_up.raise(); });
    }
    server.close();
    CHECK(hung_up.count() == 0);
}

TEST_CASE("nonsense on the socket harms nobody") {
    Collector collector;
    ProgressServer server(collector);
    send_raw(server.socket(), "GET / HTTP/1.0\r\n\r\n{\"kind\":\"nonsense\"}\n" + to_json_line(message("one")) + "\n");
    send_raw(server.socket(), to_json_line(message("cut o")).substr(0, 20));
    ProgressClient client(server.socket(), [] {});
    client.post(message("two"));
    server.close();
    std::vector<std::string> texts;
    for (const ProgressEvent& event : collector.events()) texts.push_back(event.text);
    std::sort(texts.begin(), texts.end());
    CHECK(texts == std::vector<std::string>{"one", "two"});
}

TEST_CASE("nobody listens") {
    CHECK_THROWS_AS(ProgressClient("/nonexistent/socket", [] {}), pystacks::Error);
    CHECK_THROWS_AS(ProgressClient("/" + std::string(200, 'x'), [] {}), pystacks::Error);
}

TEST_CASE("the socket's folder is private and goes with the server") {
    Collector collector;
    std::filesystem::path socket;
    {
        ProgressServer server(collector);
        socket = server.socket();
        CHECK(std::filesystem::status(socket.parent_path()).permissions() == std::filesystem::perms::owner_all);
    }
    CHECK_FALSE(std::filesystem::exists(socket.parent_path()));
}
