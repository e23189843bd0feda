#pragma once

#include <string>
#include <vector>

#include "verify/check.hpp"

namespace pystacks::verify {

/// What a check that looks at many things found wrong: a failure when there is anything.
class FindingList {
public:
    void add(std::string finding) { findings_.push_back(std::move(finding)); }
    [[nodiscard]] bool empty() const noexcept { return findings_.empty(); }

    /// @param passed   the reason when nothing was found: what was looked at
    /// @param failed   what the findings are, as words behind their number: "modules that do not import"
    /// @param expected what should hold
    [[nodiscard]] Verdict verdict(const std::string& passed, const std::string& failed, const std::string& expected,
                                  const std::string& repeat = {}) const;

private:
    std::vector<std::string> findings_;
};

}  // namespace pystacks::verify
