#include "scratch/package_set.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>

#include "base/error.hpp"

namespace pystacks::scratch {
namespace {

namespace fs = std::filesystem;

void collect(const fs::path& path, std::vector<fs::path>& files) {
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (!fs::is_directory(status)) {
        files.push_back(path);  // reading it says what is wrong with it
        return;
    }
    // Links are not followed: a loop of them would have no end.
    for (fs::recursive_directory_iterator at(path, problem), end; !problem && at != end; at.increment(problem)) {
        if (at->path().extension() == ".rpm" && at->is_regular_file()) files.push_back(at->path());
    }
    if (problem) throw system_error(problem.value(), "cannot look for packages in", path.string());
}

}  // namespace

Role role_of(const rpm::Package& package) {
    const std::string_view name = package.name;
    if (package.is_source) return Role::source;
    if (name.ends_with("-debuginfo") || name.ends_with("-debugsource")) return Role::debuginfo;
    return name.ends_with("-debug") ? Role::debug : Role::base;
}

std::vector<rpm::Package> read_packages(const std::vector<fs::path>& paths) {
    std::vector<fs::path> files;
    for (const fs::path& path : paths) collect(path, files);
    if (files.empty()) {
        throw Error(ErrorKind::usage, "cannot read packages", paths.empty() ? "" : paths.front().string(),
                    "there is no package in it", "give packages, or a folder of them, such as dist/RPMS");
    }
    std::sort(files.begin(), files.end());
    std::vector<rpm::Package> packages;
    for (const fs::path& file : files) packages.push_back(rpm::read_package(file));
    return packages;
}

PackageSet PackageSet::read(const std::vector<fs::path>& paths) {
    std::vector<rpm::Package> packages;
    for (rpm::Package& package : read_packages(paths)) {
        for (const rpm::Package& other : packages) {
            if (other.name == package.name && other.is_source == package.is_source) {
                throw Error(ErrorKind::usage, "cannot read packages", package.file.string(),
                            "there are two packages of this name: " + other.file.string(), "give one build at a time");
            }
        }
        packages.push_back(std::move(package));
    }
    return PackageSet(std::move(packages));
}

PackageSet::PackageSet(std::vector<rpm::Package> packages) : packages_(std::move(packages)) {
    for (std::size_t package = 0; package < packages_.size(); ++package) {
        if (packages_[package].is_source) continue;
        const std::vector<rpm::PackageFile>& files = packages_[package].files;
        for (std::size_t file = 0; file < files.size(); ++file)
            places_.try_emplace(files[file].path, Place{package, file});
    }
}

std::map<std::string, PackageSet> PackageSet::by_source() const {
    std::map<std::string, std::vector<rpm::Package>> packages;
    for (const rpm::Package& package : packages_) {
        const std::string own = package.name + "-" + package.version + "-" + package.release + ".src.rpm";
        packages[package.is_source ? own : package.source_rpm].push_back(package);
    }
    std::map<std::string, PackageSet> sets;
    for (auto& [source, some] : packages) sets.emplace(source, PackageSet(std::move(some)));
    return sets;
}

std::vector<const rpm::Package*> PackageSet::of(Role role) const {
    std::vector<const rpm::Package*> result;
    for (const rpm::Package& package : packages_) {
        if (role_of(package) == role) result.push_back(&package);
    }
    return result;
}

const rpm::Package* PackageSet::owner(const std::string& path) const {
    const auto found = places_.find(path);
    return found == places_.end() ? nullptr : &packages_[found->second.package];
}

const rpm::Package* PackageSet::counterpart(const rpm::Package& package) const {
    for (const rpm::Package& other : packages_) {
        if (other.name == package.name && other.is_source == package.is_source) return &other;
    }
    return nullptr;
}

const rpm::PackageFile* PackageSet::file(const std::string& path) const {
    const auto found = places_.find(path);
    return found == places_.end() ? nullptr : &packages_[found->second.package].files[found->second.file];
}

}  // namespace pystacks::scratch
