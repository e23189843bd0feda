#include "extension/package_contents.hpp"

#include <algorithm>
#include <set>

#include "base/file.hpp"
#include "rpm/payload.hpp"

namespace pystacks::extension {
namespace {

bool has_content(const rpm::PackageFile& file) { return file.is_regular() && !file.is_ghost() && file.size > 0; }

}  // namespace

const rpm::PackageFile* regular_file(const rpm::Package& package, const rpm::PackageFile& file) {
    const std::string folder = file.path.substr(0, file.path.rfind('/') + 1);
    const rpm::PackageFile* at = &file;
    for (int steps = 0; steps < 8; ++steps) {
        if (at->is_regular()) return at;
        if (!at->is_symlink() || at->link_target.find('/') != std::string::npos) return nullptr;
        const std::string path = folder + at->link_target;
        const auto found = std::ranges::lower_bound(package.files, path, {}, &rpm::PackageFile::path);
        if (found == package.files.end() || found->path != path) return nullptr;
        at = &*found;
    }
    return nullptr;
}

PackageContents::PackageContents(const std::vector<rpm::Package>& packages)
    : packages_(packages), folder_(temporary_folder(), "pystacks-check") {
    for (const rpm::Package& package : packages_) {
        if (package.is_source || !package.name.ends_with("-debuginfo")) continue;
        for (const rpm::PackageFile& file : package.files) debug_files_.try_emplace(file.path, Place{&package, &file});
    }
}

fs::path PackageContents::file(const rpm::Package& package, const rpm::PackageFile& file) {
    const auto found = unpacked_.find(&package);
    if (found != unpacked_.end()) return rpm::unpacked_content(found->second, file.digest);
    const fs::path folder = folder_.path() / std::to_string(unpacked_.size());
    make_directories(folder);
    std::set<std::string> digests;
    for (const rpm::PackageFile& each : package.files) {
        if (!each.path.ends_with(".so") && !each.path.ends_with(".debug")) continue;
        const rpm::PackageFile* wanted = regular_file(package, each);
        if (wanted != nullptr && has_content(*wanted)) digests.insert(wanted->digest);
    }
    digests.insert(file.digest);
    rpm::unpack_contents(package, digests, folder);
    unpacked_.emplace(&package, folder);
    return rpm::unpacked_content(folder, file.digest);
}

fs::path PackageContents::debug_information(const tree::ElfInfo& elf) {
    if (elf.build_id.size() < 3) return {};
    const std::string path =
        "/usr/lib/debug/.build-id/" + elf.build_id.substr(0, 2) + "/" + elf.build_id.substr(2) + ".debug";
    auto found = debug_files_.find(path);
    if (found == debug_files_.end()) return {};
    // A link to the file under the module's own name, in rpm's older layout.
    if (found->second.file->is_symlink()) {
        const fs::path target = fs::path(path).parent_path() / found->second.file->link_target;
        found = debug_files_.find(target.lexically_normal().string());
        if (found == debug_files_.end()) return {};
    }
    if (!found->second.file->is_regular()) return {};
    return file(*found->second.package, *found->second.file);
}

}  // namespace pystacks::extension
