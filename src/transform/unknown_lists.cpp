#include "transform/unknown_lists.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>

#include "base/expression.hpp"
#include "transform/declared_packages.hpp"
#include "transform/word_search.hpp"

namespace pystacks::transform {
namespace {

using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

/// A name of a file has no more characters, so a list whose name has is made by nobody.
constexpr std::size_t longest_name = 255;

// Of a word that is searched for: whether a script has it, and whether in a line that mentions Python.
constexpr std::uint8_t in_script = 1, beside_python = 2;

/// Lists that macros of a distribution make, and what they are made of.
struct KnownList {
    std::string_view part;    ///< of the list's name
    std::string_view source;  ///< whose list it is
};

constexpr std::array known_lists{
    KnownList{"pyproject_files", "pyproject-rpm-macros: what the wheel has"},
    KnownList{"ghost_distinfo", "pyproject-rpm-macros: metadata"},
    KnownList{".mfiles", "javapackages-tools, %mvn_install: Java archives"},
    KnownList{".ofiles", "ocaml-rpm-macros, %ocaml_files: OCaml's libraries"},
    KnownList{"R_files", "R-rpm-macros, %R_save_files: packages of R"},
    KnownList{"go_vendor_license_filelist", "go-vendor-tools: licences"},
    KnownList{"gopkgfilelist", "go-rpm-macros: sources of Go"},
    KnownList{"debugfiles.list", "find-debuginfo: debug information"},
    KnownList{"debugsourcefiles.list", "find-debuginfo: debug information"},
};

/// Whether it is not known that a list of files has no modules, or only those of the wheel.
bool is_strange(const std::string& list) {
    return !list.ends_with(".lang") && std::none_of(known_lists.begin(), known_lists.end(), [&](const KnownList& each) {
        return list.find(each.part) != std::string::npos;
    });
}

std::string base_name(const std::string& list) { return list.substr(list.rfind('/') + 1); }

bool speaks_of_python(const std::string& text) {
    // Whatever files are there: "find . -type f".
    static const Expression every_file(R"(\bfind\s+(\.|\*|/|\S*/\*)?\s*(-type|-not|-print|!|\||>|\\\())");
    return every_file.is_in(text) || text.find("python") != std::string::npos ||
           text.find("site") != std::string::npos || text.find(".so") != std::string::npos ||
           text.find("buildroot") != std::string::npos || text.find("RPM_BUILD_ROOT") != std::string::npos ||
           text.find("--record") != std::string::npos;
}

/// Of each name whether the scripts have it, and on which lines.
std::map<std::string, std::uint8_t> made_by_scripts(const SpecText& spec, const MacroValues& values,
                                                    const std::set<std::string>& names) {
    if (names.empty()) return {};
    WordSearch search(names);
    for (const SectionKind kind : {SectionKind::prep, SectionKind::build, SectionKind::install}) {
        for (const Section* script : spec.all(kind)) {
            for (std::size_t i = script->begin; i < script->end; ++i) {
                const std::string text = values.look(spec.lines()[i].text);
                search.look_at(text, speaks_of_python(text) ? beside_python : in_script);
            }
        }
    }
    return search.found();
}

}  // namespace

std::vector<UnknownList> unknown_lists(const SpecText& spec, const MacroValues& values) {
    const DeclaredPackages packages(spec, values);
    std::vector<UnknownList> strange;
    std::set<std::string> names;
    if (packages.is_noarch({})) return {};
    for (const Section* section : spec.all(SectionKind::files)) {
        const PackageName name = package_name(*section);
        if (packages.is_noarch(name)) continue;
        for (const std::string& list : name.lists) {
            std::string looked = values.look(list);
            if (!is_strange(looked)) continue;
            if (base_name(looked).size() <= longest_name) names.insert(base_name(looked));
            strange.push_back({section->header, std::move(looked)});
        }
    }
    const std::map<std::string, std::uint8_t> made = made_by_scripts(spec, values, names);
    std::erase_if(strange, [&](const UnknownList& each) {
        const auto found = made.find(base_name(each.list));
        return found != made.end() && found->second == in_script;
    });
    return strange;
}

}  // namespace pystacks::transform
