#include "transform/unseen_modules.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "transform/declared_packages.hpp"
#include "transform/file_entry.hpp"
#include "transform/folder_macros.hpp"
#include "transform/made_folders.hpp"
#include "transform/private_folders.hpp"
#include "transform/unknown_lists.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

/// "/usr", "%{_libdir}/*": site-packages is below it.
bool contains_site_packages(const std::string& path) {
    static const Expression whole(
        R"(/?\*?|(/usr|%\{?_(exec_)?prefix\}?)(/\*|/lib(64|\*)?|/%\{?_lib\}?)?(/\*|/py[^/]*)?/?|)"
        R"((%\{?_libdir\}?)(/\*|/py[^/]*)?/?)");
    return whole.matches(path);
}

/// "%{my_pythondir}": a name that seems to mean a folder of Python.
bool speaks_of_python_folder(std::string_view macro) {
    static const Expression name(
        R"((?i)^_*[a-z0-9_]*py(thon)?[23]?[a-z0-9_]*(dir|site|lib|arch|path|mod|pack)[a-z0-9_]*$)");
    static const Expression other(R"((?i)^_*(mingw|ucrt|pypy)|(inc|include|doc|man|bin|tool)(dir)?s?$)");
    return name.is_in(macro) && !other.is_in(macro);
}

/// "./configure --enable-python": the package builds something for Python, whatever it requires.
bool asks_for_python(const SpecText& spec) {
    static const Expression option(R"(--(enable|with)-(py|python)[23]?\b|--(enable|with)-python\S*)");
    static const Expression off(R"(--(with-\S*=no|enable-\S*=no)\b)");
    return std::ranges::any_of(spec.lines(), [&](const spectext::Line& line) {
        return line.kind != LineKind::comment && in_build_script(spec, line) && option.is_in(line.text) &&
               !off.is_in(line.text);
    });
}

class Unseen {
public:
    Unseen(const SpecText& spec, const MacroValues& values, const BuildTools& tools, const BuildRequirements& required)
        : spec_(spec),
          values_(values),
          tools_(tools),
          required_(required),
          packages_(spec, values),
          private_folders_(packages_.main_name(), tools, required),
          asks_for_python_(required.compiler && asks_for_python(spec)) {}

    std::vector<Seen> find() {
        for (const Section* section : spec_.all(SectionKind::files)) look_at(*section);
        for (const UnknownList& each : unknown_lists(spec_, values_)) {
            if (may_compile() || (required_.compiler && is_for_python(each.header)))
                add(each.header, "%files reads " + each.list + ", which is not in the text");
        }
        if (may_compile() && found_.empty() && tools_.installs_python && !place_seen_) add_installed();
        return std::move(found_);
    }

private:
    void add(std::size_t line, std::string what) { found_.push_back({line, std::move(what)}); }

    void add_installed() {
        for (const Section* section : spec_.all(SectionKind::files)) {
            for (const std::string& list : package_name(*section).lists) {
                if (list.ends_with(".lang")) continue;  // %find_lang's
                add(section->header, "Python's own tools install something, and " + list + " may have it");
            }
        }
        if (found_.empty()) add(0, "Python's own tools install something, and no line of %files shows where");
    }

    /// Whether the package of a line of %files is called as Python's are.
    [[nodiscard]] bool is_for_python(std::size_t header) const {
        static const Expression name(R"((^|-)python[23]?(-|$)|^py[23]?-)");
        const Section& section = spec_.sections()[spec_.lines()[header].section];
        return name.is_in(values_.look(package_name(section).text));
    }

    /// Whether something in the spec could make a compiled module at all.
    [[nodiscard]] bool may_compile() const {
        return required_.python_headers || required_.binding_tool || tools_.python || asks_for_python_;
    }

    void look_at(const Section& section) {
        const PackageName name = package_name(section);
        const bool noarch = packages_.is_noarch(name);
        for (const std::string& list : name.lists) {
            place_seen_ |= values_.look(list).find("pyproject_files") != std::string::npos;
        }
        for (std::size_t i = section.begin; i < section.end; ++i) {
            if (spec_.lines()[i].kind == LineKind::content) look_at_entry(i, noarch);
        }
    }

