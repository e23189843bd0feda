#include "rpm/log_collector.hpp"

#include <rpm/rpmlog.h>

#include "base/text.hpp"

namespace pystacks::rpm {

namespace {

int record(rpmlogRec message, rpmlogCallbackData collector) {
    auto& log = *static_cast<LogCollector*>(collector);
    log.add(rpmlogRecPriority(message), rpmlogRecMessage(message));
    return log.prints() ? RPMLOG_DEFAULT : 0;
}

}  // namespace

LogCollector::LogCollector(bool print) : print_(print) { rpmlogSetCallback(record, this); }

LogCollector::~LogCollector() { rpmlogSetCallback(nullptr, nullptr); }

void LogCollector::add(int priority, const char* message) {
    if (message == nullptr || priority > RPMLOG_WARNING) return;
    std::string text{trim(message)};
    if (text.empty()) return;
    (priority == RPMLOG_WARNING ? warnings_ : errors_).push_back(std::move(text));
}

std::string LogCollector::reason(const std::string& otherwise) const {
    return errors_.empty() ? otherwise : join(errors_, "\n");
}

}  // namespace pystacks::rpm
