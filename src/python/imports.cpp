#include "python/imports.hpp"

#include <algorithm>
#include <string_view>

#include "base/json.hpp"
#include "base/text.hpp"

namespace pystacks::python {

std::string ImportTask::text() const {
    nlohmann::json task;
    task["folders"] = folders;
    task["modules"] = modules;
    task["candidates"] = candidates;
    return json_text(task);
}

ImportReport read_import_report(const process::Outcome& outcome, const std::string& output) {
    constexpr std::string_view begun = "import ", raised = "raised ", failed = "failed ", continued = "  | ";
    ImportReport report;
    std::string last, error_of;
    for (const std::string& line : split(output, '\n')) {
        if (line.starts_with(raised)) error_of = line.substr(raised.size());
        if (line.starts_with(failed)) {
            if (!error_of.empty()) report.raised.emplace(report.failures.size(), error_of);
            error_of.clear();
            report.failures.push_back(line.substr(failed.size()));
        }
        if (line.starts_with(continued) && !report.failures.empty()) {
            report.failures.back() += "\n" + line.substr(continued.size());
        }
        if (!line.starts_with(begun)) continue;
        last = line.substr(begun.size());
        ++report.imported;
    }
    report.imported -= std::min(report.imported, report.failures.size());
    if (outcome.end != process::Outcome::End::exited) {
        report.failures.push_back((last.empty() ? "" : last + ": ") + "the interpreter " + outcome.describe());
    } else if (!outcome.succeeded() && report.failures.empty()) {
        report.failures.push_back("the interpreter " + outcome.describe() + "\n" + std::string(trim(output)));
    }
    return report;
}

}  // namespace pystacks::python
