#include "cli/extension/second_pass.hpp"

#include <algorithm>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/print.hpp"
#include "extension/debug_files.hpp"
#include "extension/distribution.hpp"
#include "extension/harvest.hpp"
#include "extension/import_check.hpp"
#include "extension/preparation.hpp"
#include "host/data_folders.hpp"
#include "log/log.hpp"
#include "python/trait_names.hpp"

namespace pystacks::cli::extension {
namespace {

namespace engine = pystacks::extension;

fs::path templates() { return host::data_folders().templates; }

engine::Interpreters interpreters(const Pass& pass) {
    python::Traits traits;
    for (const std::string& word : pass.traits) {
        const std::optional<python::Trait> trait = python::trait_of_word(word);
        if (!trait) {
            throw Error(ErrorKind::usage, "cannot run a pass", "--traits " + word,
                        "it is not one of " + join(python::trait_words(), ", "));
        }
        traits.add(*trait);
    }
    return engine::describe_both(pass.python, pass.variant_python, traits, templates());
}

void add_pass(Arguments& app, Pass& pass) {
    app.add_option("--python", pass.python, "the release interpreter").required();
    app.add_option("--debug-python", pass.variant_python, "the interpreter of the pass's configuration").required();
    app.add_option("--traits", pass.traits, "what distinguishes that configuration").one_value();
    app.add_option("--work", pass.work, "folder of the second pass").required();
}

}  // namespace

namespace prepare {

void add_to(Arguments& app, Options& options) {
    add_pass(app, options.pass);
    app.add_option("--tree", options.tree, "the prepared tree").required();
    app.add_option("--cflags", options.cflags, "additional flags for compilers");
}

int run(const Options& options) {
    ::umask(022);
    const fs::path work = fs::absolute(options.pass.work).lexically_normal();
    const engine::ShownDebugFiles shown;
    engine::prepare(
        {interpreters(options.pass), work.parent_path(), options.tree, work, options.cflags, host::executable_path()});
    return 0;
}

}  // namespace prepare

namespace harvest {

void add_to(Arguments& app, Options& options) {
    add_pass(app, options.pass);
    app.add_option("--buildroot", options.buildroot, "rpm's buildroot").required();
    app.add_option("--lists", options.lists, "folder for file lists").required();
    app.add_option("--package", options.packages, "a -debug package: NAME or NAME=GLOB").required().one_value();
    app.add_option("--optional", options.optional_packages, "a -debug package that may have no module").one_value();
    app.add_option("--leave-out", options.leave_out, "modules without a debug build").one_value();
}

int run(const Options& options) {
    ::umask(022);
    const engine::ShownDebugFiles shown;
    engine::HarvestRequest request;
    request.interpreters = interpreters(options.pass);
    request.staging = fs::absolute(options.pass.work) / "root";
    request.buildroot = fs::absolute(options.buildroot);
    request.lists = fs::absolute(options.lists);
    for (const std::string& each : options.packages) {
        engine::Subpackage package = engine::parse_subpackage(each);
        package.optional = std::ranges::count(options.optional_packages, package.name) > 0;
        request.packages.push_back(std::move(package));
    }
    request.leave_out = options.leave_out;
    request.threads = std::max(1U, std::thread::hardware_concurrency());
    const engine::Harvest found = engine::plan_harvest(request);
    engine::carry_out(found, request);
    for (const std::string& note : found.notes) log::say(log::Level::info, note);
    for (const std::string& warning : found.warnings) log::say(log::Level::warning, warning);
    for (const engine::Harvested& each : found.modules) print_text(each.package + ": " + each.path + "\n");
    return 0;
}

}  // namespace harvest

namespace finish {

void add_to(Arguments& app, Options& options) {
    app.add_option("--buildroot", options.buildroot, "rpm's buildroot").required();
    app.add_option("--lists", options.lists, "folder of the file lists").required();
}

int run(const Options& options) {
    engine::take_executable_bits(fs::absolute(options.buildroot), fs::absolute(options.lists));
    return 0;
}

}  // namespace finish

namespace imports {

void add_to(Arguments& app, Options& options) {
    add_pass(app, options.pass);
    app.add_option("--buildroot", options.buildroot, "rpm's buildroot").required();
    app.add_option("--lists", options.lists, "folder of the file lists").required();
    app.add_option("--no-import", options.no_import, "modules that are not imported").one_value();
}

int run(const Options& options) {
    const engine::ShownDebugFiles shown;
    const engine::ImportCheck check{interpreters(options.pass), fs::absolute(options.buildroot), templates(),
                                    options.no_import};
    const std::vector<engine::Twins> modules = engine::parse_twins(read_file(options.lists / "modules"));
    const engine::ImportResult result = engine::check_imports(check, modules);
    for (const std::string& warning : result.warnings) log::say(log::Level::warning, warning);
    print_text(fmt::format("{} of {} modules imported by both interpreters, each from its own file\n", result.imported,
                           modules.size()));
    return 0;
}

}  // namespace imports

namespace debug_files {

void add_to(Arguments& app, Options& options) {
    app.add_flag("--show", options.show);
    app.add_flag("--hide", options.hide);
}

int run(const Options& options) {
    if (options.show) engine::show_debug_files();
    if (options.hide) engine::hide_debug_files();
    return 0;
}

}  // namespace debug_files

namespace depends {

void add_to(Arguments& app, Options& options) {
    app.add_flag("--provides", options.provides);
    app.add_flag("--recommends", options.recommends);
}

int run(const Options& options) {
    std::vector<fs::path> modules;
    for (std::string path; std::getline(std::cin, path);) modules.emplace_back(path);
    std::set<std::string> lines;
    for (const engine::OwningDistribution& owner : engine::owners_of(modules)) {
        if (options.provides) std::ranges::copy(engine::debug_provides(owner), std::inserter(lines, lines.end()));
        if (options.recommends) std::ranges::copy(engine::debug_recommends(owner), std::inserter(lines, lines.end()));
    }
    for (const std::string& line : lines) print_data(line + "\n");
    return 0;
}

}  // namespace depends

}  // namespace pystacks::cli::extension
