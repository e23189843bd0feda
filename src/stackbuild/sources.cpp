#include "stackbuild/sources.hpp"

#include <utility>

#include "base/file.hpp"
#include "base/hash.hpp"
#include "process/interruption.hpp"

namespace pystacks::stackbuild {
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

}  // namespace pystacks::stackbuild
