#include "cli/rpm_run_options.hpp"

#include <vector>

#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/switch_options.hpp"

namespace pystacks::cli {
namespace {

/// So that it can be typed again.
std::string typed_command() {
    std::vector<std::string> arguments = split(read_file("/proc/self/cmdline"), '\0');
    if (!arguments.empty() && arguments.back().empty()) arguments.pop_back();
    return shell_join(arguments);
}

}  // namespace

void add_to(Arguments& app, RpmRunOptions& options) {
    app.add_option("STACK", options.stack, "a stack's name, its folder or its stack.toml").required();
    add_switches(app, options.request.switches);
    app.add_option("-j,--jobs", options.request.jobs, "processes at a time").in_range(1, 4096).type_name("N");
    app.add_option("--output", options.request.output, "folder for everything, in rpmbuild's layout")
        .type_name("DIR")
        .show_default();
    app.add_option("--sources", options.request.sources, "a folder to look for sources in first")
        .type_name("DIR")
        .existing_folder();
    app.add_flag("--offline", options.request.offline, "fetch nothing");
    app.add_flag("--nodeps", options.request.nodeps, "do not check for what the build needs");
}

stackbuild::RpmRunRequest request_of(const RpmRunOptions& options) {
    stackbuild::RpmRunRequest request = options.request;
    request.command = typed_command();
    return request;
}

}  // namespace pystacks::cli
