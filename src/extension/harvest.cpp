#include "extension/harvest.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/glob.hpp"
#include "base/names.hpp"
#include "base/text.hpp"
#include "extension/evidence.hpp"
#include "extension/helper_library.hpp"
#include "extension/module.hpp"
#include "extension/variant_module_name.hpp"
#include "findings/finding_list.hpp"
#include "python/module_file.hpp"
#include "python/site_packages.hpp"
#include "tree/tree.hpp"

namespace pystacks::extension {
namespace {

constexpr const char* cannot_harvest = "cannot make a -debug package";
constexpr const char* way_out = "correct the build, name modules in %pydebug_leave_out, or build without debug_build";

class Harvester {
public:
    explicit Harvester(const HarvestRequest& request)
        : request_(request),
          staged_tree_(tree::scan(request.staging, request.threads)),
          release_tree_(tree::scan(request.buildroot, request.threads)),
          staged_(compiled_files(staged_tree_, request.interpreters.variant)),
          release_(compiled_files(release_tree_, request.interpreters.release)),
          leave_out_(request.leave_out) {}

    Harvest plan() {
        judge_release_files();
        for (const auto& [key, modules] : release_.modules) visit_twin(key, modules.front());
        for (const auto& [key, modules] : staged_.modules) {
            if (release_.modules.count(key) == 0) {
                harvest_.notes.push_back(modules.front().path +
                                         " is left out: there is no release module of that name");
            }
        }
        if (!problems_.empty()) refuse();
        if (release_.modules.empty()) accept_libraries_alone();
        const bool all_optional = std::all_of(request_.packages.begin(), request_.packages.end(),
                                              [](const Subpackage& each) { return each.optional; });
        if (harvest_.modules.empty() && !all_optional && harvest_.without_need.empty()) {
            throw Error(cannot_harvest, request_.staging.string(), "there is no extension module in it",
                        "a package without compiled modules has no -debug package: remove the pydebug macros");
        }
        std::sort(harvest_.modules.begin(), harvest_.modules.end(),
                  [](const Harvested& a, const Harvested& b) { return a.path < b.path; });
        return std::move(harvest_);
    }

private:
    [[noreturn]] void refuse() const {
        throw Error(cannot_harvest, request_.staging.string(), join(problems_.lines(), "\n  "), way_out);
    }

    /// A package may have nothing but libraries that its Python modules load by ctypes, for which one build is enough.
    void accept_libraries_alone() {
        const auto loaded = std::ranges::find_if(
            release_.libraries, [](const Library& each) { return !python::site_packages_of(each.path).empty(); });
        if (loaded == release_.libraries.end()) return;
        harvest_.warnings.push_back(
            fmt::format("there is no extension module: {} is a library, and ctypes loads the same file in both "
                        "interpreters. If the "
                        "package has never had a module, remove the pydebug macros",
                        loaded->path));
        for (const Subpackage& package : request_.packages) harvest_.without_need.insert(package.name);
    }

    /// The release package must not have noticed the debug interpreter, not in what has no debug build either.
    void judge_release_files() {
        for (const auto& [key, modules] : release_.modules) {
            for (const Module& module : modules) judge_release_file(module.file, module.elf);
        }
        for (const Library& library : release_.libraries) judge_release_file(library.path, library.elf);
    }

    void judge_release_file(const std::string& path, const tree::ElfInfo& elf) {
        const std::vector<std::string> found =
            release_contradictions(evidence_of(elf, release_tree_.locate(path)),
                                   release_traits(path, request_.interpreters.release.abi.traits));
        if (found.empty()) return;
        debug_in_release_.insert(path);
        problems_.add(path + ", of the release package, is a debug build: " + join(found, "; "));
    }

    /// A module outside of site-packages that is there, too: a build system put it into a folder of its own first.
    /// Python imports the one in site-packages.
    [[nodiscard]] const Module* same_in_site_packages(const ModuleKey& key) const {
        if (!python::site_packages_of(key.first + "/").empty()) return nullptr;
        for (const auto& [other, modules] : release_.modules) {
            const bool top = python::site_packages_of(other.first + "/") == other.first;
            if (top && other.second == key.second) return &modules.front();
        }
        return nullptr;
    }

    void visit_twin(const ModuleKey& key, const Module& twin) {
        if (const Module* same = same_in_site_packages(key)) {
            harvest_.notes.push_back(twin.path + " gets no debug build: " + same->path + " is the module of that name");
            return;
        }
        if (leave_out_.matches(twin.path)) {
            harvest_.notes.push_back(twin.path + " has no debug build: pydebug_leave_out names it");
            return;
        }
        const std::optional<Module> found = debug_build_of(key);
        if (!found) {
            problems_.add(twin.path, "the second pass built no such module" + others_in(key.first));
            return;
        }
        const Module& module = *found;
        const Evidence evidence = evidence_of(module.elf, staged_tree_.locate(module.file));
        if (needs_no_debug_build(module, evidence, twin)) {
            harvest_.notes.push_back(twin.path +
                                     " needs no debug build: it is for the stable ABI, and the second pass "
                                     "compiled nothing else");
            harvest_.without_need.insert(package_of(twin.path));
            return;
        }
        const HelperLibraries helpers = helper_libraries(module, staged_.libraries, release_.libraries);
        if (!helpers.uses_python.empty() && helpers.problems.empty()) {
            leave_to_release(twin, helpers.uses_python);
            return;
        }
        for (const std::string& note : helpers.notes) {
            if (std::ranges::count(harvest_.notes, note) == 0) harvest_.notes.push_back(note);
        }
        Harvested result{module.file, module.folder + "/" + module.stem + request_.interpreters.variant.suffix,
                         twin.path, package_of(twin.path)};
        std::vector<std::string> wrong = audit(module, evidence, twin, result);
        wrong.insert(wrong.end(), helpers.problems.begin(), helpers.problems.end());
        for (const std::string& each : wrong) problems_.add(module.path, each);
        if (wrong.empty()) harvest_.modules.push_back(std::move(result));
    }

