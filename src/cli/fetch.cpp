#include "cli/fetch.hpp"

#include <memory>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "cli/print.hpp"
#include "cli/switch_options.hpp"
#include "log/log.hpp"
#include "report/progress_log.hpp"
#include "source/fetch.hpp"
#include "stackbuild/sources.hpp"
#include "stackbuild/workspace.hpp"

namespace pystacks::cli::fetch {

void add_to(Arguments& app, Options& options) {
    app.add_option("STACK", options.stack, "a stack's name, its folder or its stack.toml").required();
    app.add_option("--sources", options.sources, "the source folder").type_name("DIR").show_default();
    app.add_flag("--offline", options.offline, "only look in the source folder");
    add_switches(app, options.switches);
}

int run(const Options& options) {
    // Which sources there are, and where, is for rpm to say; its topdir is of no further use.
    const TemporaryDirectory topdir(temporary_folder(), "pystacks-fetch");
    const stackbuild::Workspace workspace = stackbuild::open_workspace(
        stackbuild::load_stack(options.stack, options.switches), topdir.path(), options.switches);
    using Network = source::FetchOptions::Network;
    std::vector<source::Fetched> all;
    {
        const std::unique_ptr<report::ProgressSink> display = report::make_display();
        all = stackbuild::fetch_sources(workspace.expanded, fs::absolute(options.sources), {},
                                        options.offline ? Network::offline : Network::allowed, *display);
    }
    for (const source::Fetched& fetched : all) {
        print_data((options.sources / fetched.file.filename()).string() + "\n");
        log::info(fmt::format("{}: from {}; {}", fetched.file.filename().string(), fetched.origin,
                              fetched.verified_by.empty() ? "sha256 as expected" : "signed by " + fetched.verified_by));
    }
    return 0;
}

}  // namespace pystacks::cli::fetch
