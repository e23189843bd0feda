#include "scratch/scratch_root.hpp"

#include <iterator>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "process/command.hpp"
#include "process/isolation.hpp"
#include "rpm/repository.hpp"
#include "scratch/inside.hpp"
#include "scratch/secrets.hpp"

namespace pystacks::scratch {
namespace {

/// Without real root, folders of the machine belong to somebody who has no number in this user namespace, and nobody
/// may write to them. A layer that has them as its own makes them ours.
void own_folders(const fs::path& upper, const PackageSet& packages) {
    std::set<fs::path> folders{"etc", "var/cache", "var/log", "var/tmp", "var/lib/rpm", "usr/lib/sysimage/rpm",
                               // where a build root gets what the machine lends it
                               "usr/bin", "usr/share", "usr/lib/rpm/macros.d", "usr/lib/rpm/fileattrs"};
    for (const rpm::Package& package : packages.all()) {
        if (package.is_source) continue;
        for (const rpm::PackageFile& file : package.files) {
            folders.insert(fs::path(file.path).parent_path().relative_path());
        }
    }
    for (fs::path folder : folders) {
        // What is not there yet is made by rpm, and is ours; /lib64 and the like are links, whose targets are written
        // to.
        while (!fs::is_directory("/" / folder)) folder = folder.parent_path();
        make_directories(upper / fs::canonical("/" / folder).relative_path());
    }
}

/// The same for the files of rpm's database, which is written to: ours is a copy.
void own_database(const fs::path& upper) {
    const fs::path database = rpm_database();
    if (!fs::is_directory(database)) return;
    make_directories(upper / database.relative_path());
    for (const fs::directory_entry& entry : fs::directory_iterator(database)) {
        if (entry.is_regular_file()) {
            copy_regular_file(entry.path(), upper / database.relative_path() / entry.path().filename());
        }
    }
}

/// All that dnf can choose from, each build of a package once.
PackageSet with_others(const PackageSet& packages, const std::vector<rpm::Package>& others) {
    std::vector<rpm::Package> all = packages.all();
    std::set<std::string> known;
    for (const rpm::Package& package : all) known.insert(package.nevra());
    for (const rpm::Package& package : others) {
        if (known.insert(package.nevra()).second) all.push_back(package);
    }
    return PackageSet(std::move(all));
}

std::vector<std::string> names_of(const std::vector<const rpm::Package*>& packages) {
    std::vector<std::string> names;
    for (const rpm::Package* package : packages) names.push_back(package->nevra());
    return names;
}

/// Whether rpm knows what this machine has. @param home where a rpm that keeps its database at home makes an empty one
bool in_rpm_database(const std::string& name, const fs::path& home) {
    process::Command command;
    command.arguments = {"rpm", "--query", "--quiet", "--whatprovides", name};
    command.environment["HOME"] = home.string();
    return process::run(command).succeeded();
}

/// Of this machine's plugins none shall be loaded. dnf5 fails where the folder of their configuration names one that is
/// not in the other folder.
constexpr std::string_view without_plugins[] = {"--setopt=pluginpath=/nonexistent",
                                                "--setopt=pluginconfpath=/nonexistent"};

/// Debian's dnf5 has no other name; elsewhere `dnf` is the one that is meant to be used.
std::string dnf_program() {
    for (const char* name : {"dnf", "dnf5"}) {
        if (process::find_program(name)) return name;
    }
    throw Error(ErrorKind::usage, "cannot install the packages", "dnf", "there is no such program here",
                "install it (package dnf or dnf5), or verify an existing root (--root)");
}

constexpr const char* configuration_inside = "/mnt/config";
const std::map<std::string, std::string> rpm_environment{{"HOME", rpm_home}, {"XDG_CONFIG_HOME", configuration_inside}};

/// What rpm, from 4.20 on, reads as the user's configuration.
sandbox::Shown rpm_configuration(const Layer& layer) {
    const fs::path folder = layer.root().parent_path() / "config";
    make_directories(folder / "rpm");
    write_file_atomically(folder / "rpm/macros",
                          // From rpm 6 on unsigned packages are refused unless the configuration says otherwise.
                          "%_pkgverify_level digest\n"
                          // A plugin that gives scriptlets namespaces of their own. In a sandbox nobody may make any,
                          // and scriptlets would fail with status 126; they have no network and no machine there.
                          "%__transaction_unshare %{nil}\n");
    return {sandbox::Shown::How::read_only, folder, configuration_inside};
}

}  // namespace

std::string rpm_database() {
    process::Command command;
    command.arguments = {"rpm", "--eval", "%{_dbpath}"};
    command.environment["HOME"] = rpm_home;
    return std::string(trim(process::run_checked(command, "cannot ask where rpm's database is").output));
}

void require_installed(const Layer& layer, const PackageSet& packages) {
    for (const rpm::Package& package : packages.all()) {
        if (package.is_source) continue;
        constexpr const char* inside = "/mnt/package.rpm";
        const auto header_digest = [&](const std::vector<std::string>& which) {
            InnerCommand query{.arguments = {"rpm", "--query", "--nosignature", "--queryformat", "%{SHA256HEADER}"},
                               .environment = {{"HOME", rpm_home}}};
            query.arguments.insert(query.arguments.end(), which.begin(), which.end());
            const InnerOutcome outcome =
                run_beside(layer, query, {{sandbox::Shown::How::read_only, fs::absolute(package.file), inside}});
            return outcome.how.succeeded() ? outcome.output : std::string();
        };
        const std::string found = header_digest({"--root", root_beside, package.nevra()});
        if (!found.empty() && found == header_digest({"--package", inside})) continue;
        throw Error("cannot verify", package.file.string(),
                    found.empty() ? "the root does not have " + package.nevra() : "the root has another build of it",
                    "install exactly these packages in the root, or leave --root out");
    }
}

InnerOutcome run_rpm(const Layer& layer, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"rpm", "--root", root_beside});
    constexpr double ten_minutes = 600;
    return run_beside(
        layer, {.arguments = std::move(arguments), .environment = rpm_environment, .time_limit_seconds = ten_minutes},
        {rpm_configuration(layer)});
}

