#pragma once

#include <functional>
#include <string>
#include <thread>

#include "base/file.hpp"
#include "log/level.hpp"

namespace pystacks::rpm {

/// What takes a message of librpm's.
using MessageHandler = std::function<void(log::Level, const std::string&)>;

/// Brings what librpm says in the worker to the process that started it, as soon as it is said. This is the end that
/// listens; send_message() is the other.
class MessagePipe {
public:
    /// @param receive is called on a thread of the pipe's own. @throws Error
    explicit MessagePipe(MessageHandler receive);
    MessagePipe(const MessagePipe&) = delete;
    MessagePipe& operator=(const MessagePipe&) = delete;
    ~MessagePipe();

    /// For the worker, which has to inherit it.
    [[nodiscard]] int sending_end() const noexcept { return sending_end_.get(); }

private:
    void listen();
    bool take_what_has_come();

    MessageHandler receive_;
    UniqueFd reading_end_, sending_end_;
    std::string pending_;  // an unfinished line
    std::thread thread_;
};

/// In the worker. @param descriptor the pipe's sending_end(); negative: nobody listens
void send_message(int descriptor, log::Level level, const std::string& text) noexcept;

}  // namespace pystacks::rpm
