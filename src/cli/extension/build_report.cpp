#include "cli/extension/build_report.hpp"

#include "cli/print.hpp"
#include "extension/package_audit_json.hpp"
#include "scratch/package_set.hpp"
#include "verify/results.hpp"
#include "verify/runner.hpp"

namespace pystacks::cli::extension::build {

namespace engine = pystacks::extension;
namespace fs = std::filesystem;

Built look_at(std::vector<fs::path> packages) {
    Built built;
    for (const fs::path& path : packages) {
        rpm::Package package = rpm::read_package(path);
        if (package.is_source) continue;
        built.has_debug = built.has_debug || scratch::role_of(package) == scratch::Role::debug;
        built.binary.push_back(std::move(package));
    }
    built.packages = std::move(packages);
    return built;
}

std::vector<fs::path> binary_packages(const Built& built) {
    std::vector<fs::path> paths;
    for (const rpm::Package& package : built.binary) paths.push_back(package.file);
    return paths;
}

bool report(const Built& built, const std::vector<verify::Result>& unaffected, bool as_json) {
    engine::Audit audit;
    if (built.has_debug) audit = engine::audit_packages(built.binary);
    if (as_json) {
        nlohmann::ordered_json json{{"format", 1}};  // docs/json.md says what raises it
        json["written"] = nlohmann::ordered_json::array();
        for (const fs::path& path : built.packages) json["written"].push_back(path.string());
        if (built.has_debug) json["audit"] = engine::to_json(audit);
        for (const verify::Result& each : unaffected) {
            json["unaffected"][each.name] = {{"status", verify::key_of(each.verdict.status)},
                                             {"reason", each.verdict.reason}};
        }
        print_data(json_text(json, 2) + "\n");
    } else {
        for (const fs::path& path : built.packages) print_text(path.string() + "\n");
        print_verdicts("\n" + (built.has_debug ? engine::to_text(audit) : "no -debug package\n"));
        if (!unaffected.empty()) {
            print_verdicts("\n" + verify::to_text(unaffected, {"built again without debug_build", 0, {}}));
        }
    }
    return audit.passed() && verify::count(unaffected).failed == 0;
}

}  // namespace pystacks::cli::extension::build
