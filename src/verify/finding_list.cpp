#include "verify/finding_list.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace pystacks::verify {

Verdict FindingList::verdict(const std::string& passed, const std::string& failed, const std::string& expected,
                             const std::string& repeat) const {
    if (findings_.empty()) return Verdict::pass(passed);
    constexpr std::size_t shown = 20;
    std::string seen;
    for (std::size_t index = 0; index < std::min(shown, findings_.size()); ++index) seen += findings_[index] + "\n";
    if (findings_.size() > shown) seen += fmt::format("and {} more\n", findings_.size() - shown);
    seen.pop_back();
    const std::string reason = findings_.size() == 1
                                   ? findings_.front()
                                   : fmt::format("{} {}; the first: {}", findings_.size(), failed, findings_.front());
    return Verdict::fail(reason, expected, seen, repeat);
}

}  // namespace pystacks::verify
