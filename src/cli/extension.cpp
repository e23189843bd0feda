#include "cli/extension.hpp"

#include <algorithm>
#include <iostream>
#include <optional>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/data_folders.hpp"
#include "cli/extension_spec.hpp"
#include "compare/input.hpp"
#include "extension/distribution.hpp"
#include "extension/harvest.hpp"
#include "extension/import_check.hpp"
#include "extension/package_audit.hpp"
#include "extension/preparation.hpp"

namespace pystacks::cli::extension {
namespace {

namespace engine = pystacks::extension;
using Command = Options::Command;

fs::path scripts() { return data_folders().templates / "extension"; }

engine::Interpreters interpreters(const Options& options) {
    return engine::describe_both(options.python, options.debug_python, scripts());
}

int prepare(const Options& options) {
    ::umask(022);
    const fs::path work = fs::absolute(options.work).lexically_normal();
    engine::prepare({interpreters(options), work.parent_path(), options.tree, work, options.cflags});
    return 0;
}

int harvest(const Options& options) {
    ::umask(022);
    engine::HarvestRequest request;
    request.interpreters = interpreters(options);
    request.staging = fs::absolute(options.work) / "root";
    request.buildroot = fs::absolute(options.buildroot);
    request.lists = fs::absolute(options.lists);
    for (const std::string& each : options.packages) {
        engine::Subpackage package = engine::parse_subpackage(each);
        const std::vector<std::string>& optional = options.optional_packages;
        package.optional = std::find(optional.begin(), optional.end(), package.name) != optional.end();
        request.packages.push_back(std::move(package));
    }
    request.leave_out = options.leave_out;
    request.threads = std::max(1U, std::thread::hardware_concurrency());
    const engine::Harvest found = engine::plan_harvest(request);
    engine::carry_out(found, request);
    for (const std::string& note : found.notes) fmt::print(stderr, "pystacks: {}\n", note);
    for (const engine::Harvested& each : found.modules) fmt::print("{}: {}\n", each.package, each.path);
    return 0;
}

int imports(const Options& options) {
    const engine::ImportCheck check{interpreters(options), fs::absolute(options.buildroot), scripts(),
                                    options.no_import};
    const std::vector<engine::Twins> modules = engine::parse_twins(read_file(options.lists / "modules"));
    const std::size_t count = engine::check_imports(check, modules);
    fmt::print("{} of {} modules imported by both interpreters, each from its own file\n", count, modules.size());
    return 0;
}

/// rpm gives the paths of files in the buildroot, a line each.
int depends(const Options& options) {
    std::set<std::string> lines;
    for (std::string path; std::getline(std::cin, path);) {
        const std::optional<engine::ModuleOwner> owner = engine::owner_of(path);
        if (!owner) continue;
        for (const std::string& line : options.provides ? engine::debug_provides(*owner) : std::vector<std::string>()) {
            lines.insert(line);
        }
        for (const std::string& line :
             options.recommends ? engine::debug_recommends(*owner) : std::vector<std::string>()) {
            lines.insert(line);
        }
    }
    for (const std::string& line : lines) fmt::print("{}\n", line);
    return 0;
}

int check(const Options& options) {
    std::vector<rpm::Package> packages;
    for (const fs::path& path : options.rpms) {
        if (!fs::exists(path)) {
            throw Error(ErrorKind::usage, "cannot check", path.string(), "there is no such file or folder",
                        "give packages, or a folder of them, such as dist/RPMS");
        }
        for (rpm::Package& package : compare::read_packages(path)) packages.push_back(std::move(package));
    }
    const engine::Audit audit = engine::audit_packages(packages);
    fmt::print("{}", options.json ? engine::to_json(audit) : engine::to_text(audit));
    return audit.passed() ? 0 : exit_code(ErrorKind::failed);
}

/// A command that macros call.
CLI::App* add_hidden(CLI::App& app, Options& options, const char* name, Command command) {
    CLI::App* added = app.add_subcommand(name, "called by macros.pydebug");
    added->group("");
    added->callback([&options, command] { options.command = command; });
    return added;
}

void add_pair(CLI::App& app, Options& options) {
    app.add_option("--python", options.python, "the release interpreter")->required();
    app.add_option("--debug-python", options.debug_python, "the debug interpreter")->required();
    app.add_option("--work", options.work, "folder of the second pass")->required();
}

}  // namespace

void add_to(CLI::App& app, Options& options) {
    app.require_subcommand(1);
    CLI::App* audit = app.add_subcommand("check", "look at every module of -debug packages beside its release twin");
    audit->add_option("PACKAGES", options.rpms, "packages, or folders of them: -debug, base and -debuginfo")
        ->required();
    audit->add_flag("--json", options.json, "print the result as JSON");
    audit->callback([&options] { options.command = Command::check; });

    add_spec_commands(app, options);

    CLI::App* building = app.add_subcommand("build", "build a package and its -debug package in a scratch root");
    extension_build::add_to(*building, options.building);
    building->callback([&options] { options.command = Command::build; });

    CLI::App* prepared = add_hidden(app, options, "prepare", Command::prepare);
    add_pair(*prepared, options);
    prepared->add_option("--tree", options.tree, "the prepared tree")->required();
    prepared->add_option("--cflags", options.cflags, "what compilers get in addition");

    CLI::App* harvested = add_hidden(app, options, "harvest", Command::harvest);
    add_pair(*harvested, options);
    harvested->add_option("--buildroot", options.buildroot, "rpm's buildroot")->required();
    harvested->add_option("--lists", options.lists, "folder for file lists")->required();
    harvested->add_option("--package", options.packages, "a -debug package: NAME or NAME=GLOB")
        ->required()
        ->allow_extra_args(false);
    harvested->add_option("--optional", options.optional_packages, "a -debug package that may have no module")
        ->allow_extra_args(false);
    harvested->add_option("--leave-out", options.leave_out, "modules without a debug build")->allow_extra_args(false);

    CLI::App* imported = add_hidden(app, options, "imports", Command::imports);
    add_pair(*imported, options);
    imported->add_option("--buildroot", options.buildroot, "rpm's buildroot")->required();
    imported->add_option("--lists", options.lists, "folder of the file lists")->required();
    imported->add_option("--no-import", options.no_import, "modules that are not imported")->allow_extra_args(false);

    CLI::App* generator = add_hidden(app, options, "depends", Command::depends);
    generator->add_flag("--provides", options.provides);
    generator->add_flag("--recommends", options.recommends);
}

int run(const Options& options) {
    switch (options.command) {
        case Command::prepare:
            return prepare(options);
        case Command::harvest:
            return harvest(options);
        case Command::imports:
            return imports(options);
        case Command::depends:
            return depends(options);
        case Command::check:
            return check(options);
        case Command::add:
            return add_to_spec(options);
        case Command::remove:
            return remove_from_spec(options);
        case Command::survey:
            return survey_specs(options);
        case Command::build:
            return extension_build::run(options.building);
        case Command::none:
            break;
    }
    throw Error(ErrorKind::usage, "cannot start", "extension", "no command given", "see pystacks extension --help");
}

}  // namespace pystacks::cli::extension
