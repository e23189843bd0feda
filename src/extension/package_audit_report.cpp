#include <fmt/format.h>

#include "extension/package_audit_json.hpp"
#include "tree/path_text.hpp"

namespace pystacks::extension {
namespace {

const char* plural(std::size_t count) { return count == 1 ? "" : "s"; }

std::string text_of(const AuditedModule& module) {
    std::string text = fmt::format("{:<9} {}\n", name_of(module.verdict), tree::printable_path(module.path));
    for (const std::string& problem : module.problems) {
        text += fmt::format("{:<9} {}\n", "", tree::printable_path(problem));
    }
    if (!module.optimization.empty()) {
        text += fmt::format("{:<9} it is optimized ({}), so a debugger sees less\n", "", module.optimization);
    }
    return text;
}

}  // namespace

std::string to_text(const Audit& audit) {
    std::string text;
    for (const PackageProblem& each : audit.problems) {
        text += fmt::format("{}\n{:<9} {}\n", each.package, "wrong", tree::printable_path(each.problem));
    }
    for (const std::string& package : audit.packages) {
        text += package + "\n";
        for (const AuditedModule& module : audit.modules) {
            if (module.package == package) text += text_of(module);
        }
    }
    const std::size_t unproved = audit.count(Verdict::unproved);
    const std::size_t wrong = audit.count(Verdict::wrong);
    text += fmt::format("\n{} module{} in {} -debug package{}: {} debug, {} unproved, {} wrong", audit.modules.size(),
                        plural(audit.modules.size()), audit.packages.size(), plural(audit.packages.size()),
                        audit.count(Verdict::debug), unproved, wrong);
    text += audit.problems.empty() ? "\n" : fmt::format("; {} wrong in packages\n", audit.problems.size());
    if (unproved != 0) {
        text +=
            "Nothing shows for which interpreter the unproved ones were compiled; if they are stripped, give their "
            "-debuginfo "
            "packages, too.\n";
    }
    return text;
}

nlohmann::ordered_json to_json(const Audit& audit) {
    nlohmann::ordered_json json;
    json["passed"] = audit.passed();
    json["packages"] = audit.packages;
    json["problems"] = nlohmann::ordered_json::array();
    for (const PackageProblem& each : audit.problems) {
        json["problems"].push_back({{"package", each.package}, {"problem", each.problem}});
    }
    json["modules"] = nlohmann::ordered_json::array();
    for (const AuditedModule& each : audit.modules) {
        json["modules"].push_back({{"path", each.path},
                                   {"package", each.package},
                                   {"twin", each.twin},
                                   {"verdict", name_of(each.verdict)},
                                   {"shown_by", each.shown_by},
                                   {"optimization", each.optimization},
                                   {"problems", each.problems}});
    }
    return json;
}

}  // namespace pystacks::extension
