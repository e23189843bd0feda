#pragma once

#include <string>
#include <utility>
#include <vector>

#include "findings/verdict.hpp"

namespace pystacks::findings {

/// One thing that is wrong.
struct Finding {
    std::string subject;  ///< what it is about: a path, a package; empty where `problem` says it
    std::string problem;  ///< in words that can follow the subject: "it has no build id"

    /// "/usr/bin/x: it has no build id".
    [[nodiscard]] std::string text() const { return subject.empty() ? problem : subject + ": " + problem; }
};

/// What a look at many things found wrong.
class FindingList {
public:
    void add(std::string problem) { findings_.push_back({{}, std::move(problem)}); }
    void add(std::string subject, std::string problem) {
        findings_.push_back({std::move(subject), std::move(problem)});
    }
    [[nodiscard]] bool empty() const noexcept { return findings_.empty(); }
    [[nodiscard]] const std::vector<Finding>& all() const noexcept { return findings_; }
    /// The text of each, in the order of add().
    [[nodiscard]] std::vector<std::string> lines() const;

    /// A failure when there is any finding.
    /// @param passed   the reason when nothing was found: what was looked at
    /// @param failed   what the findings are, as words behind their number: "modules that do not import"
    /// @param expected what should hold
    [[nodiscard]] Verdict verdict(const std::string& passed, const std::string& failed, const std::string& expected,
                                  const std::string& repeat = {}) const;

private:
    std::vector<Finding> findings_;
};

}  // namespace pystacks::findings
