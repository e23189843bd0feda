#include "transform/module_evidence.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "transform/declared_packages.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

class Evidence {
public:
    Evidence(const SpecText& spec, const MacroValues& values, const std::vector<ModuleOwner>& owners)
        : spec_(spec), values_(values), owners_(owners) {}

    std::optional<ModuleEvidence> find(bool with_pip, Compiled compiled) const {
        if (auto found = in_scripts()) return found;
        if (!put_there_by_hand() && compiled != Compiled::perhaps_libraries) {
            if (auto found = in_files(with_pip)) return found;
        }
        if (compiled != Compiled::something) return {};
        return nothing_else_compiled();
    }

private:
    [[nodiscard]] bool is_code(std::size_t line) const {
        const LineKind kind = spec_.lines()[line].kind;
        return kind == LineKind::content || kind == LineKind::continuation;
    }

    /// Calls @p visit with each line of the scripts, macros of the spec replaced, until it says true.
    template <typename Visit>
    std::optional<std::size_t> first_script_line(Visit visit) const {
        for (const SectionKind kind :
             {SectionKind::prep, SectionKind::conf, SectionKind::build, SectionKind::install}) {
            for (const Section* section : spec_.all(kind)) {
                for (std::size_t i = section->begin; i < section->end; ++i) {
                    if (is_code(i) && visit(values_.look(spec_.lines()[i].text))) return i;
                }
            }
        }
        return {};
    }

    /// What is told to the compiler of modules, and modules beside which a package of the same name stands.
    [[nodiscard]] std::optional<ModuleEvidence> in_scripts() const {
        static const Expression told(
            R"(\b(library_dirs|include_dirs|extra_link_args|extra_compile_args|ext_modules|build_ext)\b)");
        if (const auto line = first_script_line([](const std::string& text) { return told.is_in(text); }))
            return ModuleEvidence{*line, "a setting of setup.py's compiler"};
        const auto saved = first_script_line([](const std::string& text) {
            const std::size_t at = text.find("%pyproject_save_files");
            if (at == std::string::npos) return false;
            const std::vector<std::string> list = split_words(std::string_view(text).substr(at));
            const std::set<std::string_view> words(list.begin(), list.end());
            return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
                return word.starts_with('_') && words.contains(word.substr(1));
            });
        });
        if (saved) return ModuleEvidence{*saved, "a module _NAME beside NAME"};
        return {};
    }

    /// Whether something chose the folder of compiled modules that would not go there by itself.
    [[nodiscard]] bool put_there_by_hand() const {
        static const Expression by_hand(
            R"(--install-(lib|purelib|platlib)|\b(mv|cp|install|ln)\b.*(python[23]?_sitearch|python3?_sitelibdir)|)"
            R"(=\S*python[23]?_sitearch|pythondir)");
        return first_script_line([](const std::string& text) { return by_hand.is_in(text); }).has_value();
    }

    [[nodiscard]] std::optional<ModuleEvidence> in_files(bool with_pip) const {
        for (const ModuleOwner& owner : owners_) {
            if (with_pip && !owner.entries.empty())
                return ModuleEvidence{owner.entries.front().line,
                                      "Python's own tools put only distributions with compiled modules there"};
            if (owner.metadata_line) return ModuleEvidence{*owner.metadata_line, "the metadata of compiled modules"};
            if (owner.entries.empty()) continue;
            const std::set<std::string> halves = python_halves(*owner.files);
            for (const FileEntry& entry : owner.entries) {
                if (!entry.rest.empty() && halves.contains(entry.rest))
                    return ModuleEvidence{entry.line, "the compiled half of a package whose other half is elsewhere"};
            }
        }
        return {};
    }

    /// What the same package lists for modules that are not compiled, by its place below their folder.
    [[nodiscard]] std::set<std::string> python_halves(const Section& files) const {
        std::set<std::string> halves;
        for (std::size_t i = files.begin; i < files.end; ++i) {
            if (!is_code(i)) continue;
            if (std::optional<std::string> half = below_sitelib(values_.look(trim(spec_.lines()[i].text))))
                halves.insert(std::move(*half));
        }
        return halves;
    }

    /// rpm makes -debuginfo of what is compiled and fails where there is nothing: so if nothing else can be, modules
    /// are.
    [[nodiscard]] std::optional<ModuleEvidence> nothing_else_compiled() const {
        const DeclaredPackages packages(spec_, values_);
        for (const Section* section : spec_.all(SectionKind::files)) {
            const PackageName name = package_name(*section);
            if (packages.is_noarch(name)) continue;
            for (const std::string& list : name.lists) {
                if (values_.look(list).find("pyproject_files") == std::string::npos && !list.ends_with(".lang"))
                    return {};
            }
            for (std::size_t i = section->begin; i < section->end; ++i) {
                if (is_code(i) && may_be_program(values_.look(trim(spec_.lines()[i].text)))) return {};
            }
        }
        return ModuleEvidence{owners_.front().files->header, "nothing else in the packages can be compiled"};
    }

    static bool may_be_program(const std::string& entry) {
        static const Expression data(
            R"(^(%(doc|license|dir|exclude|docdir|lang|ghost)\b|)"
            R"((%config(\([^)]*\))?\s*)?(%\{(_mandir|_datadir|_sysconfdir|_docdir|_pkgdocdir|_infodir|_metainfodir|)"
            R"(_includedir|python[23]?_sitelib|python[23]?_sitearch|_unitdir|_pkgconfigdir)\}|/etc/)))");
        return !data.is_in(entry);
    }

    const SpecText& spec_;
    const MacroValues& values_;
    const std::vector<ModuleOwner>& owners_;
};

}  // namespace

std::optional<ModuleEvidence> evidence_of_modules(const SpecText& spec, const MacroValues& values,
                                                  const std::vector<ModuleOwner>& owners, bool with_pip,
                                                  Compiled compiled) {
    return Evidence(spec, values, owners).find(with_pip, compiled);
}

}  // namespace pystacks::transform
