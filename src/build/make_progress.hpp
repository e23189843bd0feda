#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "report/progress.hpp"

namespace pystacks::build {

/// How many object files a Makefile will make: the distinct names that end in `.o`. An estimate for a progress line.
[[nodiscard]] std::uint64_t count_objects(std::string_view makefile);

/// Whether a line of make's output is the command that compiles an object.
[[nodiscard]] bool compiles_object(std::string_view line);

/// While it lives, a thread reads the growing log a few times a second and posts how many objects were compiled.
class MakeWatcher {
public:
    /// @param makefile what configure generated; may be missing, then the total is unknown
    MakeWatcher(report::ProgressSink& progress, std::string lane, std::filesystem::path log,
                const std::filesystem::path& makefile);
    MakeWatcher(const MakeWatcher&) = delete;
    MakeWatcher& operator=(const MakeWatcher&) = delete;
    ~MakeWatcher();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pystacks::build
