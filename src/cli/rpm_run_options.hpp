#pragma once

#include <string>

#include "cli/arguments.hpp"
#include "stackbuild/rpm_run.hpp"

namespace pystacks::cli {

/// What the commands take that run rpm on a stack.
struct RpmRunOptions {
    std::string stack;
    stackbuild::RpmRunRequest request;
};

/// All but the amount, which is not everyone's to choose.
void add_to(Arguments& app, RpmRunOptions& options);

/// What was asked for; the command that resumes it is this program's command line as it was typed.
[[nodiscard]] stackbuild::RpmRunRequest request_of(const RpmRunOptions& options);

}  // namespace pystacks::cli
