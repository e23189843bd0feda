#include "verify/check_names.hpp"

#include <utility>

#include "base/file.hpp"
#include "verify/checks.hpp"
#include "verify/plan.hpp"
#include "verify/plan_checks.hpp"

namespace pystacks::verify {

std::vector<CheckName> check_names(const fs::path& scripts) {
    const scratch::PackageSet none({});
    Interpreter optimized;
    Interpreter debug;
    debug.debug = true;
    Subject subject{none, none, nullptr, {optimized, debug}, scripts, 1};
    const fs::path plan = scripts / "plan.toml";
    std::vector<CheckName> names;
    const auto add = [&names](std::vector<Check> checks) {
        for (Check& check : checks) names.push_back({std::move(check.name), std::move(check.about)});
    };
    add(planned_checks(parse_plan(read_file(plan), plan), subject));
    add(all_built_in_checks(subject, Request()));
    return names;
}

}  // namespace pystacks::verify
