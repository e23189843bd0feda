#include "build/stage_setup.hpp"

#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "build/context.hpp"
#include "build/environment.hpp"

namespace pystacks::build {

std::string source_date_epoch(const stack::Stack& stack, const fs::path& sources, report::ProgressSink& progress) {
    const Environment environment = current_environment();
    const auto given = environment.find("SOURCE_DATE_EPOCH");
    if (given != environment.end() && !given->second.empty()) return given->second;
    for (const stack::Source& source : stack.sources) {
        struct stat status = {};
        if (::stat((sources / source.file_name()).c_str(), &status) != 0) continue;
        std::string result = std::to_string(status.st_mtime);
        report::post_message(
            progress, common_lane,
            fmt::format("SOURCE_DATE_EPOCH is not set: taking {}, the time of {}", result, source.file_name()));
        return result;
    }
    throw Error(ErrorKind::usage, "cannot start a stage", "SOURCE_DATE_EPOCH",
                "it is not set, and there is no source to take the time from");
}

fs::path canonical_builddir(const fs::path& builddir) {
    make_directories(builddir);
    std::error_code error;
    fs::path result = fs::canonical(builddir, error);
    if (error) throw system_error(error.value(), "cannot use the build folder", builddir.string());
    if (result.parent_path() == result.root_path()) {
        throw Error(ErrorKind::usage, "cannot use the build folder", result.string(),
                    "it must not be directly below /");
    }
    return result;
}

}  // namespace pystacks::build
