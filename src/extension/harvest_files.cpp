#include <cerrno>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "extension/harvest.hpp"
#include "extension/import_check.hpp"

namespace pystacks::extension {
namespace {

/// Puts a file into a folder and gives the folder its times back: they go into packages.
void place(const fs::path& from, const fs::path& to) {
    struct stat folder = {};
    if (::stat(to.parent_path().c_str(), &folder) != 0) {
        throw system_error(errno, "cannot harvest into", to.parent_path().string());
    }
    copy_regular_file(from, to);
    if (::chmod(to.c_str(), 0755) != 0) throw system_error(errno, "cannot set the mode of", to.string());
    const struct timespec times[2] = {folder.st_atim, folder.st_mtim};
    if (::utimensat(AT_FDCWD, to.parent_path().c_str(), times, 0) != 0) {
        throw system_error(errno, "cannot set the time of", to.parent_path().string());
    }
}

/// A path as a file list of rpm's has it. What would be a pattern there stands for any one character.
std::string list_line(std::string_view path) {
    std::string line;
    bool quoted = false;
    for (const char c : path) {
        if (c == '\n' || c == '"' || c == '%') {
            throw Error("cannot list a module", std::string(path), "rpm's file lists cannot contain this name");
        }
        quoted = quoted || c == ' ' || c == '\t';
        line += std::string_view("*?[]{}\\").find(c) == std::string_view::npos ? c : '?';
    }
    return quoted ? "\"" + line + "\"" : line;
}

}  // namespace

void carry_out(const Harvest& harvest, const HarvestRequest& request) {
    std::map<std::string, std::string> lists;
    std::set<std::string> may_be_empty = harvest.without_need;
    for (const Subpackage& package : request.packages) {
        lists[package.name];
        if (package.optional) may_be_empty.insert(package.name);
    }
    std::string exclusions;
    std::string modules;
    for (const Harvested& each : harvest.modules) {
        lists[each.package] += list_line(each.path) + "\n";
        exclusions += "%exclude " + list_line(each.path) + "\n";
        modules += each.path + "\t" + each.twin + "\n";
    }
    for (auto& [name, lines] : lists) {
        // rpm refuses a list without a line.
        if (lines.empty() && may_be_empty.contains(name)) lines = "\n";
        if (lines.empty()) {
            throw Error("cannot make a -debug package", name, "none of the modules belongs to it",
                        "remove its %pydebug_package, or correct its -m");
        }
    }
    for (const Harvested& each : harvest.modules) {
        place(request.staging / fs::path(each.source).relative_path(),
              request.buildroot / fs::path(each.path).relative_path());
    }
    make_directories(request.lists);
    for (const auto& [name, lines] : lists) write_file_atomically(request.lists / (name + ".list"), lines);
    write_file_atomically(request.lists / "exclusions", exclusions.empty() ? "\n" : exclusions);
    write_file_atomically(request.lists / "modules", modules);
}

void take_executable_bits(const fs::path& buildroot, const fs::path& lists) {
    if (!fs::exists(lists / "modules")) return;
    using fs::perms;
    constexpr perms executable = perms::owner_exec | perms::group_exec | perms::others_exec;
    for (const Twins& each : parse_twins(read_file(lists / "modules"))) {
        const fs::path file = buildroot / fs::path(each.first).relative_path();
        if (fs::is_regular_file(fs::symlink_status(file))) {
            fs::permissions(file, executable, fs::perm_options::remove);
        }
    }
}

}  // namespace pystacks::extension
