#include <regex>

#include "base/text.hpp"
#include "spectext/line_words.hpp"
#include "transform/obstacles.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

bool matches(std::string_view text, const std::regex& pattern) {
    return std::regex_search(text.begin(), text.end(), pattern);
}

class Builds {
public:
    Builds(const SpecText& spec, const MacroValues& values) : spec_(spec), values_(values) {}

    std::vector<Refusal> look() {
        for (const Section* section : spec_.all(SectionKind::prep)) look_at_prep(*section);
        for (const SectionKind kind : {SectionKind::build, SectionKind::install}) {
            for (const Section* section : spec_.all(kind)) look_at_script(*section);
        }
        return std::move(found_);
    }

private:
    void add(Reason reason, std::size_t line) {
        found_.push_back({reason, line, std::string(trim(spec_.lines()[line].text))});
    }

    [[nodiscard]] bool is_code(std::size_t line) const {
        const LineKind kind = spec_.lines()[line].kind;
        return kind != LineKind::comment && kind != LineKind::blank;
    }

    void look_at_prep(const Section& section) {
        static const std::regex setup(R"(%\{?\??!?[a-z_]*setup\b)");
        static const std::regex beside(R"(%\{?(auto)?setup\b.*\s-b)");
        static const std::regex copied(R"(^\s*(cp|mv|ln)\s.*\s\.\./)");
        bool found = false;
        for (std::size_t i = section.begin; i < section.end; ++i) {
            if (!is_code(i)) continue;
            const std::string_view text = spec_.lines()[i].text;
            found |= matches(text, setup);
            if (matches(text, beside) || matches(text, copied)) add(Reason::several_trees, i);
            look_at_exit(i);
        }
        if (!found) add(Reason::no_tree, section.header);
    }

    void look_at_exit(std::size_t i) {
        static const std::regex leaves(R"(^(exit(\s+0)?|return)\s*$)");
        if (spec_.lines()[i].branch == 0 && matches(spec_.lines()[i].text, leaves))
            add(Reason::section_leaves_early, i);
    }

    void look_at_script(const Section& section) {
        for (std::size_t i = section.begin; i < section.end; ++i) {
            if (!is_code(i)) continue;
            look_at_exit(i);
            look_at_definition(i);
            look_at_command(i);
        }
    }

    /// Repeating "%global x constant" changes nothing.
    void look_at_definition(std::size_t i) {
        const spectext::Line& line = spec_.lines()[i];
        static const std::regex somewhere(
            R"(%(\{\?[^}]*:\s*%)?(global|define|undefine|bcond)\b|%\{(lua|load|include|global|define|undefine|define_if_undefined)[: ])");
        if (!matches(line.text, somewhere)) return;
        static const std::regex constant(
            R"(^\s*%(global|define)\s+\w+\s+([^%]|%\{nil\}|%nil\b|%\{(_prefix|_datadir|_libdir|_bindir|_sysconfdir|_localstatedir|_sharedstatedir|name|version)\})*$)");
        const bool same = line.kind == LineKind::definition && line.branch == 0 && matches(line.text, constant);
        if (!same) add(Reason::definition_in_section, i);
    }

    void look_at_command(std::size_t i) {
        static const std::regex several(
            R"(python3_other|%\{?__?python3_other|%\{?py2_|%\{?__python2|python2_site|^\s*for \w+ in [^`$]*python[^`/]*;\s*do)");
        static const std::regex removes(R"(^\s*rm\s)");
        static const std::regex mpi(R"(_(openmpi|mpich)_(un)?load|module load mpi|MPI_PYTHON3_SITEARCH)");
        static const std::regex path(R"((%\{_bindir\}|/usr/bin)/python(3|2|%\{|\b))");
        static const std::regex harmless(
            R"(\bsed\b|pathfix|shebang|#!|\bgrep\b|\brm\b|\bln\b|\bchmod\b|%\{?buildroot|RPM_BUILD_ROOT)");
        static const std::regex headers(R"((%\{_includedir\}|/usr/include)/python|-lpython|libpython[^ ]*\.so)");
        static const std::regex heavy(R"(%\{?(limit_build|constrain_build)\b)");
        const std::string text = values_.look(spec_.lines()[i].text);
        if (matches(text, several) && !matches(text, removes)) add(Reason::several_interpreters, i);
        if (matches(text, mpi)) add(Reason::several_builds, i);
        if (matches(text, path) && !matches(text, harmless)) add(Reason::other_interpreter, i);
        if (matches(text, headers) && !matches(text, harmless)) add(Reason::fixed_headers, i);
        if (matches(text, heavy)) add(Reason::heavy_build, i);
    }

    const SpecText& spec_;
    const MacroValues& values_;
    std::vector<Refusal> found_;
};

}  // namespace

std::vector<Refusal> build_obstacles(const SpecText& spec, const MacroValues& values) {
    return Builds(spec, values).look();
}

}  // namespace pystacks::transform
