#include "cli/extension/build_report.hpp"

#include "cli/print.hpp"
#include "extension/package_audit_json.hpp"
#include "findings/reports.hpp"

namespace pystacks::cli::extension::build {

namespace engine = pystacks::extension;
namespace fs = std::filesystem;

void print_result(const engine::SpecBuildResult& result, bool as_json) {
    if (as_json) {
        nlohmann::ordered_json json{{"format", 1}};  // docs/json.md says what raises it
        json["written"] = nlohmann::ordered_json::array();
        for (const fs::path& path : result.packages) json["written"].push_back(path.string());
        json["audit"] = engine::to_json(result.audit);
        for (const findings::Result& each : result.unaffected) {
            json["unaffected"][each.name] = {{"status", findings::key_of(each.verdict.status)},
                                             {"reason", each.verdict.reason}};
        }
        print_data(json_text(json, 2) + "\n");
        return;
    }
    for (const fs::path& path : result.packages) print_text(path.string() + "\n");
    print_verdicts("\n" + engine::to_text(result.audit));
    if (!result.unaffected.empty()) {
        print_verdicts("\n" + findings::to_text(result.unaffected, {"built again without debug_build", 0, {}}));
    }
}

}  // namespace pystacks::cli::extension::build
