#include "stackbuild/workspace.hpp"

#include <array>
#include <system_error>
#include <utility>

#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "host/data_folders.hpp"
#include "log/log.hpp"
#include "rpm/render.hpp"
#include "stack/documents.hpp"
#include "stackbuild/switches.hpp"

namespace pystacks::stackbuild {
namespace {

/// rpmbuild's, and one for what it says.
constexpr std::array topdir_folders{"SPECS", "SOURCES", "BUILD", "BUILDROOT", "RPMS", "SRPMS", "logs"};

void write_if_changed(const fs::path& path, const std::string& contents) {
    std::error_code problem;
    if (fs::is_regular_file(path, problem) && fs::file_size(path, problem) == contents.size() &&
        read_file(path) == contents) {
        return;
    }
    write_file_atomically(path, contents);
}

/// The spec's file name; a name that has to be expanded first cannot be one.
std::string spec_name(const stack::Stack& raw) {
    if (raw.name.find('%') == std::string::npos) return raw.name + ".spec";
    return fs::absolute(raw.file).parent_path().filename().string() + ".spec";
}

rpm::SpecJob job_for(const stack::Stack& raw, const fs::path& topdir, const rpm::Switches& switches) {
    rpm::SpecJob job;
    job.spec = topdir / "SPECS" / spec_name(raw);
    job.topdir = topdir;
    job.stack_text = stack::join_documents(stack::read_documents(raw.file, {host::data_folders().specs}));
    job.macros_file = host::data_folders().macros_file;
    // This program's own macros, also where another version is installed.
    job.load_macros_file = rpm::MacrosFile::always;
    // Whatever the user's own rpm configuration says, --output has rpmbuild's layout.
    job.defines = {"_sourcedir %{_topdir}/SOURCES",      "_specdir %{_topdir}/SPECS", "_builddir %{_topdir}/BUILD",
                   "_buildrootdir %{_topdir}/BUILDROOT", "_rpmdir %{_topdir}/RPMS",   "_srcrpmdir %{_topdir}/SRPMS"};
    job.stage_defines = {"__pystacks " + host::executable_path().string()};
    job.defines.insert(job.defines.end(), switches.defines.begin(), switches.defines.end());
    job.with = switches.with;
    job.without = switches.without;
    return job;
}

}  // namespace

stack::Stack load_stack(const std::string& name_or_path, const rpm::Switches& switches) {
    const std::vector<fs::path> search_path{host::data_folders().specs};
    log::debug("stacks that are installed are in " + search_path.front().string());
    stack::Stack raw = stack::load(stack::find(name_or_path, search_path), search_path);
    log::debug("the stack is " + raw.file.string());
    check_switches(switches, raw);
    return raw;
}

Workspace open_workspace(stack::Stack raw, const std::filesystem::path& topdir, const rpm::Switches& switches) {
    Workspace workspace;
    workspace.topdir = fs::absolute(topdir).lexically_normal();
    workspace.raw = std::move(raw);
    for (const char* folder : topdir_folders) make_directories(workspace.topdir / folder);
    workspace.job = job_for(workspace.raw, workspace.topdir, switches);
    write_if_changed(workspace.job.spec, rpm::render_spec(workspace.raw));
    workspace.info = rpm::inspect(workspace.job);
    workspace.expanded = stack::parse(workspace.info.expanded_stack, workspace.raw.file);
    // Whoever needs none has taken them out of the raw stack; the expanded one is read from the files again.
    if (workspace.raw.recorded_profiles.empty()) workspace.expanded.recorded_profiles.clear();
    return workspace;
}

void remove_empty_folders(const std::filesystem::path& topdir) {
    for (const char* folder : topdir_folders) ::rmdir((topdir / folder).c_str());  // one that is not empty stays
}

void place_files(const Workspace& workspace) {
    const fs::path beside = workspace.raw.file.parent_path();
    const fs::path target = workspace.sources();
    make_directories(target);
    const auto place = [&](const fs::path& from, const std::string& name, const fs::path& named_in) {
        if (!fs::is_regular_file(from)) {
            throw Error(ErrorKind::usage, "cannot find a file of the stack", from, "there is no such file",
                        "it is named in " + named_in.string());
        }
        write_if_changed(target / name, read_file(from));
    };
    const fs::path& stack = workspace.raw.file;
    place(stack, workspace.info.name + "-stack.toml", stack);
    for (const fs::path& file : workspace.raw.includes) place(file, file.filename(), stack);
    for (const std::string& file : workspace.expanded.files) place(beside / file, fs::path(file).filename(), stack);
    for (const stack::RecordedProfile& profile : workspace.expanded.recorded_profiles) {
        place(profile.place.folder() / "profiles" / profile.file, fs::path(profile.file).filename(),
              profile.place.file);
    }
    for (const stack::Patch& patch : workspace.expanded.patches) {
        place(patch.place.folder() / "patches" / patch.file, fs::path(patch.file).filename(), patch.place.file);
    }
    for (const stack::Source& source : workspace.expanded.sources) {
        if (source.keyring.empty()) continue;
        place(source.place.folder() / source.keyring, fs::path(source.keyring).filename(), source.place.file);
    }
}

}  // namespace pystacks::stackbuild
