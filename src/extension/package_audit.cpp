#include "extension/package_audit.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "extension/debug_module_name.hpp"
#include "extension/evidence.hpp"
#include "extension/module.hpp"
#include "extension/package_contents.hpp"
#include "python/module_file.hpp"
#include "python/symbols.hpp"
#include "scratch/package_set.hpp"
#include "tree/elf.hpp"
#include "tree/elf_code.hpp"

namespace pystacks::extension {
namespace {

using findings::Status;

/// A file of a package.
struct Place {
    const rpm::Package* package = nullptr;
    const rpm::PackageFile* file = nullptr;
};

std::string version_of(const rpm::Package& package) {
    return (package.epoch.empty() ? "" : package.epoch + ":") + package.version + "-" + package.release;
}

bool requires_same(const rpm::Package& package, const rpm::Package& base) {
    const std::string plain = base.name + " = " + version_of(base);
    const std::string with_isa = base.name + "(";
    for (const rpm::Dependency& each : package.of(rpm::DependencyKind::requires_)) {
        if (each.text == plain) return true;
        if (each.text.starts_with(with_isa) && each.text.ends_with(") = " + version_of(base))) return true;
    }
    return false;
}

class Auditor {
public:
    explicit Auditor(const std::vector<rpm::Package>& packages)
        : packages_(packages), configurations_(packages), contents_(packages) {}

    Audit run() {
        for (const rpm::Package& package : packages_) {
            if (is_debug_package(package)) {
                audit(package);
            } else if (!package.is_source && !package.name.ends_with("-debuginfo")) {
                audit_release(package);
            }
        }
        return std::move(audit_);
    }

private:
    /// Whether it belongs to a debug configuration. @param package one of packages_
    [[nodiscard]] bool is_debug_package(const rpm::Package& package) const {
        const auto index = static_cast<std::size_t>(&package - packages_.data());
        const auto* configuration = configurations_.configuration_of(configurations_.all()[index]);
        return configuration != nullptr && configuration->traits.has(python::Trait::debug);
    }

    void audit(const rpm::Package& package) {
        audit_.packages.push_back(package.nevra());
        std::set<const rpm::Package*> bases;
        for (const rpm::PackageFile& file : package.files) {
            if (!file.is_regular() || !file.path.ends_with(".so")) continue;
            const std::optional<DebugModuleName> name = debug_module_name(file.path);
            if (!name) {
                audit_stranger(package, file);
                continue;
            }
            const Place twin = twin_of(package, file, *name);
            if (twin.package != nullptr) bases.insert(twin.package);
            audit_.modules.push_back(audit_module({&package, &file}, twin, *name));
        }
        for (const rpm::Package* base : bases) {
            if (!requires_same(package, *base)) {
                audit_.problems.add(package.nevra(), "it does not require " + base->name + " = " + version_of(*base));
            }
        }
    }

    void audit_release(const rpm::Package& package) {
        for (const rpm::PackageFile& file : package.files) {
            const rpm::PackageFile* regular = file.path.ends_with(".so") ? regular_file(package, file) : nullptr;
            if (regular == nullptr) continue;
            // A list of %files with a folder or a pattern takes debug modules in unless it is told not to.
            if (debug_module_name(file.path)) {
                audit_.problems.add(package.nevra(),
                                    "it has a debug module, " + file.path + ": its %files needs %pydebug_exclusions");
                continue;
            }
            const std::vector<std::string>& found = debug_signs({&package, regular});
            audit_.release_modules += looks_like_module_.contains(regular) ? 1 : 0;
            if (found.empty()) continue;
            audit_.problems.add(package.nevra(), file.path + " is a debug build: " + join(found, "; "));
        }
        // Of programs, which are not unpacked, rpm has noted what they are linked to.
        for (const rpm::Dependency& each : package.of(rpm::DependencyKind::requires_)) {
            const std::optional<python::Abi> library = python::abi_of_library(each.text);
            if (library && library->has(python::Trait::debug)) {
                audit_.problems.add(package.nevra(), "it requires " + each.text + ", the debug interpreter's");
            }
        }
    }

    /// What shows that a file of a release package was compiled for a debug interpreter.
    const std::vector<std::string>& debug_signs(const Place& place) {
        const auto [known, is_new] = debug_signs_.try_emplace(place.file);
        if (!is_new) return known->second;
        const fs::path file = contents_.file(*place.package, *place.file);
        if (const std::optional<tree::ElfInfo> elf = tree::read_elf(file)) {
            if (python::is_any_module(*elf)) looks_like_module_.insert(place.file);
            const fs::path debug_information = elf->has_dwarf ? file : contents_.debug_information(*elf);
            known->second = release_contradictions(evidence_of(*elf, debug_information));
        }
        return known->second;
    }

