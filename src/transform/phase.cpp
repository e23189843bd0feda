#include "transform/phase.hpp"

#include "transform/module_owner.hpp"

namespace pystacks::transform {

using spectext::Section;
using spectext::SectionKind;
using spectext::SectionPart;
using spectext::SpecText;

const Section* PhaseSections::last() const {
    if (!whole.empty()) return whole.front();
    return appended.empty() ? nullptr : appended.back();
}

PhaseSections phase_of(const SpecText& spec, SectionKind kind) {
    PhaseSections phase;
    for (const Section* section : spec.all(kind)) {
        switch (section->part()) {
            case SectionPart::whole:
                phase.whole.push_back(section);
                break;
            case SectionPart::appended:
                phase.appended.push_back(section);
                break;
            case SectionPart::prepended:
                phase.prepended.push_back(section);
                break;
        }
    }
    return phase;
}

std::size_t build_system_line(const SpecText& spec) { return tag_line(spec, spec.sections().front(), "buildsystem"); }

std::string build_system(const SpecText& spec) { return std::string(tag_value(spec, build_system_line(spec))); }

}  // namespace pystacks::transform
