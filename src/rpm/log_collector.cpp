#include "rpm/log_collector.hpp"

#include <utility>

#include <rpm/rpmlog.h>

#include "base/text.hpp"

namespace pystacks::rpm {

namespace {

int record(rpmlogRec message, rpmlogCallbackData collector) {
    auto& log = *static_cast<LogCollector*>(collector);
    log.add(rpmlogRecPriority(message), rpmlogRecMessage(message));
    return log.prints() ? RPMLOG_DEFAULT : 0;
}

/// What librpm tells everyone ("Executing(%prep)", "Wrote:") is in the log of the build anyway.
log::Level level_of(int priority) {
    if (priority <= RPMLOG_ERR) return log::Level::error;
    if (priority == RPMLOG_WARNING) return log::Level::warning;
    return priority == RPMLOG_DEBUG ? log::Level::trace : log::Level::debug;
}

}  // namespace

LogCollector::LogCollector(Printing printing, MessageHandler hand_on)
    : printing_(printing), hand_on_(std::move(hand_on)) {
    rpmlogSetCallback(record, this);
}

LogCollector::~LogCollector() { rpmlogSetCallback(nullptr, nullptr); }

void LogCollector::add(int priority, const char* message) {
    if (message == nullptr) return;
    std::string text{trim(message)};
    if (text.empty()) return;
    const std::lock_guard lock(adding_);
    if (hand_on_) hand_on_(level_of(priority), text);
    if (priority <= RPMLOG_ERR) errors_.push_back(std::move(text));
}

std::string LogCollector::reason(const std::string& otherwise) const {
    return errors_.empty() ? otherwise : join(errors_, "\n");
}

}  // namespace pystacks::rpm
