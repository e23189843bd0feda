#include "rpm/dependency_check.hpp"

#include <fstream>
#include <optional>
#include <system_error>

#include "base/error.hpp"
#include "process/not_found.hpp"

namespace pystacks::rpm {

namespace fs = std::filesystem;

namespace {

std::optional<std::string> first_not_found_by_generators(const fs::path& log) {
    std::ifstream file(log);
    std::string line;
    bool packing = false;
    while (std::getline(file, line)) {
        if (line.starts_with("Processing files: ")) packing = true;
        if (line.starts_with("Executing(")) packing = false;
        if (packing && process::says_not_found(line)) return line;
    }
    return std::nullopt;
}

}  // namespace

void require_complete_dependencies(const fs::path& log, const std::vector<fs::path>& written,
                                   const std::string& attempted, const std::string& subject, const std::string& hint) {
    const std::optional<std::string> line = first_not_found_by_generators(log);
    if (!line) return;
    std::string reason =
        "one of rpm's dependency generators did not find what it needs, so dependencies would be missing:\n" + *line;
    for (const fs::path& package : written) {
        std::error_code problem;
        fs::remove(package, problem);
        if (problem) {
            reason += "\n" + package.string() + " is incomplete and cannot be removed: " + problem.message();
        }
    }
    throw Error(attempted, subject, reason, hint);
}

}  // namespace pystacks::rpm
