#include "findings/finding_list.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace pystacks::findings {

std::vector<std::string> FindingList::lines() const {
    std::vector<std::string> lines;
    lines.reserve(findings_.size());
    for (const Finding& each : findings_) lines.push_back(each.text());
    return lines;
}

Verdict FindingList::verdict(const std::string& passed, const std::string& failed, const std::string& expected,
                             const std::string& repeat) const {
    if (findings_.empty()) return Verdict::pass(passed);
    constexpr std::size_t shown = 20;
    std::string seen;
    for (std::size_t index = 0; index < std::min(shown, findings_.size()); ++index) {
        seen += findings_[index].text() + "\n";
    }
    if (findings_.size() > shown) seen += fmt::format("and {} more\n", findings_.size() - shown);
    seen.pop_back();
    const std::string first = findings_.front().text();
    const std::string reason =
        findings_.size() == 1 ? first : fmt::format("{} {}; the first: {}", findings_.size(), failed, first);
    return Verdict::fail(reason, expected, seen, repeat);
}

}  // namespace pystacks::findings
