#include <fmt/format.h>

#include "extension/package_audit_json.hpp"
#include "tree/path_text.hpp"

namespace pystacks::extension {
namespace {

/// The same states of a check have other names: "passed" says nothing of what a module is.
const char* verdict_on(const AuditedModule& module) {
    switch (module.status) {
        case findings::Status::passed:
            return "debug";
        case findings::Status::failed:
            return "wrong";
        case findings::Status::not_run:
        case findings::Status::not_offered:
            return "unproved";
    }
    return "";
}

const char* plural(std::size_t count) { return count == 1 ? "" : "s"; }

std::string text_of(const AuditedModule& module) {
    std::string text = fmt::format("{:<9} {}\n", verdict_on(module), tree::printable_path(module.path));
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
    for (const findings::Finding& each : audit.problems.all()) {
        text += fmt::format("{}\n{:<9} {}\n", each.subject, "wrong", tree::printable_path(each.problem));
    }
    for (const std::string& package : audit.packages) {
        text += package + "\n";
        for (const AuditedModule& module : audit.modules) {
            if (module.package == package) text += text_of(module);
        }
    }
    const findings::Totals totals = audit.totals();
    if (!text.empty()) text += "\n";
    text += audit.packages.empty()
                ? fmt::format("no -debug package; {} release module{}", audit.release_modules,
                              plural(audit.release_modules))
                : fmt::format("{} module{} in {} -debug package{}: {} debug, {} unproved, {} wrong",
                              audit.modules.size(), plural(audit.modules.size()), audit.packages.size(),
                              plural(audit.packages.size()), totals.passed, totals.not_run, totals.failed);
    text += audit.problems.empty() ? "\n" : fmt::format("; {} wrong in packages\n", audit.problems.all().size());
    if (totals.not_run != 0) {
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
    json["release_modules"] = audit.release_modules;
    json["problems"] = nlohmann::ordered_json::array();
    for (const findings::Finding& each : audit.problems.all()) {
        json["problems"].push_back({{"package", each.subject}, {"problem", each.problem}});
    }
    json["modules"] = nlohmann::ordered_json::array();
    for (const AuditedModule& each : audit.modules) {
        json["modules"].push_back({{"path", each.path},
                                   {"package", each.package},
                                   {"twin", each.twin},
                                   {"verdict", verdict_on(each)},
                                   {"shown_by", each.shown_by},
                                   {"optimization", each.optimization},
                                   {"problems", each.problems}});
    }
    return json;
}

}  // namespace pystacks::extension
