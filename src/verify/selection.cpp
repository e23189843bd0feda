#include "verify/selection.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;

bool matches(const PathPattern& pattern, std::string_view name) {
    const std::string_view bare = name.substr(name.find('/') + 1);
    return pattern.matches(name) || pattern.matches(bare) || pattern.matches(name.substr(0, name.find('@'))) ||
           pattern.matches(bare.substr(0, bare.find('@')));
}

/// The name that was meant; nothing when none is near.
std::optional<std::string> meant_by(const std::string& pattern, const std::vector<Check>& checks) {
    std::vector<std::string> names;
    for (const Check& check : checks) {
        const std::string bare = check.name.substr(check.name.find('/') + 1);
        names.push_back(check.name);
        names.push_back(bare);
        names.push_back(bare.substr(0, bare.find('.')) + ".*");
    }
    return nearest(pattern, names);
}

void require_all_used(const std::vector<Check>& checks, const std::vector<std::string>& patterns, const char* option) {
    for (const std::string& pattern : patterns) {
        const PathPattern compiled(pattern);
        if (std::any_of(checks.begin(), checks.end(),
                        [&](const Check& check) { return matches(compiled, check.name); })) {
            continue;
        }
        const std::optional<std::string> meant = meant_by(pattern, checks);
        throw Error(ErrorKind::usage, "cannot select checks", std::string(option) + " " + pattern,
                    "no check has such a name" + (meant ? "; did you mean " + *meant + "?" : std::string()),
                    "--list shows the names; * stands for any characters");
    }
}

}  // namespace

bool matches_any(const std::string& name, const std::vector<std::string>& patterns) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matches(PathPattern(pattern), name); });
}

std::vector<Check> selected_checks(const std::vector<Check>& checks, const std::vector<std::string>& only,
                                   const std::vector<std::string>& skip) {
    require_all_used(checks, only, "--only");
    require_all_used(checks, skip, "--skip");
    std::vector<Check> selected;
    for (const Check& check : checks) {
        if ((only.empty() || matches_any(check.name, only)) && !matches_any(check.name, skip)) {
            selected.push_back(check);
        }
    }
    if (selected.empty()) {
        throw Error(ErrorKind::usage, "cannot select checks", "--skip " + join(skip, " --skip "), "no check is left",
                    "--list shows the checks that --only and --skip leave");
    }
    return selected;
}

}  // namespace pystacks::verify
