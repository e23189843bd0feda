#include "cli/switch_options.hpp"

namespace pystacks::cli {

void add_switches(Arguments& app, rpm::Switches& switches) {
    // One value an option, as rpmbuild has it: what follows is not eaten.
    app.add_option("--with", switches.with, "turn a bcond on").type_name("BCOND").one_value();
    app.add_option("--without", switches.without, "turn a bcond off").type_name("BCOND").one_value();
    app.add_option("-D,--define", switches.defines, "define an rpm macro").type_name("'NAME VALUE'").one_value();
}

}  // namespace pystacks::cli