    void look_at_entry(std::size_t i, bool noarch) {
        const std::optional<std::string_view> path = path_of(spec_.lines()[i].text);
        if (!path || path->empty()) return;
        const std::string looked = values_.look(*path);
        const bool compiled = below_sitearch(looked) || below_sitearch(*path);
        const std::optional<std::string> pure = compiled ? std::nullopt : below_sitelib(looked);
        place_seen_ |= compiled || pure;
        if (noarch) return;
        const std::string entry(*path);
        if (compiled) {
            const auto module = module_entry(spec_.lines()[i].text, values_);
            if (module && module->kind == EntryKind::library) add(i, entry + " is a library, perhaps not a module");
            if (names_metadata(spec_.lines()[i].text, values_)) add(i, entry + " is metadata of compiled modules");
        } else if (pure) {
            look_at_pure(i, entry, *pure);
        } else {
            look_at_elsewhere(i, entry, looked);
        }
    }

    /// setup.py and pip put what is compiled elsewhere, and so do Meson and configure. What CMake or a makefile puts
    /// here is not known.
    void look_at_pure(std::size_t i, const std::string& entry, const std::string& rest) {
        static const Expression metadata(R"((egg|dist)-info|__pycache__)");
        static const Expression literal(R"(^(/usr|%\{?_prefix\}?)/lib/python)");
        if (metadata.is_in(rest) || !module_entry(spec_.lines()[i].text, values_, Folders::one)) return;
        const bool by_hand = tools_.cmake || tools_.kind == BuildClass::make || tools_.kind == BuildClass::unknown;
        if (required_.binding_tool || (required_.python_headers && required_.compiler && by_hand && !tools_.python)) {
            add(i, entry + " may have modules that a tool for bindings makes");
        } else if (may_compile() && literal.is_in(entry)) {
            add(i, entry + " has compiled modules as well on some distributions");
        }
    }

    void look_at_elsewhere(std::size_t i, const std::string& entry, const std::string& looked) {
        static const Expression tagged(R"(ext(ension)?_suffix|\.cpython-|\.abi3\.so)");
        static const Expression bytecode(R"(__pycache__|\.py[co]?\b)");
        static const Expression shared_object(R"(\.so(\.|\*|$|\}))");
        static const Expression in_pythons_folder(
            R"((%\{?_libdir\}?|(/usr|%\{?_(exec_)?prefix\}?)/(lib64|lib\*|%\{?_lib\}?))/python[^/]*/.+)");
        static const Expression text_file(R"(.*\.(cfg|txt|pth|toml|json|conf|exe|a|h))");
        if (!bytecode.is_in(looked) && !text_file.matches(looked) && in_pythons_folder.matches(looked) &&
            (may_compile() || required_.compiler || shared_object.is_in(looked))) {
            return add(i, entry + " is in Python's own folder");
        }
        if (looked.starts_with("%(") && looked.find("python") != std::string::npos &&
            (may_compile() || required_.compiler)) {
            return add(i, entry + " is a folder that Python is asked for");
        }
        const std::string_view macro = leading_macro(looked);
        const bool foreign = !macro.empty() && speaks_of_python_folder(macro);
        place_seen_ |= foreign;
        if (tagged.is_in(looked) && !bytecode.is_in(looked)) {
            add(i, entry + " is a compiled module outside of the known folders");
        } else if (foreign && (shared_object.is_in(looked) || may_compile()) && !is_python_source(looked)) {
            add(i, "the value of %{" + std::string(macro) + "} is not known");
        } else if (may_compile() && contains_site_packages(looked)) {
            add(i, entry + " contains the folders of modules");
        } else if (std::string doubt = private_folders_.doubt_about(looked); !doubt.empty()) {
            if (!is_filled_without_modules(spec_, values_, looked)) add(i, entry + doubt);
        }
    }

    static bool is_python_source(std::string_view path) {
        static const Expression source(R"(\.py[cio]?\*?$|-info)");
        return source.is_in(path);
    }

    const SpecText& spec_;
    const MacroValues& values_;
    const BuildTools& tools_;
    const BuildRequirements& required_;
    const DeclaredPackages packages_;
    const PrivateFolders private_folders_;
    const bool asks_for_python_;  ///< there is a compiler, and what it builds is told to build for Python
    std::vector<Seen> found_;
    bool place_seen_ = false;  ///< an entry, of a noarch package as well, is where modules are
};

}  // namespace

std::vector<Seen> unseen_modules(const SpecText& spec, const MacroValues& values, const BuildTools& tools,
                                 const BuildRequirements& required) {
    return Unseen(spec, values, tools, required).find();
}

}  // namespace pystacks::transform
