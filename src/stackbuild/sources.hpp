#pragma once

#include <filesystem>
#include <vector>

#include "report/progress.hpp"
#include "source/fetch.hpp"
#include "stack/stack.hpp"

namespace pystacks::stackbuild {

/// All sources of @p expanded into @p folder, checked.
/// @param also a folder to look in first; may be empty
std::vector<source::Fetched> fetch_sources(const stack::Stack& expanded, const std::filesystem::path& folder,
                                           const std::filesystem::path& also, source::FetchOptions::Network network,
                                           report::ProgressSink& display);

}  // namespace pystacks::stackbuild
