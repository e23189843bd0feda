#include "cli/new.hpp"

#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/print.hpp"
#include "host/data_folders.hpp"
#include "log/log.hpp"
#include "release/new_stack.hpp"

namespace pystacks::cli::new_stack {
namespace {

void tell(const release::NewStack& made) {
    std::string text = fmt::format("copied from {}:\n", made.model);
    for (const std::string& each : made.taken) text += "  " + each + "\n";
    text += "to check:\n";
    for (const std::string& each : made.to_look_at) text += "  " + each + "\n";
    const std::string folder = shell_quote(made.folder.string());
    log::info(text + fmt::format("next: pystacks doctor {0}, then pystacks build {0} --sources DIR -bp", folder));
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("VERSION", options.version, "a release of Python 3, such as 3.14.0").required();
    app.add_option("TARBALL", options.tarball, "its source, as upstream publishes it").required().existing_file();
    app.add_option("--from", options.from, "the stack to begin with; by default the nearest that is not newer")
        .type_name("STACK");
    app.add_option("--output", options.output, "the folder to make; by default pythonX.Y in this one").type_name("DIR");
}

int run(const Options& options) {
    const release::NewStack made = release::make_stack({.version = options.version,
                                                        .tarball = options.tarball,
                                                        .from = options.from,
                                                        .output = options.output,
                                                        .specs = host::data_folders().specs});
    print_data(made.folder.string() + "\n");
    tell(made);
    return 0;
}

}  // namespace pystacks::cli::new_stack
