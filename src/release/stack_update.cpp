#include "release/stack_update.hpp"

#include <system_error>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "release/stack_draft.hpp"
#include "source/download.hpp"
#include "stackbuild/workspace.hpp"

namespace pystacks::release {
namespace {

constexpr const char* attempted = "cannot update the stack";

/// As its URL says, with the new version.
std::string url_of(const stack::Stack& raw, const Version& version) {
    if (raw.sources.empty()) throw Error(ErrorKind::usage, attempted, raw.file.string(), "it has no source");
    return replace_all(raw.sources.front().url, "%{version}", version.text());
}

/// In the source folder, beside the stack, or in the current folder; fetched into the source folder otherwise.
fs::path tarball_of(const UpdateRequest& request, const stack::Stack& raw, const Version& version) {
    if (!request.tarball.empty()) return request.tarball;
    const std::string url = url_of(raw, version);
    const std::string name = url.substr(url.rfind('/') + 1);
    for (const fs::path& folder : {request.sources, raw.file.parent_path(), fs::path(".")}) {
        std::error_code problem;
        if (fs::is_regular_file(folder / name, problem)) return folder / name;
    }
    if (!source::has_scheme(url) || url.find('%') != std::string::npos) {
        throw Error(
            ErrorKind::usage, attempted, name,
            "it is neither in " + request.sources.string() + " nor beside the stack, and its URL depends on macros",
            "name it with --tarball");
    }
    make_directories(request.sources);
    const fs::path part = request.sources / ("." + name + ".part");
    request.download(url, part);
    fs::rename(part, request.sources / name);
    return request.sources / name;
}

/// @returns the version that the stack has now
Version require_older(const stack::Stack& raw, const Version& version) {
    const Version now = parse_version(raw.version, attempted);
    if (now.minor != version.minor) {
        throw Error(
            ErrorKind::usage, attempted, raw.file.string(),
            fmt::format("it is of Python {}, and {} is not a patch release of that", now.text(), version.text()),
            "pystacks new makes a stack for another minor version");
    }
    if (now < version) return now;
    throw Error(ErrorKind::usage, attempted, raw.file.string(),
                fmt::format("it is of Python {}, which is not older than {}", now.text(), version.text()));
}

void require_patches_apply(const StackDraft& draft, const fs::path& tree) {
    const std::vector<StackDraft::Problem> problems = draft.try_patches(tree);
    if (problems.empty()) return;
    std::vector<std::string> names;
    for (const StackDraft::Problem& each : problems) names.push_back(each.patch.file + ": " + each.reason);
    throw Error(attempted, fmt::format("{} of its patches", problems.size()),
                "they do not apply:\n" + join(names, "\n"), "nothing was changed; fix the patches first");
}

/// Both or none, but for the moment between two renames: the changelog's entry alone changes no package, and is not
/// written twice.
void publish(const StackDraft& draft, const fs::path& folder) {
    const fs::path changelog = draft.changelog_file();
    AtomicFile new_changelog(folder / changelog.filename()), new_stack(folder / "stack.toml");
    new_changelog.write(read_file(changelog));
    new_stack.write(read_file(draft.file()));
    new_changelog.commit();
    new_stack.commit();
}

}  // namespace

StackUpdate update_stack(const UpdateRequest& request) {
    const Version version = parse_version(request.version, attempted);
    const stack::Stack raw = stackbuild::load_stack(request.stack, {});
    const fs::path folder = fs::canonical(fs::absolute(raw.file)).parent_path();
    const Version old = require_older(raw, version);

    const TemporaryDirectory unpacked(temporary_folder(), "pystacks-update");
    const fs::path tarball = tarball_of(request, raw, version);
    const PythonSource source = open_source(tarball, version, unpacked.path(), attempted);
    const TemporaryDirectory beside(folder.parent_path(), ".pystacks-update");
    StackDraft draft(folder, beside.path() / folder.filename(), attempted);
    std::vector<std::string> changes = draft.set_release(source);
    draft.add_changelog_entry(version, "Update to " + version.text() + ".", StackDraft::History::kept);
    require_patches_apply(draft, source.tree);
    publish(draft, folder);
    return {raw.file, old, version, std::move(changes)};
}

}  // namespace pystacks::release
