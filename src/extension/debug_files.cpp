#include "extension/debug_files.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/names.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "process/command.hpp"
#include "scratch/contained_path.hpp"
#include "scratch/scratch_root.hpp"

namespace pystacks::extension {
namespace {

/// What was written, by where it goes; paths relative to the root.
struct Written {
    std::vector<std::string> hideable, others;
};

/// Tells apart what the root has and what it has not.
class Sorter {
public:
    Sorter(fs::path written, fs::path root)
        : written_(std::move(written)), root_(std::move(root)), database_(scratch::rpm_database()) {}

    Written sorted() {
        look_at({});
        return std::move(result_);
    }

private:
    void look_at(const fs::path& folder) {
        for (const fs::directory_entry& entry : fs::directory_iterator(written_ / folder)) {
            const fs::path path = folder / entry.path().filename();
            const fs::file_type is = entry.symlink_status().type();
            const fs::file_type was = fs::symlink_status(root_ / path).type();
            // An overlay's sign that something was removed.
            if (is == fs::file_type::character) continue;
            if (is == fs::file_type::directory && was == fs::file_type::directory) {
                look_at(path);
            } else if (was == fs::file_type::not_found && can_be_hidden("/" / path)) {
                result_.hideable.push_back(path.string());
            } else if (is != fs::file_type::directory && was != fs::file_type::directory) {
                result_.others.push_back(path.string());
            }
        }
    }

    [[nodiscard]] bool can_be_hidden(const fs::path& path) const {
        return is_below(path.string(), "/usr") && !is_below(path.string(), database_);
    }

    fs::path written_, root_;
    std::string database_;
    Written result_;
};

void copy(const fs::path& from, const std::vector<std::string>& paths, const fs::path& to) {
    if (paths.empty()) return;
    process::Command command;
    // Not --archive: extended attributes are the overlay's own.
    command.arguments = {
        "cp",        "--recursive",          "--no-dereference",   "--preserve=mode,ownership,timestamps,links",
        "--parents", "--remove-destination", "--target-directory", to.string(),
        "--"};
    command.arguments.insert(command.arguments.end(), paths.begin(), paths.end());
    command.directory = from;
    process::run_checked(command, "cannot bring the debug interpreter into the build root");
}

fs::path list_of_places() { return fs::path(debug_files_folder) / "places"; }
fs::path kept(const std::string& place) { return fs::path(debug_files_folder) / "root" / place; }

/// Moves each to where it belongs, unless it is there.
bool move_all(bool to_places) {
    if (!keeps_debug_files()) return false;
    bool moved = false;
    const std::string places = read_file(list_of_places());
    for (const std::string& place : split(places, '\0')) {
        if (place.empty()) continue;
        const fs::path from = to_places ? kept(place) : "/" / fs::path(place);
        const fs::path to = to_places ? "/" / fs::path(place) : kept(place);
        if (!fs::exists(fs::symlink_status(from))) continue;
        make_directories(to.parent_path());
        std::error_code problem;
        fs::rename(from, to, problem);
        if (problem) {
            throw Error(to_places ? "cannot show the debug interpreter to the second pass"
                                  : "cannot hide the debug interpreter from the release pass",
                        to.string(), problem.message());
        }
        moved = true;
    }
    return moved;
}

}  // namespace

void bring_debug_files(const scratch::Layer& layer, const fs::path& written) {
    const Written all = Sorter(written, layer.root()).sorted();
    copy(written, all.others, layer.root());
    copy(written, all.hideable, layer.root());
    std::string places;
    for (const std::string& place : all.hideable) places += place + '\0';
    const scratch::ContainedPath folder(layer.root(), debug_files_folder, scratch::ContainedPath::Type::folder);
    write_file_atomically(folder.path() / "places", places);
}

bool keeps_debug_files() { return fs::exists(list_of_places()); }

bool show_debug_files() { return move_all(true); }

bool hide_debug_files() { return move_all(false); }

ShownDebugFiles::ShownDebugFiles() : moved_(show_debug_files()) {}

ShownDebugFiles::~ShownDebugFiles() {
    try {
        if (moved_) hide_debug_files();
    } catch (const std::exception& problem) {
        log::say(log::Level::error, problem.what());
    }
}

}  // namespace pystacks::extension
