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

/// The file name of the source package that it was built from, or that it is.
std::string source_of(const rpm::Package& package) {
    if (!package.is_source) return package.source_rpm;
    return package.name + "-" + package.version + "-" + package.release + ".src.rpm";
}

}  // namespace

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
    assign();
}

/// Packages know of the others of their own build alone.
void PackageSet::assign() {
    std::map<std::string, std::vector<std::size_t>> builds;
    for (std::size_t i = 0; i < packages_.size(); ++i) builds[source_of(packages_[i])].push_back(i);
    configuration_of_.resize(packages_.size());
    for (const auto& [source, indices] : builds) {
        std::vector<rpm::Package> build;
        for (const std::size_t index : indices) build.push_back(packages_[index]);
        const ConfigurationAssignment assigned = assign_configurations(build);
        std::vector<std::size_t> known;
        for (const PackagedConfiguration& each : assigned.configurations) known.push_back(index_of(each));
        for (std::size_t i = 0; i < indices.size(); ++i) {
            const auto configuration = assigned.of_package[i];
            if (configuration) configuration_of_[indices[i]] = known[*configuration];
        }
        for (const UnknownConfiguration& each : assigned.unknown)
            unknown_.push_back(build[each.package].name + ": " + each.reason);
        missing_.insert(missing_.end(), assigned.missing.begin(), assigned.missing.end());
    }
    if (configurations_.empty()) configurations_ = assign_configurations({}).configurations;
}

std::size_t PackageSet::index_of(const PackagedConfiguration& configuration) {
    for (std::size_t i = 0; i < configurations_.size(); ++i) {
        const PackagedConfiguration& known = configurations_[i];
        const bool same = known.name == configuration.name && known.is_base() == configuration.is_base();
        if (same || (known.is_base() && configuration.is_base())) return i;
    }
    configurations_.push_back(configuration);
    return configurations_.size() - 1;
}

std::map<std::string, PackageSet> PackageSet::by_source() const {
    std::map<std::string, std::vector<rpm::Package>> packages;
    for (const rpm::Package& package : packages_) packages[source_of(package)].push_back(package);
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

std::vector<const PackagedConfiguration*> PackageSet::variants() const {
    std::vector<const PackagedConfiguration*> result;
    for (const PackagedConfiguration& each : configurations_) {
        if (!each.is_base()) result.push_back(&each);
    }
    return result;
}

const PackagedConfiguration* PackageSet::configuration(std::string_view name) const noexcept {
    for (const PackagedConfiguration& each : configurations_) {
        if (each.name == name) return &each;
    }
    return nullptr;
}

std::vector<const rpm::Package*> PackageSet::of_configuration(std::string_view name) const {
    std::vector<const rpm::Package*> result;
    for (const rpm::Package& package : packages_) {
        const PackagedConfiguration* configuration = configuration_of(package);
        if (configuration != nullptr && configuration->name == name) result.push_back(&package);
    }
    return result;
}

const PackagedConfiguration* PackageSet::configuration_of(const rpm::Package& package) const {
    const auto configuration = configuration_of_.at(static_cast<std::size_t>(&package - packages_.data()));
    return configuration ? &configurations_[*configuration] : nullptr;
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
