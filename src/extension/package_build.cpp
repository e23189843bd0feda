#include "extension/package_build.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/names.hpp"
#include "base/text.hpp"
#include "process/command.hpp"
#include "rpm/dependency_check.hpp"
#include "scratch/inside.hpp"

namespace pystacks::extension {
namespace {

std::string spec_inside(const PackageBuild& build) { return std::string(topdir_inside) + "/SPECS/" + build.spec; }

std::vector<std::string> definitions(const BuildRoot& root, const PackageBuild& build) {
    std::vector<std::string> lines{
        std::string("_topdir ") + topdir_inside,
        (root.python2() ? "__python2 " : "__python3 ") + root.python(),
        "pydebug_interpreter " + root.debug_python(),
        // The machine's own configuration of rpm, which is in the root too, may name one that is elsewhere.
        "__pystacks /usr/bin/pystacks",
        // From here on the release pass runs.
        "__spec_prep_pre %{___build_pre}\\\n/usr/bin/pystacks extension debug-files --hide\\\n%{nil}",
        // The same input gives the same bytes, as distributions' builds have it.
        "source_date_epoch_from_changelog 1",
        "use_source_date_epoch_as_buildtime 1",
        "clamp_mtime_to_source_date_epoch 1",
        "build_mtime_policy clamp_to_source_date_epoch",
    };
    // rpm itself makes debuginfo packages only where the distribution's macros say so, as they do in a macro of this
    // name that becomes part of every %install; they show for which interpreter a module was compiled.
    if (root.evaluated("%{?_enable_debug_packages}").empty()) {
        lines.insert(lines.end(), {"_enable_debug_packages 1", "_debugsource_packages 1",
                                   "install %{?buildsubdir:%{debug_package}}\\\n%%install\\\n%{nil}"});
    }
    lines.insert(lines.end(), build.defines.begin(), build.defines.end());
    return lines;
}

std::vector<std::string> switches(const BuildRoot& root, const PackageBuild& build) {
    std::vector<std::string> arguments;
    for (const std::string& line : definitions(root, build)) arguments.insert(arguments.end(), {"--define", line});
    for (const std::string& name : build.with) arguments.insert(arguments.end(), {"--with", name});
    for (const std::string& name : build.without) arguments.insert(arguments.end(), {"--without", name});
    return arguments;
}

/// What rpmspec says of the spec. @throws Error with what rpm said.
std::string ask_rpmspec(const BuildRoot& root, const PackageBuild& build, std::vector<std::string> query) {
    query.insert(query.begin(), "/usr/bin/rpmspec");
    for (const std::string& each : switches(root, build)) query.push_back(each);
    query.push_back(spec_inside(build));
    const scratch::InnerOutcome outcome =
        scratch::run_inside(root.layer(), {.arguments = query, .environment = {{"HOME", "/builddir"}}});
    if (outcome.how.succeeded()) return outcome.output;
    throw Error("cannot read the spec", build.spec, std::string(trim(outcome.errors)));
}

/// The address of each file that a line "Source0: https://…/NAME" of the expanded spec names.
std::map<std::string, std::string> addresses_in(const std::string& expanded) {
    std::map<std::string, std::string> addresses;
    for (const std::string& line : split(expanded, '\n')) {
        if (!line.starts_with("Source") && !line.starts_with("Patch")) continue;
        const std::string value(trim(std::string_view(line).substr(std::min(line.size(), line.find(':') + 1))));
        if (value.find("://") != std::string::npos) addresses.emplace(value.substr(value.rfind('/') + 1), value);
    }
    return addresses;
}

/// "NAME: https://…" where the address is known.
std::string with_address(const std::string& name, const std::map<std::string, std::string>& addresses) {
    const auto found = addresses.find(name);
    return found == addresses.end() ? name : name + ": " + found->second;
}

/// @param said what rpmbuild wrote, below its topdir; the spec's scripts write to the same log
fs::path written_file(const PackageBuild& build, const fs::path& topdir, const std::string& said) {
    fs::path path = topdir / said;
    std::error_code problem;
    const bool file = fs::is_regular_file(fs::symlink_status(path, problem));
    if (file && is_below(fs::canonical(path, problem).string(), fs::canonical(topdir).string())) return path;
    throw Error("cannot build", build.spec,
                "rpmbuild says that it wrote " + said + ", but there is no such file in the output folder");
}

}  // namespace

void gather_sources(const BuildRoot& root, const PackageBuild& build, const fs::path& topdir,
                    const std::vector<fs::path>& look_in) {
    const fs::path sources = topdir / "SOURCES";
    make_directories(sources);
    const std::string names =
        ask_rpmspec(root, build, {"--query", "--srpm", "--queryformat", "[%{SOURCE}\\n][%{PATCH}\\n]"});
    std::vector<std::string> missing;
    for (const std::string& name : split(names, '\n')) {
        // rpm says "(none)" of a spec without patches.
        if (name.empty() || name == "(none)") continue;
        if (const std::string problem = problem_of_file_name(name); !problem.empty()) {
            throw Error(ErrorKind::usage, "cannot build", build.spec,
                        "a source's name " + quoted_name(name) + " " + problem);
        }
        bool found = false;
        for (const fs::path& folder : look_in) {
            if (found || !fs::is_regular_file(folder / name)) continue;
            if (!is_below(fs::canonical(folder / name).string(), fs::canonical(folder).string())) {
                throw Error(
                    ErrorKind::usage, "cannot build", (folder / name).string(),
                    "it is a link that leads out of its folder, and the spec's scripts could read the files there",
                    "put a copy in its place, or give the folder that it leads to with --sources, before this one");
            }
            copy_regular_file(folder / name, sources / name);
            found = true;
        }
        if (!found && !fs::is_regular_file(sources / name)) missing.push_back(name);
    }
    if (missing.empty()) return;
    const std::map<std::string, std::string> addresses = addresses_in(ask_rpmspec(root, build, {"--parse"}));
    for (std::string& name : missing) name = with_address(name, addresses);
    throw Error(ErrorKind::usage, "cannot build", build.spec, "there is no\n    " + join(missing, "\n    "),
                "put it beside the spec, or say where it is with --sources DIR");
}

bool has_changelog(const BuildRoot& root, const PackageBuild& build) {
    const std::string times = ask_rpmspec(root, build, {"--query", "--srpm", "--queryformat", "[%{CHANGELOGTIME}\\n]"});
    return trim(times).find_first_of("0123456789") != std::string_view::npos;
}

std::vector<std::string> rpmbuild_command(const BuildRoot& root, const PackageBuild& build) {
    std::vector<std::string> arguments{"/usr/bin/rpmbuild",
                                       build.amount == PackageBuild::Amount::source ? "-bs" : "-bb", "--define",
                                       fmt::format("_rpmdir {}/{}", topdir_inside, build.rpms.string())};
    for (const std::string& each : switches(root, build)) arguments.push_back(each);
    if (!build.run_check) arguments.emplace_back("--nocheck");
    if (!build.check_build_requires) arguments.emplace_back("--nodeps");
    arguments.push_back(spec_inside(build));
    return arguments;
}

std::vector<fs::path> build_packages(const BuildRoot& root, const PackageBuild& build, const fs::path& topdir,
                                     const fs::path& log) {
    remove_tree(log);
    constexpr mode_t mode = 0644;
    const UniqueFd opened =
        open_file(log, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, "cannot write the log", mode);
    const fs::path same_file = "/proc/self/fd/" + std::to_string(opened.get());
    scratch::InnerCommand command{.arguments = rpmbuild_command(root, build),
                                  .environment = {{"HOME", "/builddir"}},
                                  .time_limit_seconds = std::nullopt,
                                  .log = same_file};
    if (build.source_date_epoch) {
        command.environment["SOURCE_DATE_EPOCH"] = std::to_string(*build.source_date_epoch);
    }
    const scratch::InnerOutcome outcome = scratch::run_inside(root.layer(), command);
    if (!outcome.how.succeeded()) {
        constexpr int lines = 40;
        throw Error("cannot build", build.spec,
                    fmt::format("rpmbuild {}; the end of {}:\n{}", outcome.how.describe(), log.string(),
                                process::log_tail(same_file, lines)),
                    "add --shell to look around in the build root");
    }
    std::vector<fs::path> written;
    const std::string output = read_file(same_file);
    for (const std::string& line : split(output, '\n')) {
        const std::string mark = std::string("Wrote: ") + topdir_inside + "/";
        if (line.starts_with(mark)) written.push_back(written_file(build, topdir, line.substr(mark.size())));
    }
    rpm::require_complete_dependencies(
        same_file, written, "cannot build", build.spec,
        "pystacks doctor --for extension says what this host lacks. The whole output: " + log.string());
    return written;
}

}  // namespace pystacks::extension
