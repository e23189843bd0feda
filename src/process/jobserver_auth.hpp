#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "process/jobserver.hpp"

namespace pystacks::process {

/// What MAKEFLAGS says of a jobserver.
struct JobserverAuth {
    Jobserver::Style style = Jobserver::Style::pipe;
    int read_end = -1;  ///< of a pipe
    int write_end = -1;
    std::filesystem::path path;  ///< of a FIFO
    int jobs = 0;                ///< N of -jN; 0 when it does not say

    /// The same as a value for MAKEFLAGS.
    [[nodiscard]] std::string makeflags() const;
};

/// The last jobserver that @p makeflags names ("--jobserver-auth=R,W", "--jobserver-auth=fifo:PATH", and before make
/// 4.2 "--jobserver-fds=R,W"). Nothing when it names none, or closed ends (negative numbers).
[[nodiscard]] std::optional<JobserverAuth> parse_makeflags(std::string_view makeflags);

/// The style that the make of this `make --version` wants: FIFO from 4.4 on.
[[nodiscard]] Jobserver::Style style_of_make(std::string_view version_text);

}  // namespace pystacks::process
