#pragma once

#include <string>

#include "merge/comparison.hpp"

namespace pystacks::merge {

/// Whether two configurations install the same under one path.
struct Likeness {
    bool same = false;
    std::string how;  ///< "same bytes", or what differs: "1204 bytes in optimized, 1210 in debug; line 1: …"
};

/// Compares @p path, which both trees have. Modes of files count; those of directories do not, as every directory is
/// packaged as 0755. @throws Error when a file cannot be read.
[[nodiscard]] Likeness compare_path(const ConfigurationTree& first, const ConfigurationTree& second,
                                    const std::string& path);

/// Whether one of the two is a directory and the other is not. No choice between them could keep what is below.
[[nodiscard]] bool directory_meets_other(const ConfigurationTree& first, const ConfigurationTree& second,
                                         const std::string& path);

}  // namespace pystacks::merge
