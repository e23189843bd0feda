#include "transform/observation.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "transform/build_requirements.hpp"
#include "transform/copied_folders.hpp"
#include "transform/declared_packages.hpp"
#include "transform/folder_macros.hpp"
#include "transform/module_evidence.hpp"
#include "transform/unseen_modules.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

// Distributions whose %{python3_sitelib} and %{python3_sitearch} are one folder, as %{_libdir} is /usr/lib.
constexpr std::array one_folder_for_all{"Photon", "Azure Linux", "Mariner"};

class Observer {
public:
    Observer(const SpecText& spec, const MacroValues& values)
        : spec_(spec), values_(values), tools_(build_tools(spec)), required_(build_requirements(spec, values)) {}

    Observation observe() {
        result_.build = tools_.kind;
        result_.seen = tools_.seen;
        for (const BuildRequirements::Found& each : required_.found) see(each.line, each.what);
        see_distribution();
        see_debug_package();
        see_files();
        see_owners();
        decide_modules();
        if (result_.modules == Modules::none) result_.build = BuildClass::no_module;
        // Rust's compiler links by a C compiler, which the spec may require, too.
        if (required_.rust && !required_.other_binding && !tools_.native) {
            result_.build_decides = "Rust's compiler makes modules, and those of the stable ABI need no debug build";
        }
        result_.builds_with_cmake = tools_.cmake;
        std::stable_sort(result_.seen.begin(), result_.seen.end(),
                         [](const Seen& a, const Seen& b) { return a.line < b.line; });
        return std::move(result_);
    }

private:
    void see(std::size_t line, std::string what) { result_.seen.push_back({line, std::move(what)}); }

    /// Whose macros the spec has, or whose it says that it is.
    void see_distribution() {
        const std::size_t line = tag_line(spec_, spec_.sections().front(), "distribution");
        result_.distribution = tag_value(spec_, line);
        const auto& names = one_folder_for_all;
        one_folder_ = std::find(names.begin(), names.end(), result_.distribution) != names.end();
        if (required_.of_clear_linux) {
            result_.distribution = "Clear Linux";
            one_folder_ = true;
        }
        for (const Section* section : spec_.all(SectionKind::files)) {
            for (std::size_t i = section->begin; i < section->end; ++i) {
                const auto path = path_of(spec_.lines()[i].text);
                std::string_view rest;
                const FolderMacro* macro = path ? folder_macro_of(*path, rest) : nullptr;
                if (macro == nullptr || macro->distribution.empty() || defines(macro->name)) continue;
                result_.distribution = macro->distribution;
                if (!macro->build_follows_interpreter && result_.foreign_build == no_line) result_.foreign_build = i;
            }
        }
    }

    [[nodiscard]] bool defines(std::string_view name) const {
        return std::any_of(spec_.definitions().begin(), spec_.definitions().end(),
                           [&](const auto& each) { return each.name == name; });
    }

    /// The packages that may have modules, and which interpreter these are for. What is for another one is left out.
    void see_owners() {
        result_.owners = module_owners(spec_, values_);
        const bool two_folders = !result_.owners.empty();
        if (!two_folders && one_folder_) result_.owners = module_owners(spec_, values_, Folders::one);
        one_folder_ = one_folder_ && !two_folders && !result_.owners.empty();
        result_.interpreter = interpreter_of(spec_, values_, result_.owners);
        if (result_.interpreter == InterpreterKind::python2 && result_.build == BuildClass::py3_build)
            result_.build = BuildClass::py2_build;
        const InterpreterKind other =
            result_.interpreter == InterpreterKind::python3 ? InterpreterKind::python2 : InterpreterKind::python3;
        for (ModuleOwner& owner : result_.owners) {
            std::erase_if(owner.entries,
                          [&](const FileEntry& entry) { return named_interpreter(values_.look(entry.path)) == other; });
        }
        set_unlikely_aside();
        std::erase_if(result_.owners,
                      [](const ModuleOwner& owner) { return owner.entries.empty() && !owner.pyproject_list; });
    }

