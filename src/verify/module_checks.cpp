#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "findings/finding_list.hpp"
#include "python/imports.hpp"
#include "stack/toml_text.hpp"
#include "verify/checks.hpp"
#include "verify/one_sided.hpp"
#include "verify/variant_checks.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Needs;
using findings::Verdict;

using Names = std::set<std::string>;

std::string folder_of(const std::string& path) { return fs::path(path).parent_path().string(); }

/// The extension modules of the library that the packages have for an interpreter. Where suffixes are bare (".so",
/// "_d.so"), a longer one of another interpreter is not taken for this one's.
Names packaged_modules(const Subject& subject, const InstalledInterpreter& interpreter) {
    Names names;
    for (const rpm::Package& package : subject.packages.all()) {
        if (scratch::role_of(package) != scratch::Role::program) continue;
        for (const rpm::PackageFile& file : package.files) {
            if (folder_of(file.path) != interpreter.dynload || !file.path.ends_with(interpreter.suffix)) continue;
            const std::string name = fs::path(file.path).filename().string();
            const std::string stem = name.substr(0, name.size() - interpreter.suffix.size());
            if (!stem.ends_with("_d") || interpreter.suffix != ".so") names.insert(stem);
        }
    }
    return names;
}

/// What modules.toml says for a version; nothing when it does not know it.
std::optional<Names> expected_modules(const Subject& subject, const InstalledInterpreter& interpreter) {
    const fs::path file = subject.scripts / "modules.toml";
    const toml::table lists = stack::parse_toml(read_file(file), file);
    const toml::array* list = lists[fmt::format("{}.{}", interpreter.abi.major(), interpreter.abi.minor())].as_array();
    if (list == nullptr) return std::nullopt;
    Names names;
    for (const toml::node& node : *list) names.insert(node.value_or(std::string()));
    return names;
}

void add_missing(const Names& wanted, const Names& there, const std::string& what, FindingList& findings) {
    for (const std::string& name : wanted) {
        if (there.count(name) == 0) findings.add(name + " " + what);
    }
}

/// Without the modules that only @p interpreter can have. @param variant that it is compared with, or that it is
Names without_one_sided(Names names, const Subject& subject, const InstalledInterpreter* interpreter,
                        const InstalledInterpreter* variant = nullptr) {
    if (interpreter == nullptr) return names;
    const OneSidedPaths one_sided(subject, variant);
    std::erase_if(names, [&](const std::string& name) {
        return one_sided.contains(interpreter->dynload + "/" + name + interpreter->suffix);
    });
    return names;
}

/// That of the configuration that it is a variant of; null for the base's.
const InstalledInterpreter* interpreter_compared_with(const Subject& subject, const InstalledInterpreter& interpreter) {
    const scratch::PackagedConfiguration* of = subject.packages.configuration(interpreter.configuration());
    return of == nullptr || of->is_base() ? nullptr : subject.of(of->variant_of);
}

Verdict module_list(const Subject& subject, const InstalledInterpreter& interpreter) {
    std::optional<Names> expected = expected_modules(subject, interpreter);
    if (!expected) {
        return Verdict::not_run(fmt::format("the list of modules of {}.{} is not known: modules.toml lacks it",
                                            interpreter.abi.major(), interpreter.abi.minor()));
    }
    if (const InstalledInterpreter* of = interpreter_compared_with(subject, interpreter))
        expected = without_one_sided(std::move(*expected), subject, of, &interpreter);
    const Names found = packaged_modules(subject, interpreter);
    FindingList findings;
    add_missing(*expected, found, "is missing", findings);
    add_missing(without_one_sided(found, subject, &interpreter), *expected, "does not belong to this version",
                findings);
    return findings.verdict(fmt::format("{} modules, exactly those of {}.{}", found.size(), interpreter.abi.major(),
                                        interpreter.abi.minor()),
                            "modules too few or too many",
                            "all extension modules of the standard library that this version builds on Linux");
}

Verdict no_modules(const InstalledInterpreter& interpreter) {
    return Verdict::fail("the packages have no extension module for " + interpreter.executable,
                         "modules in " + interpreter.dynload + " that end in " + interpreter.suffix, "none");
}

/// Module by module: what the one has the other has.
Verdict module_pairs(const Subject& subject, const Variant& variant) {
    const std::string& name = variant.itself.name;
    const InstalledInterpreter* of = subject.of(variant.of.name);
    const InstalledInterpreter* itself = subject.of(name);
    if (of == nullptr || itself == nullptr) {
        return Verdict::not_run("no package has an interpreter of " + (of == nullptr ? variant.of.name : name));
    }
    const Names theirs = packaged_modules(subject, *of);
    const Names own = packaged_modules(subject, *itself);
    if (theirs.empty()) return no_modules(*of);
    FindingList findings;
    add_missing(without_one_sided(theirs, subject, of, itself), own, "has no " + name + " build", findings);
    add_missing(without_one_sided(own, subject, itself, itself), theirs, "has only a " + name + " build", findings);
    return findings.verdict(
        fmt::format("{} modules, each with a {} build", theirs.size(), name), "modules that only one interpreter has",
        fmt::format("every extension module of {} has a {} build, and vice versa", variant.of.name, name));
}

Verdict import_all(const Subject& subject, const InstalledInterpreter& interpreter) {
    const Names names = packaged_modules(subject, interpreter);
    if (names.empty()) return no_modules(interpreter);
    python::ImportTask task;
    for (const std::string& name : names) {
        task.modules.emplace_back(name, interpreter.dynload + "/" + name + interpreter.suffix);
    }
    const std::unique_ptr<scratch::Layer> layer = subject.layer_with_scripts();
    const scratch::InnerOutcome outcome = scratch::run_inside(
        *layer,
        {.arguments = {interpreter.executable, (fs::path(scratch::templates_inside) / python::import_script).string()},
         .input = task.text()});
    const python::ImportReport report = python::read_import_report(outcome.how, outcome.said());
    if (report.succeeded()) return Verdict::pass(fmt::format("{} modules, each from its own file", report.imported));
    const std::string& first = report.failures.front();
    return Verdict::fail("a module does not import, or imports from another file",
                         "every packaged module imports from its own file", join(report.failures, "\n"),
                         interpreter.executable + " -c 'import " + first.substr(0, first.find(':')) + "'");
}

}  // namespace

std::vector<Check> module_checks(Subject& subject) {
    std::vector<Check> checks;
    for (const InstalledInterpreter& interpreter : subject.interpreters) {
        const std::string at = "@" + interpreter.configuration();
        std::vector<std::string> compared{interpreter.configuration()};
        if (const InstalledInterpreter* of = interpreter_compared_with(subject, interpreter))
            compared.push_back(of->configuration());
        checks.push_back({"modules.list" + at, "the extension modules are exactly those of this version",
                          [&subject, &interpreter] { return module_list(subject, interpreter); }, Needs::headers,
                          std::move(compared)});
        checks.push_back({"modules.import" + at,
                          "every extension module imports, from its own file",
                          [&subject, &interpreter] { return import_all(subject, interpreter); },
                          Needs::installation,
                          {interpreter.configuration()},
                          interpreter.cost(2)});
    }
    const VariantCheck pairs{"modules.pairs", "every extension module of {1} has a {0} build, and vice versa",
                             [&subject](const Variant& variant) { return module_pairs(subject, variant); },
                             Needs::headers, VariantCheck::Interpreters::both};
    for (Check& check : checks_of_variants(subject, pairs)) checks.push_back(std::move(check));
    return checks;
}

}  // namespace pystacks::verify
