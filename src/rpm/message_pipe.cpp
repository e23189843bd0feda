#include "rpm/message_pipe.hpp"

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/json.hpp"
#include "log/descriptor.hpp"

namespace pystacks::rpm {
namespace {

/// Ends the listening thread. The parent sends it, because processes that the worker left behind may keep the pipe
/// open. The newline before it ends a line that a killed worker left unfinished.
constexpr std::string_view last_line = "end";
constexpr std::string_view end_of_messages = "\nend\n";

/// @returns false at the last line
bool handle(const std::string& line, const MessageHandler& receive) {
    if (line == last_line) return false;
    try {
        const auto json = parse_json(line);
        receive(log::level_of(json.at("level").get<std::string>()), json.at("text").get<std::string>());
    } catch (const nlohmann::json::exception&) {
        return true;  // cut off
    }
    return true;
}

}  // namespace

MessagePipe::MessagePipe(MessageHandler receive) : receive_(std::move(receive)) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, "cannot create a pipe", "");
    reading_end_.reset(ends[0]);
    sending_end_ = above_standard(UniqueFd(ends[1]), "cannot create a pipe");
    thread_ = std::thread([this] { listen(); });
}

MessagePipe::~MessagePipe() {
    log::write_all(sending_end_.get(), end_of_messages);
    thread_.join();
}

void MessagePipe::listen() {
    for (std::size_t searched = 0; take_what_has_come(); searched = pending_.size()) {
        std::size_t begin = 0;
        for (auto end = pending_.find('\n', searched); end != std::string::npos; end = pending_.find('\n', begin)) {
            if (!handle(pending_.substr(begin, end - begin), receive_)) return;
            begin = end + 1;
        }
        pending_.erase(0, begin);
    }
}

bool MessagePipe::take_what_has_come() {
    std::array<char, 4096> buffer{};
    ssize_t count = 0;
    do {
        count = ::read(reading_end_.get(), buffer.data(), buffer.size());
    } while (count < 0 && errno == EINTR);
    if (count > 0) pending_.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
}

void send_message(int descriptor, log::Level level, const std::string& text) noexcept {
    if (descriptor < 0) return;
    try {
        const nlohmann::json json{{"level", log::name_of(level)}, {"text", text}};
        log::write_all(descriptor, json_text(json) + "\n");
    } catch (const std::exception&) {
        return;  // librpm, which is C, is the caller; the message is in the log of rpm all the same
    }
}

}  // namespace pystacks::rpm
