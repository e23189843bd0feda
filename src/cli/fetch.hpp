#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/switches.hpp"
#include "report/progress.hpp"
#include "source/fetch.hpp"
#include "stack/stack.hpp"

/// `pystacks fetch STACK`: its sources, checked, into the source folder.
namespace pystacks::cli::fetch {

struct Options {
    std::string stack;
    std::filesystem::path sources = "sources";
    bool offline = false;
    Switches switches;
};

void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);

/// All sources of @p expanded into @p folder, checked; the part that `pystacks build` has, too.
/// @param also a folder to look in first; may be empty
std::vector<source::Fetched> fetch_sources(const stack::Stack& expanded, const std::filesystem::path& folder,
                                           const std::filesystem::path& also, source::FetchOptions::Network network,
                                           report::ProgressSink& display);

}  // namespace pystacks::cli::fetch
