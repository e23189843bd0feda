#include "extension/import_check.hpp"

#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"
#include "process/command.hpp"
#include "python/imports.hpp"

namespace pystacks::extension {
namespace {

/// Python modules of the same packages are in both folders.
std::vector<std::string> both_word_sizes(const std::string& folder) {
    if (folder.find("/lib64/") == std::string::npos) return {folder};
    return {folder, replace_all(folder, "/lib64/", "/lib/")};
}

class Task {
public:
    explicit Task(const fs::path& root) : root_(root) {}

    void add(const ImportName& name, const std::string& path) {
        for (const std::string& folder : both_word_sizes(name.folder)) {
            const std::string inside = (root_ / fs::path(folder).relative_path()).string();
            if (known_.insert(inside).second) task_.folders.push_back(inside);
        }
        task_.modules.emplace_back(name.name, (root_ / fs::path(path).relative_path()).string());
    }

    [[nodiscard]] std::string text() const { return task_.text(); }

private:
    const fs::path& root_;
    std::set<std::string> known_;
    python::ImportTask task_;
};

void run(const python::Interpreter& interpreter, const ImportCheck& check, const Task& task) {
    process::Command command;
    command.arguments = {interpreter.executable, "-B", (check.templates / python::import_script).string()};
    command.environment["PYTHONDONTWRITEBYTECODE"] = "1";
    command.unset_environment = {"PYTHONHOME"};
    command.input = task.text();
    const process::Outcome outcome = process::run(command);
    const python::ImportReport report = python::read_import_report(outcome, outcome.output);
    if (report.succeeded()) return;
    throw Error("cannot import the modules", interpreter.executable, "\n" + join(report.failures, "\n"),
                "name modules that cannot be imported here in %pydebug_no_import");
}

}  // namespace

std::vector<Twins> parse_twins(std::string_view text) {
    std::vector<Twins> twins;
    for (const std::string& line : split(text, '\n')) {
        if (line.empty()) continue;
        const std::size_t tab = line.find('\t');
        if (tab == std::string::npos) throw Error("cannot read the list of modules", line, "it has no tab");
        twins.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
    return twins;
}

ImportName import_name(const std::string& path, const std::string& suffix) {
    const std::string bare = path.substr(0, path.size() - suffix.size());
    for (const std::string_view mark : {"/site-packages/", "/dist-packages/"}) {
        const std::size_t at = bare.find(mark);
        if (at == std::string::npos) continue;
        return {bare.substr(0, at + mark.size() - 1), replace_all(bare.substr(at + mark.size()), "/", ".")};
    }
    const fs::path file(bare);
    return {file.parent_path().string(), file.filename().string()};
}

std::size_t check_imports(const ImportCheck& check, const std::vector<Twins>& modules) {
    const PathPatternList no_import(check.no_import);
    Task release(check.buildroot);
    Task debug(check.buildroot);
    std::size_t count = 0;
    for (const auto& [path, twin] : modules) {
        if (no_import.matches(path) || no_import.matches(twin)) continue;
        const ImportName name = import_name(path, check.interpreters.debug.suffix);
        debug.add(name, path);
        release.add(name, twin);
        ++count;
    }
    run(check.interpreters.release, check, release);
    run(check.interpreters.debug, check, debug);
    return count;
}

}  // namespace pystacks::extension
