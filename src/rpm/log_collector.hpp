#pragma once

#include <string>
#include <vector>

namespace pystacks::rpm {

/// Collects what librpm warns of and fails with. librpm has one log callback for the whole process: one object at a
/// time.
class LogCollector {
public:
    /// @param print whether librpm prints what it says as well, as it always does
    explicit LogCollector(bool print = true);
    LogCollector(const LogCollector&) = delete;
    LogCollector& operator=(const LogCollector&) = delete;
    ~LogCollector();

    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }
    [[nodiscard]] const std::vector<std::string>& errors() const noexcept { return errors_; }
    /// All errors, one a line; @p otherwise when rpm said nothing.
    [[nodiscard]] std::string reason(const std::string& otherwise) const;

    /// For the callback: takes one message of librpm's.
    void add(int priority, const char* message);

    [[nodiscard]] bool prints() const noexcept { return print_; }

private:
    bool print_;
    std::vector<std::string> warnings_;
    std::vector<std::string> errors_;
};

}  // namespace pystacks::rpm
