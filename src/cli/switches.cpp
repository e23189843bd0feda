#include "cli/switches.hpp"

#include <algorithm>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pystacks::cli {
namespace {

void check_bconds(std::string_view option, const std::vector<std::string>& wanted, const stack::Stack& raw) {
    std::vector<std::string> known;
    for (const stack::Bcond& bcond : raw.bconds) known.push_back(bcond.name);
    for (const std::string& name : wanted) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        throw Error(ErrorKind::usage, "unknown switch", std::string(option) + " " + name,
                    did_you_mean(name, known, "the stack has no such bcond"),
                    known.empty() ? raw.name + " has no switches" : raw.name + " has: " + join(known, ", "));
    }
}

}  // namespace

void add_switches(Arguments& app, Switches& switches) {
    // One value an option, as rpmbuild has it: what follows is not eaten.
    app.add_option("--with", switches.with, "turn a bcond on").type_name("BCOND").one_value();
    app.add_option("--without", switches.without, "turn a bcond off").type_name("BCOND").one_value();
    app.add_option("-D,--define", switches.defines, "define an rpm macro").type_name("'NAME VALUE'").one_value();
}

void check_switches(const Switches& switches, const stack::Stack& raw) {
    check_bconds("--with", switches.with, raw);
    check_bconds("--without", switches.without, raw);
    for (const std::string& name : switches.with) {
        if (std::find(switches.without.begin(), switches.without.end(), name) == switches.without.end()) continue;
        throw Error(ErrorKind::usage, "cannot understand the command line", "--with " + name,
                    "it contradicts --without " + name, "give one of them");
    }
    for (const std::string& define : switches.defines) {
        if (split_words(define).size() >= 2) continue;
        throw Error(ErrorKind::usage, "cannot define a macro", define, "a name and a value are needed",
                    "for example: --define 'with_debug_build 0'");
    }
}

}  // namespace pystacks::cli
