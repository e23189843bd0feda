#include "transform/build_requirements.hpp"

#include <cctype>
#include <string_view>

#include "base/expression.hpp"
#include "base/text.hpp"
#include "spectext/tag.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::SectionKind;

/// The names in "gcc-c++ >= 9, pkgconfig(python3), %{py3_dist cython}"; what is in parentheses stays with its name.
std::vector<std::string> names_in(std::string text) {
    for (char& c : text) c = c == ',' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::vector<std::string> names;
    for (const std::string& word : split_words(text)) {
        static const Expression version(R"([<>=]+|[0-9][^(]*)");
        // "%{py3_dist cython pip}" and "%{python_module devel}" are several words.
        const bool continues = !names.empty() && names.back().find("%{") != std::string::npos &&
                               names.back().find('}', names.back().rfind("%{")) == std::string::npos;
        if (continues) {
            names.back() += " " + word;
        } else if (!version.matches(word)) {
            names.push_back(word);
        }
    }
    return names;
}

class Reader {
public:
    explicit Reader(const MacroValues& values) : values_(values) {}

    void read(std::size_t line, std::string_view value) {
        for (const std::string& name : names_in(values_.look(value))) {
            // What is compiled for another system is not in the packages of this one.
            if (name.starts_with("mingw")) continue;
            see_binding_tool(line, name);
            see_compiler(line, name);
            see_headers(line, name);
            result_.of_clear_linux |= name.starts_with("buildreq-");
        }
    }

    BuildRequirements result() { return std::move(result_); }

private:
    void see_binding_tool(std::size_t line, const std::string& name) {
        // Words, not parts of one: python3-numpydoc and cairocffi bind nothing.
        static const Expression tool(
            R"((?:^|[^a-z0-9])(cython|swig|pybind11|nanobind|shiboken|f2py|cffi|maturin|pyo3|setuptools[-_]rust|)"
            R"(meson[-_]python|scikit[-_]build|scikit[-_]build[-_]core|boost-python|libboost_python|pygobject3-devel|)"
            R"(python-gobject-devel)[0-9.]*(?:[^a-z]|$))");
        static const Expression from_setup(R"(cython|pybind11|nanobind|maturin|swig|setuptools.rust|meson.python)");
        result_.boost |= name.starts_with("boost-devel") || name.starts_with("libboost-devel");
        const auto groups = tool.first_in(name);
        if (!groups) return;
        static const Expression of_rust(R"(maturin|pyo3|setuptools[-_]rust)");
        result_.binding_tool = result_.compiler = true;
        result_.module_tool |= (*groups)[1].find("gobject") == std::string::npos;
        // With Rust, cffi may be there to be imported alone.
        result_.rust |= of_rust.is_in(name);
        result_.other_binding |= !of_rust.is_in(name) && (*groups)[1] != "cffi";
        result_.setuptools_tool |= from_setup.is_in(name);
        result_.found.push_back({line, "compiles modules: " + (*groups)[1]});
    }

    void see_compiler(std::size_t line, const std::string& name) {
        static const Expression compiler(
            R"((gcc|g\+\+|cc|c\+\+|clang|llvm-clang|gfortran|golang|go-rpm-macros|cmake|extra-cmake-modules|meson|)"
            R"(ninja|ninja-build|libstdc\+\+-devel|glibc-devel|rust|rustc|cargo|cargo-rpm-macros|rust-packaging|)"
            R"(rust-toolset|cargo-packaging|rust-cargo|cargo-rpm-macros)([0-9.]*)(-(c\+\+|g\+\+|gfortran|fortran|)"
            R"(cpp|objc|devel|std-static))?|(gcc-toolset|devtoolset|llvm-toolset)(-[0-9]+)?(-.*)?|c\+\+-compiler|)"
            R"(gcc-[a-z]*[0-9.]*-?c\+\+|gcc[0-9.]*-c\+\+|buildreq-(cmake|meson|cargo|golang)|)"
            R"(rpm-build-(rust|cmake|meson|golang))");
        static const Expression rust(R"(.*(rust|cargo).*)");
        if (!compiler.matches(bare(name))) return;
        static const Expression builder(R"(cmake3?|meson)");
        if (builder.matches(bare(name))) result_.builder = bare(name);
        result_.compiler = true;
        (rust.matches(name) ? result_.rust : result_.other_than_rust) = true;
        result_.found.push_back({line, "compiles: " + name});
    }

    void see_headers(std::size_t line, const std::string& name) {
        static const Expression python(
            R"((^|[^a-z0-9-])(lib)?python[0-9.]*(%\{[^}]*\})?[0-9.]*-(devel|dev)\b|)"
            R"(^%\{[^}]*py[^}]*\}-(devel|dev)\b|)"
            R"(pkgconfig\(python|%\{python_module devel|/include/python|^python[^-]*-(devel|dev)\b|)"
            R"(^buildreq-distutils)");
        static const Expression other(R"(-(devel|dev|static)(\(|\b)|^pkgconfig\(|^cmake\(|^lib.*-(devel|dev)\b)");
        if (python.is_in(name)) {
            if (!result_.python_headers) result_.found.push_back({line, "may compile for Python: " + name});
            result_.python_headers = true;
        } else if (other.is_in(name)) {
            result_.other_headers = true;
        }
    }

    /// Without "(x86-64)", "%{?_isa}" and the like.
    static std::string bare(const std::string& name) { return name.substr(0, name.find_first_of("(%{")); }

    const MacroValues& values_;
    BuildRequirements result_;
};

}  // namespace

BuildRequirements build_requirements(const spectext::SpecText& spec, const MacroValues& values) {
    Reader reader(values);
    for (const spectext::Section& section : spec.sections()) {
        if (section.kind != SectionKind::preamble && section.kind != SectionKind::package) continue;
        for (std::size_t i = section.begin; i < section.end; ++i) {
            const spectext::Line& line = spec.lines()[i];
            if (line.kind != LineKind::content && line.kind != LineKind::continuation) continue;
            auto tag = spectext::tag_of(line.text);
            if (!tag) tag = spectext::conditional_tag_of(line.text);
            if (tag && tag->asks_for_build()) reader.read(i, tag->value);
        }
    }
    return reader.result();
}

}  // namespace pystacks::transform
