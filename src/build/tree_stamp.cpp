#include "build/tree_stamp.hpp"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "build/install_root.hpp"
#include "build/stamp.hpp"

namespace pystacks::build {
namespace {

fs::path note(const Stamps& stamps, const std::string& name) { return stamps.folder() / (name + ".tree"); }

}  // namespace

std::string appearance(const fs::path& tree) {
    InputList hasher;
    for (const std::string& path : InstallRoot(tree).paths()) {
        const fs::path file = tree / path.substr(1);
        struct stat status = {};
        if (::lstat(file.c_str(), &status) != 0) throw system_error(errno, "cannot read", file.string());
        // The size of a folder is the file system's affair.
        const auto size = S_ISDIR(status.st_mode) ? 0 : status.st_size;
        std::string text =
            fmt::format("{:o} {} {}.{}", status.st_mode, size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
        if (S_ISLNK(status.st_mode)) text += " " + fs::read_symlink(file).string();
        hasher.add(path, text);
    }
    return hasher.digest();
}

bool is_untouched(const StageContext& context, const std::string& name, const InputList& inputs, const fs::path& tree) {
    const Stamps stamps(context.layout.stamps());
    std::error_code error;
    if (!stamps.holds(name, inputs) || !fs::is_directory(tree, error)) return false;
    const fs::path file = note(stamps, name);
    if (fs::exists(file, error) && trim(read_file(file)) == appearance(tree)) return true;
    post_message(context.progress, common_lane,
                 fmt::format("{} has changed since it was made, and is made again", tree.string()));
    return false;
}

void write_untouched(const StageContext& context, const std::string& name, const InputList& inputs,
                     const fs::path& tree) {
    const Stamps stamps(context.layout.stamps());
    make_directories(stamps.folder());
    write_file_atomically(note(stamps, name), appearance(tree) + "\n");
    stamps.write(name, inputs);
}

}  // namespace pystacks::build