    /// Where a package has something that is likelier, patterns of headers, sources and data do not make an owner of
    /// another one. Where one names modules or has what the wheel has, what the spec copies does not either.
    void set_unlikely_aside() {
        const bool sure = std::any_of(result_.owners.begin(), result_.owners.end(), [](const ModuleOwner& owner) {
            return owner.names_modules() || owner.pyproject_list;
        });
        const bool likelier = std::any_of(result_.owners.begin(), result_.owners.end(), [](const ModuleOwner& owner) {
            return std::ranges::any_of(owner.entries, [](const FileEntry& entry) { return !entry.unlikely; });
        });
        if (!sure && !likelier) return;
        const std::set<std::string> copied = sure ? copied_folders(spec_, values_) : std::set<std::string>();
        const auto is_unlikely = [&](const FileEntry& entry) {
            return entry.unlikely ||
                   (entry.kind == EntryKind::folder && copied.contains(folder_name(values_.look(entry.path))));
        };
        for (ModuleOwner& owner : result_.owners) {
            const std::string_view header = spec_.lines()[owner.files->header].text;
            // Nothing can be written behind it.
            if (header.find("%dnl") != std::string_view::npos || header.ends_with('\\')) continue;
            const bool some = std::erase_if(owner.entries, is_unlikely) > 0;
            if (some && !owner.swallows()) result_.bystanders.push_back(owner.files->header);
        }
    }

    void see_debug_package() {
        static const Expression none(
            R"(^debug_package\s+%\{?nil\}?\s*$|^_enable_debug_packages?\s+(0|%\{?nil\}?)\s*$)");
        for (const spectext::Definition& each : spec_.definitions()) {
            if (each.parametric || !none.is_in(std::string(each.name) + " " + std::string(each.body))) continue;
            if (spec_.lines()[each.line].branch != 0) continue;
            see(each.line, "no debug packages: nothing is compiled, or they are not wanted");
            nothing_compiled_ = true;
        }
    }

