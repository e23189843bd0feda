#include "cli/extension/check.hpp"

#include "base/error.hpp"
#include "base/given_path.hpp"
#include "cli/print.hpp"
#include "compare/input.hpp"
#include "extension/package_audit_json.hpp"

namespace pystacks::cli::extension::check {

namespace engine = pystacks::extension;
namespace fs = std::filesystem;

void add_to(Arguments& app, Options& options) {
    app.add_option("PACKAGES", options.packages, "packages, or folders of them: -debug, base and -debuginfo")
        .required();
    app.add_flag("--json", options.json, "print the result as JSON");
}

int run(const Options& options) {
    std::vector<rpm::Package> packages;
    for (const fs::path& path : options.packages) {
        if (const std::string problem = problem_of_input(path, Wanted::either); !problem.empty()) {
            throw Error(ErrorKind::usage, "cannot check", path.string(), problem,
                        "give packages, or a folder of them, such as dist/RPMS");
        }
        for (rpm::Package& package : compare::read_packages(path)) packages.push_back(std::move(package));
    }
    const engine::Audit audit = engine::audit_packages(packages);
    if (audit.packages.empty() && audit.release_modules == 0 && audit.problems.empty()) {
        throw Error(ErrorKind::usage, "cannot check", options.packages.front().string(),
                    "there is no compiled module of Python in the packages",
                    "give -debug packages, their base packages and their -debuginfo packages");
    }
    nlohmann::ordered_json document{{"format", 1}};  // docs/json.md says what raises it
    document.update(engine::to_json(audit));
    options.json ? print_data(json_text(document, 2) + "\n") : print_verdicts(engine::to_text(audit));
    return audit.passed() ? 0 : exit_code(ErrorKind::failed);
}

}  // namespace pystacks::cli::extension::check
