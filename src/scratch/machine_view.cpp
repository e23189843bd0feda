#include "scratch/machine_view.hpp"

#include <filesystem>
#include <vector>

#include "scratch/secrets.hpp"

namespace pystacks::scratch {
namespace {

/// Found once in this process, as there are thousands of files to look at, and many sandboxes.
const std::vector<Secret>& secrets_of_machine() {
    static const std::vector<Secret> all = [] {
        std::vector<Secret> found;
        for (const char* folder : {"etc", "usr/local"}) {
            const std::vector<Secret> below = secrets_below("/", folder);
            found.insert(found.end(), below.begin(), below.end());
        }
        return found;
    }();
    return all;
}

}  // namespace

sandbox::Sandbox machine_view() {
    namespace fs = std::filesystem;
    using How = sandbox::Shown::How;
    sandbox::Sandbox view;
    view.shows = {{How::memory, {}, "/"}, {How::read_only, "/usr", "/usr"}, {How::read_only, "/etc", "/etc"}};
    for (const char* name : {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
        const fs::path folder = name;
        if (fs::is_symlink(folder)) {
            view.shows.push_back({How::link, fs::read_symlink(folder), folder});
        } else if (fs::is_directory(folder)) {
            view.shows.push_back({How::read_only, folder, folder});
        }
    }
    for (const Secret& secret : secrets_of_machine()) view.shows.push_back({How::hidden, secret.path, secret.path});
    for (const char* folder : {"/tmp", "/var", "/run", "/root"}) view.shows.push_back({How::memory, {}, folder});
    return view;
}

}  // namespace pystacks::scratch
