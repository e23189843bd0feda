#include "extension/preparation.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "extension/debug_files.hpp"
#include "extension/foreign_headers.hpp"
#include "extension/stand_ins.hpp"
#include "process/command.hpp"

namespace pystacks::extension {
namespace {

constexpr const char* cannot_prepare = "cannot prepare the debug build";

/// The name below @p builddir of the tree that @p folder is in.
fs::path tree_name(const fs::path& builddir, const fs::path& folder) {
    const fs::path relative = fs::canonical(folder).lexically_relative(fs::canonical(builddir));
    fs::path first = relative.empty() ? fs::path() : *relative.begin();
    if (first.empty() || first == "." || first == "..") {
        throw Error(ErrorKind::usage, cannot_prepare, folder.string(),
                    "the shell at the end of %prep is not in a source tree below " + builddir.string(),
                    "use %setup or %autosetup, and return to their folder before %pydebug_prep");
    }
    return first;
}

void copy_prepared_tree(const fs::path& from, const fs::path& to) {
    process::Command copy;
    copy.arguments = {"cp", "--archive", "--reflink=auto", "--", from.string(), to.string()};
    process::run_checked(copy, "cannot copy the prepared tree");
}

std::map<std::string, fs::path> programs_here() {
    std::map<std::string, fs::path> found;
    for (const char* name : {"cmake", "cmake3", "meson"}) {
        if (const std::optional<fs::path> path = process::find_program(name)) found.emplace(name, *path);
    }
    return found;
}

/// Links to them, in a folder without Python's own headers. @returns what makes builds look there; may be empty
std::string with_foreign_headers(const Preparation& request) {
    const std::vector<fs::path> headers = foreign_headers(request.interpreters);
    if (headers.empty()) return {};
    const fs::path folder = request.work / "include";
    make_directories(folder);
    for (const fs::path& each : headers) fs::create_symlink(each, folder / each.filename());
    return include_path_text(folder);
}

}  // namespace

void prepare(const Preparation& request) {
    const fs::path name = tree_name(request.builddir, request.tree);
    remove_tree(request.work);
    for (const char* folder : {"tree", "root", "bin", "pkgconfig", "specparts"})
        make_directories(request.work / folder);
    copy_prepared_tree(request.builddir / name, request.work / "tree" / name);
    for (const auto& [program, text] : stand_ins(request.interpreters, request.work, programs_here())) {
        write_file_atomically(request.work / "bin" / program, text, 0755);
    }
    for (const auto& [module, file] : pkgconfig_names(request.interpreters)) {
        fs::create_symlink(file, request.work / "pkgconfig" / module);
    }
    write_file_atomically(request.work / "meson.ini", meson_native_file(request.interpreters));
    std::string environment = keeps_debug_files() ? debug_files_text(request.program) : std::string();
    environment += environment_text(request.interpreters, request.builddir, request.work, request.cflags);
    environment += with_foreign_headers(request);
    write_file_atomically(request.work / "environment", environment);
}

}  // namespace pystacks::extension
