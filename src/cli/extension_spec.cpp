#include "cli/extension_spec.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/data_folders.hpp"
#include "transform/blocks.hpp"
#include "transform/proof.hpp"
#include "transform/survey.hpp"
#include "transform/transformation.hpp"

namespace pystacks::cli::extension {
namespace {

namespace engine = pystacks::transform;
using Command = Options::Command;

constexpr const char* cannot_add = "cannot add a -debug package";

void say(const std::string& sentence) { fmt::print(stderr, "pystacks: {}\n", sentence); }

void explain(const engine::Transformation& done, const fs::path& spec) {
    fmt::print(stderr, "{}: class {}\n", spec.string(), engine::name_of(done.seen.build));
    for (const engine::Seen& each : done.seen.seen) fmt::print(stderr, "  line {}: {}\n", each.line + 1, each.what);
    const char* modules = done.seen.modules == engine::Modules::none ? "no compiled modules"
                          : done.seen.modules == engine::Modules::some
                              ? "compiled modules"
                              : "cannot tell whether there are compiled modules";
    fmt::print(stderr, "  {}: {}\n", modules, done.seen.why);
    for (const engine::ModuleOwner& owner : done.seen.owners) {
        const std::string name = owner.name.option().empty() ? "the main package" : owner.name.option();
        fmt::print(stderr, "  line {}: %files of {}: {}\n", owner.files->header + 1, name,
                   owner.swallows() ? "would take debug modules in" : "would not take debug modules in");
    }
    for (const engine::Refusal& each : done.refusals) {
        fmt::print(stderr, "  line {}: {}: {} ({})\n", each.line + 1, engine::key_of(each.reason),
                   engine::text_of(each.reason), each.detail);
    }
    for (const std::string& note : done.notes) fmt::print(stderr, "  {}\n", note);
}

/// To stdout, or over the spec; its permissions stay.
void put(const Options& options, const std::string& bytes) {
    if (!options.in_place) {
        fmt::print("{}", bytes);
        return;
    }
    struct stat status {};
    if (::stat(options.spec.c_str(), &status) != 0) throw system_error(errno, "cannot replace", options.spec.string());
    write_file_atomically(fs::canonical(options.spec), bytes, status.st_mode & 07777U);
}

[[noreturn]] void refuse(const Options& options, const engine::Refusal& refusal) {
    throw Error(cannot_add, fmt::format("{}:{}", options.spec.string(), refusal.line + 1),
                fmt::format("{} ({})", engine::text_of(refusal.reason), refusal.detail),
                std::string(engine::way_out(refusal.reason)));
}

/// What is a promise of the text: what was added can be taken out, and adding twice is adding once.
void check_text(const engine::Transformation& done, const Options& options) {
    const std::string name = options.spec.string();
    const bool same = engine::without_additions(done.text, name) == done.original->bytes() &&
                      engine::transform(done.text, name).text == done.text;
    if (!same)
        throw Error(cannot_add, name, "what would be added cannot be taken out again",
                    "report it: it is a mistake of pystacks");
}

engine::Proof prove(const engine::Transformation& done, const fs::path& spec) {
    const fs::path macros = data_folders().macros_file.parent_path();
    return engine::prove(
        {spec, done.original->bytes(), done.text, macros / "macros.pydebug", {macros / "macros.pydebug-compat"}});
}

/// What is a promise of rpm's reading. @return whether rpm could say so
bool check_reading(const engine::Transformation& done, const Options& options) {
    const engine::Proof proof = prove(done, options.spec);
    if (proof.state == engine::Proof::State::broken) refuse(options, {engine::Reason::proof_failed, 0, proof.detail});
    if (proof.state == engine::Proof::State::holds) return true;
    say("not proved by rpm: it cannot read the original on this host, so only the text was checked: " + proof.detail);
    return false;
}

}  // namespace

int add_to_spec(const Options& options) {
    const std::string bytes = read_file(options.spec);
    const engine::Transformation done = engine::transform(bytes, options.spec.string());
    if (options.explain) explain(done, options.spec);
    if (done.outcome == engine::Outcome::refused) refuse(options, done.refusals.front());
    if (done.outcome == engine::Outcome::nothing_to_do) {
        say("nothing to do: " + options.spec.string() + " has no compiled Python modules: " + done.seen.why);
        put(options, bytes);
        return 0;
    }
    check_text(done, options);
    const bool proved = check_reading(done, options);
    if (done.text == bytes) say("nothing to do: " + options.spec.string() + " has all of it already");
    if (done.text != bytes || !options.in_place) put(options, done.text);
    return proved || options.accept_unproved ? 0 : exit_code(ErrorKind::unproved);
}

int remove_from_spec(const Options& options) {
    const std::string bytes = read_file(options.spec);
    const std::string original = engine::without_additions(bytes, options.spec.string());
    if (original == bytes) say("nothing to do: " + options.spec.string() + " has nothing that pystacks added");
    if (original != bytes || !options.in_place) put(options, original);
    return 0;
}

int survey_specs(const Options& options) {
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    const engine::Survey found = engine::survey(options.spec, threads, options.prove ? engine::Prover(prove) : nullptr);
    if (!options.html.empty())
        write_file_atomically(options.html, engine::to_page(found, data_folders().templates / "survey"));
    fmt::print("{}", options.json ? engine::to_json(found) : engine::to_text(found));
    return 0;
}

void add_spec_commands(CLI::App& app, Options& options) {
    CLI::App* adding = app.add_subcommand("add", "write a spec with -debug packages of its compiled modules");
    adding->add_option("SPEC", options.spec, "a spec")->required()->check(CLI::ExistingFile);
    adding->add_flag("--in-place", options.in_place, "change the file instead of printing the spec");
    adding->add_flag("--explain", options.explain, "say what was seen, and why it was chosen");
    adding->add_flag("--accept-unproved", options.accept_unproved,
                     "exit with 0, not 4, when rpm cannot read the spec on this host");
    adding->callback([&options] { options.command = Command::add; });

    CLI::App* removing = app.add_subcommand("remove", "take out again what `add` has added");
    removing->add_option("SPEC", options.spec, "a spec")->required()->check(CLI::ExistingFile);
    removing->add_flag("--in-place", options.in_place, "change the file instead of printing the spec");
    removing->callback([&options] { options.command = Command::remove; });

    CLI::App* surveying = app.add_subcommand("survey", "what `add` would do with all specs of a folder");
    surveying->add_option("FOLDER", options.spec, "a folder of specs")->required()->check(CLI::ExistingDirectory);
    surveying->add_flag("--json", options.json, "print the result as JSON, with every spec");
    surveying->add_option("--html", options.html, "write the result as one HTML page to this file")->type_name("FILE");
    surveying->add_flag("--prove", options.prove,
                        "have rpm read each spec that is added to: runs what the specs have in %(...)");
    surveying->callback([&options] { options.command = Command::survey; });
}

}  // namespace pystacks::cli::extension
