#include "cli/fetch.hpp"

#include <memory>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/temporary_directory.hpp"
#include "cli/print.hpp"
#include "cli/workspace.hpp"
#include "log/log.hpp"
#include "process/interruption.hpp"
#include "report/progress_log.hpp"

namespace pystacks::cli::fetch {

namespace {

bool same_content(const fs::path& first, const fs::path& second) {
    if (!fs::exists(second)) return false;
    return fs::equivalent(first, second) || content_digest_file(first) == content_digest_file(second);
}

}  // namespace

std::vector<source::Fetched> fetch_sources(const stack::Stack& expanded, const std::filesystem::path& folder,
                                           const std::filesystem::path& also, source::FetchOptions::Network network,
                                           report::ProgressSink& display) {
    source::FetchOptions how;
    how.folder = folder;
    how.network = network;
    how.progress = &display;
    if (!also.empty()) how.also_look_in.push_back(fs::absolute(also));
    std::vector<source::Fetched> all;
    for (const stack::Source& source : expanded.sources) {
        process::throw_if_interrupted();
        source::Fetched fetched = source::fetch(source, expanded.version, source.place.folder(), how);
        // What is beside stack.toml is used from there; a spec wants all its sources in one folder.
        const fs::path wanted = folder / fetched.file.filename();
        if (!same_content(fetched.file, wanted)) copy_regular_file(fetched.file, wanted);
        fetched.file = wanted;
        all.push_back(std::move(fetched));
    }
    return all;
}

void add_to(Arguments& app, Options& options) {
    app.add_option("STACK", options.stack, "a stack's name, its folder or its stack.toml").required();
    app.add_option("--sources", options.sources, "the source folder").type_name("DIR").show_default();
    app.add_flag("--offline", options.offline, "only look in the source folder");
    add_switches(app, options.switches);
}

int run(const Options& options) {
    // Which sources there are, and where, is for rpm to say; its topdir is of no further use.
    const TemporaryDirectory topdir(temporary_folder(), "pystacks-fetch");
    const Workspace workspace =
        open_workspace(load_stack(options.stack, options.switches), topdir.path(), options.switches);
    using Network = source::FetchOptions::Network;
    std::vector<source::Fetched> all;
    {
        const std::unique_ptr<report::ProgressSink> display = report::make_display();
        all = fetch_sources(workspace.expanded, fs::absolute(options.sources), {},
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
