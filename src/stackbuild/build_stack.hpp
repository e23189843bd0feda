#pragma once

#include <filesystem>
#include <vector>

#include "report/progress.hpp"
#include "stack/stack.hpp"
#include "stackbuild/build_stamp.hpp"
#include "stackbuild/rpm_run.hpp"

namespace pystacks::stackbuild {

/// What a build left.
struct BuildOutcome {
    enum class How { built, up_to_date } how = How::built;
    std::vector<BuiltFile> files;
    std::filesystem::path comparison;  ///< comparison.json; may not exist
    std::filesystem::path log;
    double seconds = 0;  ///< that it took, all of it
};

/// From the stack's description (load_stack()) to packages, in the output folder. Nothing is done when the last build
/// there had the same inputs and its packages are unchanged. @throws Error as the user should read it
[[nodiscard]] BuildOutcome build_stack(const RpmRunRequest& request, stack::Stack raw, report::ProgressSink& display);

}  // namespace pystacks::stackbuild
