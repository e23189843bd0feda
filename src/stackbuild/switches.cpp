#include "stackbuild/switches.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "log/log.hpp"

namespace pystacks::stackbuild {
namespace {

std::vector<std::string> names_of_bconds(const stack::Stack& raw) {
    std::vector<std::string> names;
    for (const stack::Bcond& bcond : raw.bconds) names.push_back(bcond.name);
    return names;
}

void check_bconds(std::string_view option, const std::vector<std::string>& wanted, const stack::Stack& raw) {
    const std::vector<std::string> known = names_of_bconds(raw);
    for (const std::string& name : wanted) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        throw Error(ErrorKind::usage, "unknown switch", std::string(option) + " " + name,
                    did_you_mean(name, known, "the stack has no such bcond"),
                    known.empty() ? raw.name + " has no switches" : raw.name + " has: " + join(known, ", "));
    }
}

/// A macro with_NAME switches a bcond as --with does. One of almost such a name may be meant as a macro, so it is no
/// error.
void check_definition(const std::string& define, const rpm::Switches& switches, const stack::Stack& raw) {
    const std::vector<std::string> words = split_words(define);
    if (words.size() < 2) {
        throw Error(ErrorKind::usage, "cannot define a macro", define, "a name and a value are needed",
                    "for example: --define 'with_debug_build 0'");
    }
    constexpr std::string_view beginning = "with_";
    if (!words.front().starts_with(beginning)) return;
    const std::string bcond = words.front().substr(beginning.size());
    const std::vector<std::string>& contrary = words[1] == "0" ? switches.with : switches.without;
    if (std::find(contrary.begin(), contrary.end(), bcond) != contrary.end()) {
        throw Error(ErrorKind::usage, "cannot understand the command line", "--define '" + define + "'",
                    fmt::format("it contradicts {} {}", words[1] == "0" ? "--with" : "--without", bcond),
                    "give one of them");
    }
    const std::vector<std::string> known = names_of_bconds(raw);
    if (std::find(known.begin(), known.end(), bcond) != known.end()) return;
    if (const std::optional<std::string> meant = nearest(bcond, known)) {
        log::say(log::Level::warning, fmt::format("warning: --define '{}': {} has no bcond {}; did you mean with_{}?",
                                                  define, raw.name, bcond, *meant));
    }
}

}  // namespace

void check_switches(const rpm::Switches& switches, const stack::Stack& raw) {
    check_bconds("--with", switches.with, raw);
    check_bconds("--without", switches.without, raw);
    for (const std::string& define : switches.defines) check_definition(define, switches, raw);
    for (const std::string& name : switches.with) {
        if (std::find(switches.without.begin(), switches.without.end(), name) == switches.without.end()) continue;
        throw Error(ErrorKind::usage, "cannot understand the command line", "--with " + name,
                    "it contradicts --without " + name, "give one of them");
    }
}

}  // namespace pystacks::stackbuild
