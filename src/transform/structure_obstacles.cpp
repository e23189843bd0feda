#include <algorithm>
#include <array>
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

bool makes_sections(std::string_view text) {
    static const std::regex header(R"(%(package|files|description|prep|build|install|check)(\s|$|\\))");
    return std::regex_search(text.begin(), text.end(), header);
}

class Structure {
public:
    explicit Structure(const SpecText& spec) : spec_(spec) {}

    std::vector<Refusal> look() {
        if (spec_.broken_line() != no_line) add(Reason::broken_text, spec_.broken_line());
        for (std::size_t i = 0; i < spec_.lines().size(); ++i) look_at(i);
        look_at_build_system();
        std::size_t last = 0;
        for (const SectionKind kind : {SectionKind::prep, SectionKind::build, SectionKind::install}) {
            look_at_section(kind, last);
        }
        return std::move(found_);
    }

private:
    void add(Reason reason, std::size_t line, std::string detail = {}) {
        if (detail.empty() && line < spec_.lines().size()) detail = trim(spec_.lines()[line].text);
        found_.push_back({reason, line, std::move(detail)});
    }

    void look_at(std::size_t i) {
        const spectext::Line& line = spec_.lines()[i];
        if (spec_.sections()[line.section].kind == SectionKind::changelog) return;
        if (line.kind == LineKind::comment || line.kind == LineKind::continuation) return;
        if (line.kind == LineKind::include) add(Reason::included_text, i);
        if (line.text.find("debug_build") != std::string_view::npos ||
            line.text.find("pydebug_") != std::string_view::npos) {
            add(Reason::by_hand, i);
        }
        if (line.kind == LineKind::header) return look_at_header(i);
        if (line.text.find('%') == std::string_view::npos) return;
        const std::string_view whole = spec_.logical(i);
        if (whole.find("%{lua:") != std::string_view::npos && prints_sections(whole)) {
            add(Reason::sections_from_lua, i);
        } else if ((line.kind == LineKind::definition || whole.size() > line.text.size()) && makes_sections(whole)) {
            add(Reason::sections_from_macros, i);
        }
    }

    static bool prints_sections(std::string_view text) {
        static const std::regex word(R"(package|files|description|%build|%install|%prep)");
        return std::regex_search(text.begin(), text.end(), word) &&
               (text.find("print") != std::string_view::npos || text.find("expand") != std::string_view::npos);
    }

    void look_at_header(std::size_t i) {
        const Section& section = spec_.sections()[spec_.lines()[i].section];
        if (section.kind == SectionKind::conf) add(Reason::declarative_build, i);
        if (section.kind == SectionKind::package && section.options == "debug") add(Reason::by_hand, i);
        const bool script = section.kind == SectionKind::prep || section.kind == SectionKind::build ||
                            section.kind == SectionKind::install || section.kind == SectionKind::check;
        if (script && (section.options.starts_with("-a") || section.options.starts_with("-p"))) {
            add(Reason::declarative_build, i);
        }
    }

    void look_at_build_system() {
        const std::size_t line = tag_line(spec_, spec_.sections().front(), "buildsystem");
        if (line != no_line) add(Reason::declarative_build, line);
    }

    void look_at_section(SectionKind kind, std::size_t& last) {
        const std::vector<const Section*> all = spec_.all(kind);
        if (all.empty()) {
            // A build without %build does everything in %install, which is repeated whole.
            if (kind != SectionKind::build) add(Reason::section_missing, 0, std::string(name_of(kind)));
            return;
        }
        if (all.size() > 1) return add(Reason::section_twice, all[1]->header);
        const Section& section = *all.front();
        if (section.header < last) add(Reason::section_order, section.header);
        last = section.header;
        const std::size_t end = spec_.last_own_line(section);
        if (spec_.lines()[section.header].branch != 0) {
            add(Reason::section_conditional, section.header);
        } else if (spec_.branch_after(end) != 0) {
            add(Reason::section_conditional, end);
        }
    }

    const SpecText& spec_;
    std::vector<Refusal> found_;
};

}  // namespace

std::vector<Refusal> structure_obstacles(const SpecText& spec) { return Structure(spec).look(); }

}  // namespace pystacks::transform
