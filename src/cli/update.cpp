#include "cli/update.hpp"

#include <memory>
#include <string>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "release/stack_update.hpp"
#include "report/progress_log.hpp"
#include "source/download.hpp"

namespace pystacks::cli::update {
namespace {

void download(const std::string& url, const fs::path& file) {
    const std::unique_ptr<report::ProgressSink> display = report::make_display();
    source::download(url, file, display.get());
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("VERSION", options.version, "the patch release to move to, such as 3.13.6").required();
    app.add_option("STACK", options.stack, "a stack's folder; by default the current one");
    app.add_option("--tarball", options.tarball, "the source of that release").type_name("FILE").existing_file();
    app.add_option("--sources", options.sources, "a folder to look for the source in, and to fetch it into")
        .type_name("DIR")
        .show_default();
}

int run(const Options& options) {
    const release::StackUpdate done = release::update_stack({.version = options.version,
                                                             .stack = options.stack,
                                                             .tarball = options.tarball,
                                                             .sources = options.sources,
                                                             .download = download});
    log::say(log::Level::info,
             fmt::format("{} is now of Python {} (was {})", done.file.string(), done.after.text(), done.before.text()));
    for (const std::string& each : done.changes) log::info(each);
    log::info(
        fmt::format("all patches apply; check the new changelog entry, then run: pystacks build {} -bp\n"
                    "If the new source has other wheels, that says what to change in [[wheels]]",
                    shell_quote(options.stack)));
    return 0;
}

}  // namespace pystacks::cli::update
