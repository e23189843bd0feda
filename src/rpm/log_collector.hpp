#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "rpm/message_pipe.hpp"

namespace pystacks::rpm {

/// Receives what librpm says. Everything is passed on, and errors are kept as well. librpm has one log callback
/// for the whole process: one object at a time.
class LogCollector {
public:
    /// Whether librpm prints what it says as well.
    enum class Printing { as_always, none };

    /// @param hand_on gets every message that librpm's verbosity lets through; may be empty
    LogCollector(Printing printing, MessageHandler hand_on);
    LogCollector(const LogCollector&) = delete;
    LogCollector& operator=(const LogCollector&) = delete;
    ~LogCollector();

    [[nodiscard]] const std::vector<std::string>& errors() const noexcept { return errors_; }
    /// All errors, one per line; @p otherwise when rpm said nothing.
    [[nodiscard]] std::string reason(const std::string& otherwise) const;

    /// For the callback: takes one message of librpm's, which writes packages with several threads.
    void add(int priority, const char* message);

    [[nodiscard]] bool prints() const noexcept { return printing_ == Printing::as_always; }

private:
    Printing printing_;
    MessageHandler hand_on_;
    std::mutex adding_;
    std::vector<std::string> errors_;
};

}  // namespace pystacks::rpm
