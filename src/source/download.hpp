#pragma once

#include <filesystem>
#include <string>

#include "report/progress.hpp"

namespace pystacks::source {

/// Gets @p url (http or https) into @p part, resuming where an earlier try stopped; the proxies of the environment are
/// used as curl uses them. A connection that is lost is taken up again as long as something arrives.
///
/// What is in @p part is not trusted: the caller checks the content.
/// @param progress may be null; gets "advanced" events of lane "stack", phase "fetch", in bytes
/// @throws Error that names the URL; @p part keeps what arrived, except after an answer that says it is useless
void download(const std::string& url, const std::filesystem::path& part, report::ProgressSink* progress);

/// Whether @p text starts with a scheme, "https:"; otherwise it names a file.
[[nodiscard]] bool has_scheme(const std::string& text) noexcept;

}  // namespace pystacks::source