    void see_files() {
        const std::string main = DeclaredPackages(spec_, values_).main_name();
        for (const Section* section : spec_.all(SectionKind::files)) {
            for (std::size_t i = section->begin; i < section->end; ++i) {
                const std::string_view text = spec_.lines()[i].text;
                if (names_shared_library(text, values_)) result_.library_folders.insert("%{_libdir}");
                if (auto folder = private_library_folder(text, values_, main))
                    result_.library_folders.insert(std::move(*folder));
                const auto entry = module_entry(text, values_);
                names_library_ |= entry && entry->kind == EntryKind::library;
            }
        }
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) {
            const spectext::Line& line = spec_.lines()[i];
            if (line.kind == LineKind::comment || line.text.find('%') == std::string_view::npos) continue;
            const SectionKind kind = spec_.sections()[line.section].kind;
            if (kind == SectionKind::check) see_check(line.text);
            if (kind == SectionKind::preamble || in_build_script(spec_, line)) see_files_of_modules(i);
        }
    }

    /// What is said of files by their names: modules, or libraries beside them.
    void see_files_of_modules(std::size_t i) {
        static const Expression place(R"(python[23]?_site|py[23]?_(plat|pure)?site|site-packages)");
        static const Expression module_file(R"(\.(so|la)\b|ext(ension)?_suffix)");
        static const Expression library(R"(\blib\w*\\*\.so\b|\blib/\S*\\*\.so\b)");
        const std::string looked = values_.look(spec_.lines()[i].text);
        const bool in_place = place.is_in(looked);
        names_library_ |= library.is_in(looked) && (in_place || looked.find("_exclude") != std::string::npos);
        if (!in_place || !module_file.is_in(library.removed_from(looked))) return;
        handled_ = true;
        static const Expression by_hand(R"(\b(cp|install|mv)\s)");
        result_.places_modules |= by_hand.is_in(looked) && in_build_script(spec_, spec_.lines()[i]);
        see(i, "the spec mentions compiled modules: " + std::string(trim(spec_.lines()[i].text)));
    }

    /// What a check does not import because it cannot: "-e 'sample.lib.*'"
    void see_check(std::string_view text) {
        static const Expression not_imported(R"(check_import\b.*\s-e\s*['"]?\S*\blib(\.?\*|['"\s]|$))");
        names_library_ |= not_imported.is_in(text);
    }

    /// Whether the folders of modules are called as the package's own libraries, which they may load by ctypes.
    [[nodiscard]] bool wraps_library() const {
        if (tools_.kind != BuildClass::mixed || !tools_.cmake) return false;
        const std::string main = DeclaredPackages(spec_, values_).main_name();
        static const Expression library(R"(/lib(.+?)\.so)");
        std::set<std::string> libraries;
        for (const Section* section : spec_.all(SectionKind::files)) {
            for (std::size_t i = section->begin; i < section->end; ++i) {
                const std::string_view text = spec_.lines()[i].text;
                const auto groups = names_shared_library(text, values_) ? library.first_in(text) : std::nullopt;
                if (groups) libraries.insert(replace_all((*groups)[1], "%{name}", main));
            }
        }
        bool all = false;
        for (const ModuleOwner& owner : result_.owners) {
            for (const FileEntry& entry : owner.entries) {
                std::string folder = replace_all(entry.rest, "%{name}", main);
                while (folder.ends_with('/')) folder.pop_back();
                if (entry.kind != EntryKind::folder || !libraries.contains(folder)) return false;
                all = true;
            }
        }
        return all;
    }

    void decide_modules() {
        bool named = false, entries = false;
        for (const ModuleOwner& owner : result_.owners) {
            named |= owner.names_modules();
            entries |= !owner.entries.empty();
            for (const FileEntry& each : owner.entries) see(each.line, "may hold modules: " + each.path);
            if (owner.pyproject_list) see(owner.files->header, "has the files of the wheel: " + owner.name.option());
        }
        const bool noarch = DeclaredPackages(spec_, values_).is_noarch({});
        if (noarch && !named) return conclude(Modules::none, "the package has no architecture");
        if (result_.owners.empty()) return decide_without_owners();
        if (named) return conclude(Modules::some, "%files names them");
        if (nothing_compiled_) return decide_without_debug_packages();
        if (one_folder_) return decide_in_one_folder();
        if (handled_) return conclude(Modules::some, "the spec mentions their files");
        if (required_.binding_tool || (required_.boost && tools_.kind == BuildClass::cmake))
            return conclude(Modules::some, "it requires a tool that compiles modules");
        // A wheel that Rust compiles may have a program instead of a module.
        const bool only_rust = required_.rust && !required_.other_than_rust;
        const bool only_python = !tools_.native && !tools_.other_builder && (entries || !tools_.make);
        const bool compiler = required_.compiler || required_.other_headers;
        const bool libraries = names_library_ || wraps_library();
        if (only_python && !only_rust && compiler && !libraries) {
            if (required_.builder && !required_.binding_tool) {
                result_.build_decides = "what Python's own tools build with " + *required_.builder +
                                        " may be a library that ctypes loads, and no module";
            }
            return conclude(Modules::some, "it requires a compiler, and Python's own tools are the only build");
        }
        const bool with_pip = tools_.python;
        const Compiled asked = compiler || tools_.native ? Compiled::something : Compiled::perhaps_nothing;
        if (auto evidence = evidence_of_modules(spec_, values_, result_.owners, with_pip,
                                                libraries ? Compiled::perhaps_libraries : asked)) {
            see(evidence->line, evidence->what);
            return conclude(Modules::some, evidence->what);
        }
        conclude(Modules::unclear,
                 entries    ? "there are files in the folders of compiled modules, but no module is named"
                 : compiler ? "the text does not show what the wheel contains, and the compiler may be for other files"
                            : "the package has an architecture but requires no compiler, and the text does not show "
                              "what the wheel contains");
    }

    /// No entry is below the folder of compiled modules. That there are none is said only where the text shows it.
    void decide_without_owners() {
        result_.doubts = unseen_modules(spec_, values_, tools_, required_);
        if (!result_.doubts.empty()) {
            for (const Seen& each : result_.doubts) see(each.line, each.what);
            return conclude(Modules::unclear, "they may be where the text does not show them");
        }
        conclude(Modules::none, required_.python_headers || required_.binding_tool || tools_.python
                                    ? "no package has files where compiled modules are"
                                    : "nothing in it is built for Python");
    }

    /// "%global debug_package %{nil}" is written if nothing is compiled, or if no debug packages are wanted.
    void decide_without_debug_packages() {
        conclude(Modules::unclear, required_.compiler
                                       ? "it says that it has no debug packages, but it requires a compiler"
                                       : "it says that it has no debug packages, but it has an architecture");
    }

    void decide_in_one_folder() {
        if (!tools_.native && !tools_.other_builder && !tools_.make && required_.setuptools_tool)
            return conclude(Modules::some,
                            "it requires a tool that compiles modules, and Python's own tools are the build");
        conclude(Modules::unclear,
                 "this distribution has one folder for compiled and other modules, and no compiled module is named");
    }

    void conclude(Modules modules, std::string why) {
        result_.modules = modules;
        result_.why = std::move(why);
    }

    const SpecText& spec_;
    const MacroValues& values_;
    const BuildTools tools_;
    const BuildRequirements required_;
    Observation result_;
    bool nothing_compiled_ = false;  ///< as the spec says by leaving out -debuginfo
    bool handled_ = false;           ///< the spec mentions files of modules
    bool names_library_ = false;     ///< the spec mentions lib*.so in the folder of modules
    bool one_folder_ = false;
};

}  // namespace

Observation observe(const SpecText& spec, const MacroValues& values) { return Observer(spec, values).observe(); }

}  // namespace pystacks::transform
