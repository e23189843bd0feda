#include "cli/extension/add.hpp"

#include <cerrno>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/print.hpp"
#include "host/data_folders.hpp"
#include "log/log.hpp"
#include "process/interruption.hpp"
#include "transform/blocks.hpp"
#include "transform/proof.hpp"
#include "transform/spec_file.hpp"
#include "transform/transformation.hpp"

namespace pystacks::cli::extension {
namespace {

namespace engine = pystacks::transform;

/// To stdout, or over the spec; its permissions stay.
void put(const std::string& bytes, const fs::path& spec, bool in_place) {
    if (!in_place) {
        print_data(bytes);
        return;
    }
    struct stat status {};
    if (::stat(spec.c_str(), &status) != 0) throw system_error(errno, "cannot replace", spec.string());
    write_file_atomically(fs::canonical(spec), bytes, status.st_mode & 07777U);
}

}  // namespace

namespace add {
namespace {

constexpr const char* cannot_add = "cannot add a -debug package";

void explain(const engine::Transformation& done, const fs::path& spec) {
    std::string lines = fmt::format("{}: class {}\n", spec.string(), engine::name_of(done.seen.build));
    for (const engine::Seen& each : done.seen.seen) lines += fmt::format("  line {}: {}\n", each.line + 1, each.what);
    const char* modules = done.seen.modules == engine::Modules::none ? "no compiled modules"
                          : done.seen.modules == engine::Modules::some
                              ? "compiled modules"
                              : "cannot tell whether there are compiled modules";
    lines += fmt::format("  {}: {}\n", modules, done.seen.why);
    if (!done.seen.distribution.empty()) lines += fmt::format("  distribution: {}\n", done.seen.distribution);
    for (const engine::ModuleOwner& owner : done.seen.owners) {
        const std::string name = owner.name.option().empty() ? "the main package" : owner.name.option();
        lines += fmt::format("  line {}: %files of {}: {}\n", owner.files->header + 1, name,
                             owner.swallows() ? "would include debug modules" : "would not include debug modules");
    }
    for (const engine::Refusal& each : done.refusals) {
        lines += fmt::format("  line {}: {}: {} ({})\n", each.line + 1, engine::key_of(each.reason),
                             engine::text_of(each.reason), each.detail);
    }
    for (const std::string& note : done.notes) lines += fmt::format("  {}\n", note);
    print_aside(lines);
}

std::string names_of(const std::vector<engine::ModuleOwner>& owners) {
    std::vector<std::string> names;
    for (const engine::ModuleOwner& each : owners) {
        const std::string option = each.name.option();
        names.push_back(option.empty() ? "the main package" : option.substr(std::string_view("-n ").size()));
    }
    return join(names, ", ");
}

/// What is a promise of the text: what was added can be taken out, and adding twice is adding once.
void check_text(const engine::Transformation& done, const Options& options) {
    const std::string name = options.spec.string();
    const bool same = engine::without_additions(done.text, name) == done.original->bytes() &&
                      engine::transform(done.text, name).text == done.text;
    if (!same)
        throw Error(cannot_add, name, "the additions could not be removed again",
                    "please report this: it is a bug in pystacks");
}

/// What is a promise of rpm's reading. @return whether rpm could say so
bool check_reading(const engine::Transformation& done, const Options& options) {
    engine::ProofRequest request =
        engine::proof_request(done, options.spec, host::data_folders().macros_file.parent_path());
    request.at_once = true;
    const engine::Proof proof = engine::prove(request);
    if (proof.state == engine::Proof::State::broken)
        throw engine::refusal_error(cannot_add, options.spec.string(),
                                    {{engine::Reason::proof_failed, 0, proof.detail}});
    if (proof.state == engine::Proof::State::holds) return true;
    log::say(log::Level::warning, "not proved by rpm, so only the text was checked: " + proof.detail);
    return false;
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("SPEC", options.spec, "a spec").required().existing_file();
    app.add_flag("--in-place", options.in_place, "change the file instead of printing the spec");
    app.add_flag("--explain", options.explain, "say what was seen, and why it was chosen");
    app.add_flag("--accept-unproved", options.accept_unproved,
                 "exit with 0, not 4, when rpm cannot read the spec on this host");
}

int run(const Options& options) {
    const std::string bytes = engine::read_spec(options.spec, cannot_add);
    engine::require_spec(bytes, cannot_add, options.spec.string());
    const engine::Transformation done = engine::transform(bytes, options.spec.string());
    if (options.explain) explain(done, options.spec);
    if (done.outcome == engine::Outcome::refused)
        throw engine::refusal_error(cannot_add, options.spec.string(), done.refusals);
    if (done.outcome == engine::Outcome::nothing_to_do) {
        log::say(log::Level::info,
                 "nothing to do: " + options.spec.string() + " has no compiled Python modules: " + done.seen.why);
        if (!options.in_place) print_data(bytes);
        return 0;
    }
    check_text(done, options);
    process::throw_if_interrupted();
    const bool proved = check_reading(done, options);
    if (done.text == bytes)
        log::say(log::Level::info, "nothing to do: " + options.spec.string() + " already has all additions");
    if (done.text != bytes || !options.in_place) put(done.text, options.spec, options.in_place);
    if (done.text != bytes && options.in_place) {
        log::say(log::Level::info, fmt::format("added to {}: {} for {}", options.spec.string(),
                                               done.seen.owners.size() == 1 ? "a -debug package" : "-debug packages",
                                               names_of(done.seen.owners)));
    }
    return proved || options.accept_unproved ? 0 : exit_code(ErrorKind::unproved);
}

}  // namespace add

namespace remove {

void add_to(Arguments& app, Options& options) {
    app.add_option("SPEC", options.spec, "a spec").required().existing_file();
    app.add_flag("--in-place", options.in_place, "change the file instead of printing the spec");
}

int run(const Options& options) {
    constexpr const char* cannot_remove = "cannot remove the additions";
    const std::string bytes = engine::read_spec(options.spec, cannot_remove);
    engine::require_spec(bytes, cannot_remove, options.spec.string());
    const std::string original = engine::without_additions(bytes, options.spec.string());
    if (original == bytes)
        log::say(log::Level::info, "nothing to do: " + options.spec.string() + " has nothing that pystacks added");
    if (original != bytes || !options.in_place) put(original, options.spec, options.in_place);
    if (original != bytes && options.in_place)
        log::say(log::Level::info, "removed from " + options.spec.string() + ": the additions of pystacks");
    return 0;
}

}  // namespace remove

}  // namespace pystacks::cli::extension