std::vector<fs::path> fill_repository(const fs::path& repository, const PackageSet& packages) {
    make_directories(repository);
    std::vector<fs::path> files;
    for (const rpm::Package& package : packages.all()) {
        if (package.is_source) continue;
        files.push_back(repository / (package.nevra() + ".rpm"));
        fs::create_symlink(fs::absolute(package.file), files.back());
    }
    return files;
}

void run_dnf(const Layer& layer, const fs::path& repository, const std::string& command,
             const std::vector<std::string>& packages) {
    using How = sandbox::Shown::How;
    std::vector<sandbox::Shown> shows{rpm_configuration(layer)};
    const fs::path repository_inside = "/mnt/repository";
    for (const fs::directory_entry& entry : fs::directory_iterator(repository)) {
        shows.push_back({How::read_only, fs::canonical(entry.path()), repository_inside / entry.path().filename()});
    }
    InnerCommand dnf;
    dnf.arguments = {dnf_program(),
                     "--quiet",
                     "--assumeyes",
                     std::string("--installroot=") + root_beside,
                     "--repofrompath=pystacks-verify,file://" + repository_inside.string(),
                     "--repo=pystacks-verify",
                     "--nogpgcheck",
                     "--releasever=1",
                     "--setopt=reposdir=/nonexistent",
                     "--setopt=install_weak_deps=False",
                     "--setopt=keepcache=True",
                     "--setopt=cachedir=/tmp/cache",
                     "--setopt=persistdir=/tmp/dnf",
                     "--setopt=logdir=/tmp"};
    dnf.arguments.insert(dnf.arguments.end(), std::begin(without_plugins), std::end(without_plugins));
    dnf.arguments.insert(dnf.arguments.end(), {command, "--"});
    dnf.arguments.insert(dnf.arguments.end(), packages.begin(), packages.end());
    dnf.environment = rpm_environment;
    constexpr double ten_minutes = 600;
    dnf.time_limit_seconds = ten_minutes;
    const InnerOutcome outcome = run_beside(layer, dnf, shows);
    if (outcome.how.succeeded()) return;
    throw Error("cannot " + command + " the packages by dnf", dnf.arguments.front(), outcome.reason());
}

