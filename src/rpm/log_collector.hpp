#pragma once

#include <string>
#include <vector>

namespace pystacks::rpm {

/// Collects what librpm warns of and fails with, beside printing it as always. librpm has one log callback for the
/// whole process: one object at a time.
class LogCollector {
public:
    LogCollector();
    LogCollector(const LogCollector&) = delete;
    LogCollector& operator=(const LogCollector&) = delete;
    ~LogCollector();

    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }
    [[nodiscard]] const std::vector<std::string>& errors() const noexcept { return errors_; }
    /// All errors, one a line; @p otherwise when rpm said nothing.
    [[nodiscard]] std::string reason(const std::string& otherwise) const;

    /// For the callback: takes one message of librpm's.
    void add(int priority, const char* message);

private:
    std::vector<std::string> warnings_;
    std::vector<std::string> errors_;
};

}  // namespace pystacks::rpm
