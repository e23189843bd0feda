#include "extension/spec_to_build.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "extension/package_build.hpp"
#include "extension/spec_switches.hpp"
#include "log/log.hpp"
#include "transform/obstacles.hpp"
#include "transform/plain_sources.hpp"
#include "transform/refusal.hpp"
#include "transform/spec_file.hpp"
#include "transform/transformation.hpp"

namespace pystacks::extension {
namespace {

void say(const std::string& sentence) { log::say(log::Level::info, sentence); }

/// The spec as it is built: with debug packages, unless it is wanted as it is.
std::string text_to_build(const SpecToBuild& wanted, const std::string& bytes, const std::string& name) {
    if (wanted.as_is) return bytes;
    if (transform::has_debug_macros(spectext::SpecText(bytes))) {
        say(name + " has debug macros already; it is built as it is");
        return bytes;
    }
    const transform::Transformation done = transform::transform(bytes, name);
    if (done.outcome == transform::Outcome::refused) {
        const Error why = transform::refusal_error("cannot add a -debug package", name, done.refusals);
        throw Error(why.attempted(), why.subject(), why.reason(), why.hint() + "\nor --as-is builds the spec as it is");
    }
    if (done.outcome == transform::Outcome::nothing_to_do) {
        say(name + " has no compiled Python modules: " + done.seen.why + "; it is built as it is");
        return bytes;
    }
    say("added debug packages to " + name + "; the spec that is built is in SPECS of " + wanted.output.string());
    return done.text;
}

}  // namespace

std::string bring_spec(const SpecToBuild& wanted, const fs::path& topdir) {
    std::string name = wanted.input.filename().string();
    std::string bytes;
    if (name.ends_with(".rpm")) {
        name = unpack_source_package(wanted.input, topdir);
        bytes = read_file(topdir / "SPECS" / name);
    } else {
        make_directories(topdir / "SPECS");
        bytes = transform::read_spec(wanted.input, "cannot build");
    }
    transform::require_spec(bytes, "cannot build", name);
    const std::string text = text_to_build(wanted, bytes, name);
    check_spec_switches(wanted.switches, text, name);
    write_file_atomically(topdir / "SPECS" / name, text);
    return name;
}

std::vector<fs::path> folders_of_sources(const SpecToBuild& wanted) {
    std::vector<fs::path> folders = wanted.sources;
    if (wanted.input.extension() != ".rpm") folders.push_back(fs::absolute(wanted.input).parent_path());
    return folders;
}

void require_plain_sources(const SpecToBuild& wanted, const fs::path& topdir, const std::string& spec) {
    std::vector<fs::path> folders = folders_of_sources(wanted);
    folders.push_back(topdir / "SOURCES");
    std::vector<std::string> missing;
    for (std::string& name : transform::plain_sources(spectext::SpecText(read_file(topdir / "SPECS" / spec)))) {
        const bool found = std::any_of(folders.begin(), folders.end(), [&](const fs::path& folder) {
            std::error_code problem;
            return fs::is_regular_file(folder / name, problem);
        });
        if (!found) missing.push_back(std::move(name));
    }
    if (missing.empty()) return;
    throw Error(ErrorKind::usage, "cannot build", spec, "there is no\n" + join(missing, "\n"),
                "put it beside the spec, or say where it is with --sources DIR");
}

}  // namespace pystacks::extension