    void leave_to_release(const Module& twin, const std::string& library) {
        const bool loads_release = std::ranges::count(request_.interpreters.variant.suffixes, twin.suffix) > 0;
        harvest_.warnings.push_back(fmt::format(
            "{} gets no debug build: it needs {}, a library of this package that uses Python. A debug module would "
            "load the release build of that library, and so mix both builds. {}. To have a debug build of it, build it "
            "without that library",
            twin.path, library,
            loads_release ? "The debug interpreter loads the release module instead"
                          : "The debug interpreter cannot import it"));
        harvest_.without_need.insert(package_of(twin.path));
    }

    /// By its name; else by the symbol that makes it a module, as a build may add something to the names of debug
    /// builds.
    [[nodiscard]] std::optional<Module> debug_build_of(const ModuleKey& key) const {
        const auto found = staged_.modules.find(key);
        if (found != staged_.modules.end()) return found->second.front();
        for (const Library& library : staged_.libraries) {
            const fs::path path = library.path;
            if (path.parent_path() != key.first) continue;
            const python::Abi& abi = request_.interpreters.variant.abi;
            if (!is_module(library.elf, abi, python::imported_as(abi, key.first, key.second))) continue;
            return Module{library.path, key.first, key.second, path.extension().string(), library.elf, library.path};
        }
        return std::nullopt;
    }

    /// What the second pass has in a folder, to look at.
    [[nodiscard]] std::string others_in(const std::string& folder) const {
        std::vector<std::string> names;
        for (const auto& [key, modules] : staged_.modules) {
            if (key.first == folder) names.push_back(fs::path(modules.front().path).filename().string());
        }
        for (const Library& library : staged_.libraries) {
            const fs::path path = library.path;
            if (path.parent_path() == folder) names.push_back(path.filename().string());
        }
        return names.empty() ? "" : "; what it has there: " + join(names, ", ");
    }

    /// A module of the stable ABI that was compiled without Python's headers, as those of Rust are, or that came out
    /// the same: the debug interpreter loads the release module.
    [[nodiscard]] bool needs_no_debug_build(const Module& module, const Evidence& evidence, const Module& twin) const {
        if (!twin.suffix.starts_with(".abi3") || debug_in_release_.count(twin.file) != 0) return false;
        const python::Abi& abi = request_.interpreters.variant.abi;
        if (proved(evidence, abi.traits) || !contradictions(evidence, abi).empty()) return false;
        return has_same_bytes(module, twin) || (evidence.has_dwarf && evidence.headers.empty());
    }

    [[nodiscard]] bool has_same_bytes(const Module& module, const Module& twin) const {
        return staged_tree_.entries.at(module.file).digest == release_tree_.entries.at(twin.file).digest;
    }

    std::vector<std::string> audit(const Module& module, const Evidence& evidence, const Module& twin,
                                   const Harvested& result) {
        const python::Abi& abi = request_.interpreters.variant.abi;
        const bool is_proved = proved(evidence, abi.traits);
        std::vector<std::string> wrong = contradictions(evidence, abi);
        if (has_same_bytes(module, twin) && debug_in_release_.count(twin.file) == 0) {
            wrong.emplace_back("it has the same bytes as the release module");
        } else if (module.suffix == request_.interpreters.release.suffix && !abi.python2() && !is_proved) {
            wrong.push_back("its name is that of the release interpreter, which the build has started: " +
                            request_.interpreters.release.executable);
        } else if (wrong.empty() && !is_proved) {
            wrong.emplace_back(
                evidence.has_dwarf
                    ? "nothing shows that it was compiled for the debug interpreter: its "
                      "debug information names no header of Python"
                    : "it has no debug information to show how it was compiled: -g is missing, or it was stripped");
        }
        if (release_tree_.entries.count(result.path) != 0) {
            wrong.push_back("the buildroot already has " + result.path);
        }
        if (result.package.empty()) wrong.emplace_back("it belongs to no %pydebug_package: no -m matches " + twin.path);
        if (const std::string optimization = optimization_of(staged_tree_.locate(module.file)); !optimization.empty()) {
            harvest_.notes.push_back(module.path + " is optimized: the build passes " + optimization +
                                     " of its own, and a debugger sees less");
        }
        return wrong;
    }

    /// The first pattern that matches; where none does, the package that has no pattern.
    std::string package_of(const std::string& path) const {
        std::string fallback;
        for (const Subpackage& package : request_.packages) {
            if (package.glob.empty()) {
                fallback = package.name;
            } else if (PathPattern(package.glob).matches(path)) {
                return package.name;
            }
        }
        return fallback;
    }

    const HarvestRequest& request_;
    tree::Tree staged_tree_, release_tree_;
    CompiledFiles staged_, release_;
    PathPatternList leave_out_;
    std::set<std::string> debug_in_release_;  ///< files of the release package that are debug builds
    findings::FindingList problems_;
    Harvest harvest_;
};

}  // namespace

Subpackage parse_subpackage(const std::string& text) {
    const std::size_t equals = text.find('=');
    Subpackage package{text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1), false};
    // Its list of files has this name.
    if (const std::string problem = problem_of_package_name(package.name); !problem.empty()) {
        throw Error(ErrorKind::usage, cannot_harvest, quoted_name(package.name), "the package's name " + problem);
    }
    return package;
}

Harvest plan_harvest(const HarvestRequest& request) { return Harvester(request).plan(); }

}  // namespace pystacks::extension
