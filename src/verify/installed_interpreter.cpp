#include "verify/installed_interpreter.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "scratch/inside.hpp"
#include "tree/elf.hpp"

namespace pystacks::verify {
namespace {

constexpr unsigned executable_bits = 0111;

/// One name of every interpreter: the shortest of its hard links.
std::vector<std::string> executables(const scratch::PackageSet& packages, const scratch::Layer& layer) {
    std::map<std::pair<std::string, std::uint64_t>, std::string> by_inode;
    for (const rpm::Package& package : packages.all()) {
        if (package.is_source || scratch::role_of(package) == scratch::Role::debuginfo) continue;
        for (const rpm::PackageFile& file : package.files) {
            if (!may_be_interpreter(file)) continue;
            if (!tree::read_elf(layer.root() / fs::path(file.path).relative_path())) continue;
            std::string& name = by_inode[{package.name, file.inode}];
            const auto order = [](const std::string& path) { return std::tuple(path.size(), path); };
            if (name.empty() || order(file.path) < order(name)) name = file.path;
        }
    }
    std::vector<std::string> result;
    for (const auto& [inode, name] : by_inode) result.push_back(name);
    return result;
}

const scratch::PackagedConfiguration* configuration_of(const scratch::PackageSet& packages,
                                                       const std::string& executable) {
    const rpm::Package* package = packages.owner(executable);
    return package == nullptr ? nullptr : packages.configuration_of(*package);
}

/// Behind those of configurations that it is a variant of.
std::size_t rank_of(const scratch::PackageSet& packages, const InstalledInterpreter& interpreter) {
    const auto& all = packages.configurations();
    const auto found = std::find_if(all.begin(), all.end(), [&](const scratch::PackagedConfiguration& each) {
        return each.name == interpreter.packaged_in;
    });
    return static_cast<std::size_t>(found - all.begin());
}

InstalledInterpreter broken_interpreter(const scratch::PackageSet& packages, const std::string& executable,
                                        const std::string& reason) {
    const scratch::PackagedConfiguration* configuration = configuration_of(packages, executable);
    InstalledInterpreter result;
    result.executable = executable;
    result.broken = reason;
    if (configuration != nullptr) result.abi.traits = configuration->traits;
    return result;
}

InstalledInterpreter ask(const scratch::PackageSet& packages, const scratch::Layer& layer,
                         const std::string& executable) {
    const scratch::InnerCommand probe{
        .arguments = {executable, (fs::path(scratch::templates_inside) / python::describe_script).string()}};
    const scratch::InnerOutcome outcome = scratch::run_inside(layer, probe);
    if (!outcome.how.succeeded()) return broken_interpreter(packages, executable, outcome.reason());
    try {
        return {python::interpreter_from_json(executable, outcome.output)};
    } catch (const Error& error) {
        return broken_interpreter(packages, executable, error.reason());
    }
}

}  // namespace

bool may_be_interpreter(const rpm::PackageFile& file) {
    const fs::path path = file.path;
    return file.is_regular() && (file.mode & executable_bits) != 0 && path.parent_path().filename() == "bin" &&
           path.filename().string().starts_with("python");
}

std::vector<InstalledInterpreter> find_interpreters(const scratch::PackageSet& packages, const scratch::Layer& layer) {
    std::vector<InstalledInterpreter> result;
    for (const std::string& executable : executables(packages, layer)) {
        result.push_back(ask(packages, layer, executable));
        const scratch::PackagedConfiguration* configuration = configuration_of(packages, executable);
        if (configuration != nullptr) result.back().packaged_in = configuration->name;
    }
    if (result.empty()) {
        throw Error(ErrorKind::usage, "cannot verify", "", "no package has an interpreter (bin/python…)",
                    "give all packages of the stack");
    }
    std::sort(result.begin(), result.end(), [&](const InstalledInterpreter& a, const InstalledInterpreter& b) {
        return std::tuple(rank_of(packages, a), a.executable) < std::tuple(rank_of(packages, b), b.executable);
    });
    return result;
}

}  // namespace pystacks::verify
