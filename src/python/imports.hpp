#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "process/command.hpp"

/// Imports of compiled modules, tried by an interpreter (templates/python/import_modules.py).
namespace pystacks::python {

inline constexpr const char* import_script = "python/import_modules.py";

/// What to import. A module counts as imported when its file is the one that was loaded.
struct ImportTask {
    std::vector<std::string> folders;                          ///< put in front of sys.path
    std::vector<std::pair<std::string, std::string>> modules;  ///< name, file
    /// Files of which the interpreter imports those that have its own suffix and lie in a folder of sys.path.
    std::vector<std::string> candidates;

    /// The standard input of the script.
    [[nodiscard]] std::string text() const;
};

/// How the script ended.
struct ImportReport {
    std::vector<std::string> failures;          ///< "NAME: MESSAGE"; of a crash the module that was being imported
    std::map<std::size_t, std::string> raised;  ///< failures of the import itself, by number: the module's name
    std::size_t imported = 0;

    [[nodiscard]] bool succeeded() const noexcept { return failures.empty(); }
};

/// @param output what the script, and the modules, wrote to standard output
[[nodiscard]] ImportReport read_import_report(const process::Outcome& outcome, const std::string& output);

}  // namespace pystacks::python