    /// A module without the debug interpreter's tag, which the release interpreter would load.
    void audit_stranger(const rpm::Package& package, const rpm::PackageFile& file) {
        const std::optional<tree::ElfInfo> elf = tree::read_elf(contents_.file(package, file));
        if (!elf) return;
        if (!python::is_any_module(*elf)) return;
        AuditedModule result{file.path, package.nevra(), {}, Status::failed, {}, {}};
        result.problems.emplace_back("its name has no tag of a debug interpreter, so the release interpreter loads it");
        audit_.modules.push_back(std::move(result));
    }

    /// In packages of the same source package.
    Place twin_of(const rpm::Package& package, const rpm::PackageFile& file, const DebugModuleName& name) const {
        const std::string folder = fs::path(file.path).parent_path();
        for (const rpm::Package& other : packages_) {
            if (&other == &package || other.is_source || is_debug_package(other) || other.arch != package.arch)
                continue;
            if (other.source_rpm != package.source_rpm) continue;
            for (const rpm::PackageFile& candidate : other.files) {
                const fs::path path(candidate.path);
                if (path.parent_path() != folder || !is_release_name(name, path.filename().string())) continue;
                if (const rpm::PackageFile* regular = regular_file(other, candidate)) return {&other, regular};
            }
        }
        return {};
    }

    AuditedModule audit_module(const Place& module, const Place& twin, const DebugModuleName& name) {
        AuditedModule result{module.file->path, module.package->nevra(), {}, Status::not_run, {}, {}};
        const fs::path file = contents_.file(*module.package, *module.file);
        const std::optional<tree::ElfInfo> elf = tree::read_elf(file);
        if (!elf) {
            result.problems.emplace_back("it is not an ELF file");
        } else {
            const fs::path debug_information = elf->has_dwarf ? file : contents_.debug_information(*elf);
            const Evidence evidence = evidence_of(*elf, debug_information);
            result.problems = contradictions(evidence, name.version);
            result.optimization = optimization_of(debug_information);
            check_init_symbol(*elf, name, result);
            if (proved(evidence)) {
                result.shown_by = evidence.counts_references ? "it counts references" : "DWARF names the debug headers";
                result.status = Status::passed;
            }
        }
        compare_with_twin(module, file, twin, result);
        if (!result.problems.empty()) result.status = Status::failed;
        return result;
    }

    static void check_init_symbol(const tree::ElfInfo& elf, const DebugModuleName& name, AuditedModule& result) {
        const python::Abi abi{name.version, {}};
        const std::string imported = python::imported_as(abi, fs::path(result.path).parent_path().string(), name.stem);
        if (is_module(elf, abi, imported)) return;
        // "foomodule_d.so" is foo, too.
        constexpr std::string_view ending = "module";
        const bool has_ending = abi.python2() && name.stem.ends_with(ending);
        if (has_ending && is_module(elf, abi, name.stem.substr(0, name.stem.size() - ending.size()))) return;
        result.problems.push_back("it does not export " + python::init_symbols(abi, imported).front());
    }

    void compare_with_twin(const Place& module, const fs::path& file, const Place& twin, AuditedModule& result) {
        if (twin.file == nullptr) {
            result.problems.emplace_back("no package of the same source package has its release twin");
            return;
        }
        result.twin = twin.file->path;
        // Then the release package is what is wrong.
        if (!debug_signs(twin).empty()) return;
        if (twin.file->digest == module.file->digest) {
            result.problems.push_back("it is the release module: the same bytes as " + result.twin);
            return;
        }
        const std::string a = read_file(file);
        const std::string b = read_file(contents_.file(*twin.package, *twin.file));
        if (tree::compare_sections(a, b).same_code) {
            result.problems.push_back("it is the release module: the same code as " + result.twin);
        }
    }

    const std::vector<rpm::Package>& packages_;
    scratch::PackageSet configurations_;  ///< of the same packages
    PackageContents contents_;
    std::map<const rpm::PackageFile*, std::vector<std::string>> debug_signs_;  ///< of what has been looked at
    std::set<const rpm::PackageFile*> looks_like_module_;                      ///< of those
    Audit audit_;
};

}  // namespace

findings::Totals Audit::totals() const {
    findings::Totals totals;
    for (const AuditedModule& each : modules) totals.add(each.status);
    return totals;
}

Audit audit_packages(const std::vector<rpm::Package>& packages) { return Auditor(packages).run(); }

}  // namespace pystacks::extension