ScratchRoot::ScratchRoot(fs::path folder) : ScratchRoot(std::move(folder), "/") {}

ScratchRoot::ScratchRoot(fs::path folder, const fs::path& root)
    : folder_(std::move(folder)), lower_{folder_ / "without-secrets", root}, base_lower_(lower_) {
    mount_memory(folder_);
    make_directories(folder_ / "layers");
    make_directories(folder_ / "without-secrets");
    hide_secrets(folder_ / "without-secrets", root);
}

std::unique_ptr<Layer> ScratchRoot::new_layer(const std::vector<fs::path>& lower) {
    return std::make_unique<Layer>(folder_ / "layers" / std::to_string(++layers_), lower);
}

std::unique_ptr<Layer> ScratchRoot::layer() { return new_layer(lower_); }

std::unique_ptr<Layer> ScratchRoot::base_layer() { return new_layer(base_lower_); }

const ScratchRoot::Installed* ScratchRoot::installed(const std::string& configuration) const {
    for (const Installed& each : installed_) {
        if (each.configuration == configuration) return &each;
    }
    return nullptr;
}

std::unique_ptr<Layer> ScratchRoot::layer_without(const std::string& configuration) {
    const Installed* found = installed(configuration);
    return new_layer(found == nullptr ? lower_ : found->below);
}

std::unique_ptr<Layer> ScratchRoot::layer_with(const std::string& configuration) {
    const Installed* found = installed(configuration);
    if (found == nullptr) return layer();
    std::vector<fs::path> lower = found->below;
    lower.insert(lower.begin(), found->layer->upper());
    return new_layer(lower);
}

fs::path ScratchRoot::written_by(const std::string& configuration) const {
    const Installed* found = configuration.empty() ? nullptr : installed(configuration);
    return found == nullptr ? fs::path() : found->layer->upper();
}

std::vector<std::string> ScratchRoot::variants() const {
    std::vector<std::string> names;
    for (const Installed& each : installed_) {
        if (!each.configuration.empty()) names.push_back(each.configuration);
    }
    return names;
}

void ScratchRoot::install_into(const fs::path& folder, const std::string& configuration,
                               const std::vector<const rpm::Package*>& packages) {
    if (packages.empty()) return;
    Installed now{configuration, lower_, std::make_unique<Layer>(folder, lower_)};
    run_dnf(*now.layer, repository(), "install", names_of(packages));
    now.layer->freeze();
    lower_.insert(lower_.begin(), now.layer->upper());
    installed_.push_back(std::move(now));
}

void ScratchRoot::install(const PackageSet& packages, const std::vector<rpm::Package>& others,
                          const HostVersion& host_version) {
    const PackageSet available = with_others(packages, others);
    std::vector<fs::path> files = fill_repository(repository(), available);
    if (!in_rpm_database("/bin/sh", folder_)) {
        files.push_back(write_host_package(repository(), host_provides(available, host_version)));
    }
    rpm::write_repository(repository(), files);
    if (process::in_user_namespace()) {
        make_directories(folder_ / "owned");
        own_folders(folder_ / "owned", available);
        own_database(folder_ / "owned");
        lower_.insert(lower_.begin(), folder_ / "owned");
    }
    // Also those of which nobody can tell the configuration: they are there for all.
    std::vector<const rpm::Package*> base;
    for (const rpm::Package& package : packages.all()) {
        const PackagedConfiguration* configuration = packages.configuration_of(package);
        if (!package.is_source && (configuration == nullptr || configuration->is_base())) base.push_back(&package);
    }
    install_into(folder_ / "base", "", base);
    base_lower_ = lower_;
    make_directories(folder_ / "variants");
    for (const PackagedConfiguration* variant : packages.variants()) {
        install_into(folder_ / "variants" / variant->name, variant->name, packages.of_configuration(variant->name));
    }
}

}  // namespace pystacks::scratch
