#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks::build {

using Environment = std::map<std::string, std::string>;

/// What a child of a stage sees: only these variables, whatever the packager's shell has exported.
struct ChildEnvironment {
    Environment values;              ///< the whole environment
    std::vector<std::string> unset;  ///< names of the parent's that the child must not see

    /// Those of which the result of a build may depend: without PATH, HOME, TMPDIR and ccache's settings, and without
    /// the package's release unless @p linker_reads_package is set (a release bump must not compile everything again).
    [[nodiscard]] Environment counted(bool linker_reads_package) const;
};

/// The variables of this process.
[[nodiscard]] Environment current_environment();

/// Scrubs @p parent: keeps where tools, temporary files and the compiler cache are, what rpm says about the package
/// and its pkg-config path, and sets locale, time zone and hash seed to fixed values.
[[nodiscard]] ChildEnvironment child_environment(const Environment& parent, const std::string& source_date_epoch);

/// PATH without relative entries, without repetitions, and without what is in a home folder or a virtual
/// environment: a Python or a compiler wrapper from there must not decide what is in a package.
[[nodiscard]] std::string scrubbed_path(std::string_view path, const std::vector<std::string>& unwanted_folders);

}  // namespace pystacks::build
