#include "rpm/package_scriptlets.hpp"

#include <rpm/header.h>
#include <rpm/rpmtag.h>
#include <rpm/rpmtd.h>

#include "base/text.hpp"

namespace pystacks::rpm {

namespace {

struct ScriptletTags {
    const char* kind;
    rpmTagVal body, program;
};

constexpr ScriptletTags scriptlet_tags[] = {
    {"%pretrans", RPMTAG_PRETRANS, RPMTAG_PRETRANSPROG},
    {"%pre", RPMTAG_PREIN, RPMTAG_PREINPROG},
    {"%post", RPMTAG_POSTIN, RPMTAG_POSTINPROG},
    {"%preun", RPMTAG_PREUN, RPMTAG_PREUNPROG},
    {"%postun", RPMTAG_POSTUN, RPMTAG_POSTUNPROG},
    {"%posttrans", RPMTAG_POSTTRANS, RPMTAG_POSTTRANSPROG},
    {"%verifyscript", RPMTAG_VERIFYSCRIPT, RPMTAG_VERIFYSCRIPTPROG},
};

struct TriggerTags {
    const char* prefix;  ///< before the trigger's own type ("in", "un" …)
    rpmTagVal type, conditions, body, program;
};

constexpr TriggerTags trigger_tags[] = {
    {"%trigger", RPMTAG_TRIGGERTYPE, RPMTAG_TRIGGERCONDS, RPMTAG_TRIGGERSCRIPTS, RPMTAG_TRIGGERSCRIPTPROG},
    {"%filetrigger", RPMTAG_FILETRIGGERTYPE, RPMTAG_FILETRIGGERCONDS, RPMTAG_FILETRIGGERSCRIPTS,
     RPMTAG_FILETRIGGERSCRIPTPROG},
    {"%transfiletrigger", RPMTAG_TRANSFILETRIGGERTYPE, RPMTAG_TRANSFILETRIGGERCONDS, RPMTAG_TRANSFILETRIGGERSCRIPTS,
     RPMTAG_TRANSFILETRIGGERSCRIPTPROG},
};

/// The strings of a tag: one, or an array of them. Empty when the header does not have it.
std::vector<std::string> strings(Header header, rpmTagVal tag) {
    std::vector<std::string> result;
    rpmtd_s data{};
    if (headerGet(header, tag, &data, HEADERGET_EXT) == 0) return result;
    while (rpmtdNext(&data) >= 0) {
        const char* text = rpmtdGetString(&data);
        result.emplace_back(text == nullptr ? "" : text);
    }
    rpmtdFreeData(&data);
    return result;
}

std::string at(const std::vector<std::string>& list, std::size_t index) {
    return index < list.size() ? list[index] : std::string();
}

}  // namespace

std::vector<Scriptlet> read_scriptlets(Header header) {
    std::vector<Scriptlet> result;
    for (const ScriptletTags& tags : scriptlet_tags) {
        const std::vector<std::string> body = strings(header, tags.body);
        const std::vector<std::string> program = strings(header, tags.program);
        if (!body.empty() || !program.empty()) result.push_back({tags.kind, join(program, " "), at(body, 0)});
    }
    for (const TriggerTags& tags : trigger_tags) {
        const std::vector<std::string> bodies = strings(header, tags.body);
        const std::vector<std::string> programs = strings(header, tags.program);
        const std::vector<std::string> types = strings(header, tags.type);
        const std::vector<std::string> conditions = strings(header, tags.conditions);
        for (std::size_t index = 0; index < bodies.size(); ++index) {
            result.push_back(
                {tags.prefix + at(types, index) + " -- " + at(conditions, index), at(programs, index), bodies[index]});
        }
    }
    return result;
}

}  // namespace pystacks::rpm
