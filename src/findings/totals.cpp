#include "findings/totals.hpp"

#include <fmt/format.h>

namespace pystacks::findings {

void Totals::add(Status status) {
    switch (status) {
        case Status::passed:
            ++passed;
            break;
        case Status::failed:
            ++failed;
            break;
        case Status::not_offered:
            ++not_offered;
            break;
        case Status::not_run:
            ++not_run;
            break;
    }
}

std::string Totals::text() const {
    return fmt::format("{} passed, {} failed, {} not offered, {} not run", passed, failed, not_offered, not_run);
}

Totals count(const std::vector<Result>& results) {
    Totals totals;
    for (const Result& result : results) totals.add(result.verdict.status);
    return totals;
}

bool are_good(const std::vector<Result>& results, bool strict) {
    const Totals totals = count(results);
    return totals.failed == 0 && (!strict || totals.not_run == 0);
}

}  // namespace pystacks::findings
