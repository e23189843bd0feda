#include "extension/import_check.hpp"

#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"
#include "process/command.hpp"
#include "python/imports.hpp"
#include "python/site_packages.hpp"

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

python::ImportReport import_all(const python::Interpreter& interpreter, const ImportCheck& check, const Task& task) {
    process::Command command;
    command.arguments = {interpreter.executable, "-B", (check.templates / python::import_script).string()};
    command.environment["PYTHONDONTWRITEBYTECODE"] = "1";
    command.unset_environment = {"PYTHONHOME"};
    command.input = task.text();
    const process::Outcome outcome = process::run(command);
    return python::read_import_report(outcome, outcome.output);
}

void refuse_any(const python::Interpreter& interpreter, const std::vector<std::string>& failures) {
    if (failures.empty()) return;
    throw Error("cannot import the modules", interpreter.executable, "\n" + join(failures, "\n"),
                "name modules that cannot be imported here in %pydebug_no_import");
}

/// The last line of a traceback has the exception.
std::string last_line(const std::string& text) { return text.substr(text.rfind('\n') + 1); }

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
    std::string bare = path.substr(0, path.size() - suffix.size());
    // A package that is itself a module: the folder is what is imported.
    constexpr std::string_view package = "/__init__";
    if (bare.ends_with(package)) bare.resize(bare.size() - package.size());
    if (const std::string folder(python::site_packages_of(bare)); !folder.empty()) {
        return {folder, replace_all(bare.substr(folder.size() + 1), "/", ".")};
    }
    const fs::path file(bare);
    return {file.parent_path().string(), file.filename().string()};
}

ImportResult check_imports(const ImportCheck& check, const std::vector<Twins>& modules) {
    const PathPatternList no_import(check.no_import);
    std::vector<Twins> wanted;
    Task release(check.buildroot);
    for (const Twins& each : modules) {
        if (no_import.matches(each.first) || no_import.matches(each.second)) continue;
        release.add(import_name(each.first, check.interpreters.variant.suffix), each.second);
        wanted.push_back(each);
    }
    const python::ImportReport report = import_all(check.interpreters.release, check, release);
    ImportResult result;
    std::set<std::string> not_here;
    std::vector<std::string> failures;
    for (std::size_t i = 0; i < report.failures.size(); ++i) {
        const auto raised = report.raised.find(i);
        if (raised == report.raised.end()) {
            failures.push_back(report.failures[i]);
            continue;
        }
        result.warnings.push_back(
            fmt::format("{} is not imported by the debug interpreter: the release interpreter cannot import it here, "
                        "either ({}). Add what it needs to the BuildRequires to have it checked, or name it in "
                        "%pydebug_no_import",
                        raised->second, last_line(report.failures[i])));
        not_here.insert(raised->second);
    }
    refuse_any(check.interpreters.release, failures);
    Task debug(check.buildroot);
    for (const auto& [path, twin] : wanted) {
        const ImportName name = import_name(path, check.interpreters.variant.suffix);
        if (not_here.contains(name.name)) continue;
        debug.add(name, path);
        ++result.imported;
    }
    refuse_any(check.interpreters.variant, import_all(check.interpreters.variant, check, debug).failures);
    return result;
}

}  // namespace pystacks::extension
