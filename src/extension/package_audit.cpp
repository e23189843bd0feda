#include "extension/package_audit.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "extension/evidence.hpp"
#include "extension/module.hpp"
#include "extension/package_contents.hpp"
#include "extension/variant_module_name.hpp"
#include "python/module_file.hpp"
#include "python/symbols.hpp"
#include "python/trait_names.hpp"
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
            const scratch::PackagedConfiguration* configuration = configuration_of(package);
            if (configuration != nullptr && !configuration->is_base()) {
                audit(package, *configuration);
            } else if (!package.is_source && !package.name.ends_with("-debuginfo")) {
                audit_release(package);
            }
        }
        return std::move(audit_);
    }

private:
    /// @param package one of packages_. @returns null for debuginfo and what nobody can tell
    [[nodiscard]] const scratch::PackagedConfiguration* configuration_of(const rpm::Package& package) const {
        const auto index = static_cast<std::size_t>(&package - packages_.data());
        return configurations_.configuration_of(configurations_.all()[index]);
    }

    /// The traits of the configuration that it is a variant of.
    [[nodiscard]] python::Traits base_of(const scratch::PackagedConfiguration& variant) const {
        const scratch::PackagedConfiguration* base = configurations_.configuration(variant.variant_of);
        return base == nullptr ? configurations_.base().traits : base->traits;
    }

    void audit(const rpm::Package& package, const scratch::PackagedConfiguration& configuration) {
        audit_.packages.push_back(package.nevra());
        std::set<const rpm::Package*> bases;
        for (const rpm::PackageFile& file : package.files) {
            if (!file.is_regular() || !file.path.ends_with(".so")) continue;
            const auto name = variant_module_name(file.path, base_of(configuration));
            if (!name || name->traits != python::with_words(configuration.traits)) {
                audit_stranger(package, file);
                continue;
            }
            const Place twin = twin_of(package, configuration, file, *name);
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
            if (const auto name = variant_module_name(file.path, configurations_.base().traits);
                name && is_of_variant(*name)) {
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

    /// Whether a release package cannot have the module by intention: of a debug build, or of a variant that is here.
    [[nodiscard]] bool is_of_variant(const VariantModuleName& name) const {
        if (name.traits.has(python::Trait::debug)) return true;
        return std::ranges::any_of(configurations_.variants(), [&](const scratch::PackagedConfiguration* each) {
            return python::with_words(each->traits) == name.traits;
        });
    }

    /// What shows that a file of a release package was compiled for a debug interpreter.
    const std::vector<std::string>& debug_signs(const Place& place) {
        const auto [known, is_new] = debug_signs_.try_emplace(place.file);
        if (!is_new) return known->second;
        const fs::path file = contents_.file(*place.package, *place.file);
        if (const std::optional<tree::ElfInfo> elf = tree::read_elf(file)) {
            if (python::is_any_module(*elf)) looks_like_module_.insert(place.file);
            const fs::path debug_information = elf->has_dwarf ? file : contents_.debug_information(*elf);
            known->second = release_contradictions(evidence_of(*elf, debug_information),
                                                   release_traits(place.file->path, configurations_.base().traits));
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
    Place twin_of(const rpm::Package& package, const scratch::PackagedConfiguration& configuration,
                  const rpm::PackageFile& file, const VariantModuleName& name) const {
        const std::string folder = fs::path(file.path).parent_path();
        for (const rpm::Package& other : packages_) {
            const scratch::PackagedConfiguration* of_other = configuration_of(other);
            if (of_other == nullptr || of_other->name != configuration.variant_of || other.arch != package.arch)
                continue;
            if (other.source_rpm != package.source_rpm) continue;
            for (const rpm::PackageFile& candidate : other.files) {
                const fs::path path(candidate.path);
                if (path.parent_path() != folder || !is_twin_name(name, path.filename().string())) continue;
                if (const rpm::PackageFile* regular = regular_file(other, candidate)) return {&other, regular};
            }
        }
        return {};
    }

    AuditedModule audit_module(const Place& module, const Place& twin, const VariantModuleName& name) {
        AuditedModule result{module.file->path, module.package->nevra(), {}, Status::not_run, {}, {}};
        const fs::path file = contents_.file(*module.package, *module.file);
        const std::optional<tree::ElfInfo> elf = tree::read_elf(file);
        if (!elf) {
            result.problems.emplace_back("it is not an ELF file");
        } else {
            const fs::path debug_information = elf->has_dwarf ? file : contents_.debug_information(*elf);
            const Evidence evidence = evidence_of(*elf, debug_information);
            result.problems = contradictions(evidence, {name.version, name.traits});
            result.optimization = optimization_of(debug_information);
            check_init_symbol(*elf, name, result);
            if (proved(evidence, name.traits)) {
                result.shown_by = name.traits.has(python::Trait::debug) && evidence.counts_references
                                      ? "it counts references"
                                      : "DWARF names the " + name_of(name.traits) + " headers";
                result.status = Status::passed;
            }
        }
        compare_with_twin(module, file, twin, result);
        if (!result.problems.empty()) result.status = Status::failed;
        return result;
    }

    static void check_init_symbol(const tree::ElfInfo& elf, const VariantModuleName& name, AuditedModule& result) {
        const python::Abi abi{name.version, name.traits};
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
