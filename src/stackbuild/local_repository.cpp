#include "stackbuild/local_repository.hpp"

#include <algorithm>
#include <system_error>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "process/command.hpp"
#include "rpm/repository.hpp"

namespace pystacks::stackbuild {
namespace {

constexpr const char* attempted = "cannot make the repository";

bool is_binary_package(const fs::path& file) {
    return file.extension() == ".rpm" && file.stem().extension() != ".src" && file.stem().extension() != ".nosrc";
}

std::vector<fs::path> packages_in(const fs::path& folder) {
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (is_binary_package(entry.path()) && entry.is_regular_file()) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

process::Command gpg(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"gpg", "--batch", "--yes"});
    process::Command command;
    command.arguments = std::move(arguments);
    return command;
}

void sign_packages(const std::vector<fs::path>& packages, const std::string& key) {
    process::Command command;
    // Where rpm's own configuration names a gpg, it may be one that this host has not.
    const std::string gpg_path = process::find_program("gpg").value_or("gpg").string();
    command.arguments = {"rpmsign", "--define", "_gpg_name " + key, "--define", "__gpg " + gpg_path, "--addsign"};
    for (const fs::path& each : packages) command.arguments.push_back(each.string());
    process::run_checked(command, "cannot sign the packages");
}

/// What dnf needs to check both the data and the packages.
void sign_data(const fs::path& folder, const std::string& key) {
    const fs::path index = folder / "repodata" / "repomd.xml";
    process::run_checked(gpg({"--local-user", key, "--armor", "--detach-sign", index.string()}),
                         "cannot sign the repository");
    process::Command exported = gpg({"--armor", "--export", key});
    write_file_atomically(folder / "RPM-GPG-KEY", process::run_checked(exported, "cannot export the key").output);
}

void require_program(const char* program, const char* hint) {
    if (process::find_program(program)) return;
    throw Error(ErrorKind::usage, attempted, program, "there is no such program", hint);
}

}  // namespace

void require_usable(const RepositoryOptions& options) {
    std::error_code absent;
    const fs::file_status status = fs::status(options.folder, absent);
    if (!options.folder.empty() && fs::exists(status) && !fs::is_directory(status)) {
        throw Error(ErrorKind::usage, attempted, options.folder.string(), "it is not a folder");
    }
    if (options.key.empty()) return;
    require_program("rpmsign", "install rpm-sign (Fedora) or rpm (Debian)");
    require_program("gpg", "install gnupg2 (Fedora) or gnupg (Debian)");
    const process::Outcome known = process::run(gpg({"--list-secret-keys", "--", options.key}));
    if (known.succeeded()) return;
    throw Error(ErrorKind::usage, attempted, options.key, "gpg has no secret key of this name",
                "gpg --list-secret-keys shows those that it has");
}

std::size_t publish(const std::vector<fs::path>& packages, const RepositoryOptions& options) {
    make_directories(options.folder);
    // Beside their place: a package appears there signed or not at all.
    const TemporaryDirectory fresh(options.folder, ".pystacks-new");
    std::vector<fs::path> copies;
    for (const fs::path& each : packages) {
        if (!is_binary_package(each)) continue;
        copies.push_back(fresh.path() / each.filename());
        copy_regular_file(each, copies.back());
    }
    if (!options.key.empty() && !copies.empty()) sign_packages(copies, options.key);
    for (const fs::path& each : copies) {
        std::error_code problem;
        fs::rename(each, options.folder / each.filename(), problem);
        if (problem) throw system_error(problem.value(), attempted, each.filename().string());
    }
    rpm::write_repository(options.folder, packages_in(options.folder));
    if (!options.key.empty()) sign_data(options.folder, options.key);
    return copies.size();
}

}  // namespace pystacks::stackbuild
