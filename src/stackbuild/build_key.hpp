#pragma once

#include "base/input_list.hpp"
#include "host/host.hpp"
#include "rpm/builder.hpp"
#include "stackbuild/workspace.hpp"

namespace pystacks::stackbuild {

/// Everything that decides which bytes a build gives: this program, the spec, the expanded stack, sources, switches,
/// the tools and libraries of the host.
[[nodiscard]] InputList build_key(const Workspace& workspace, rpm::Amount amount, const host::Host& host);

}  // namespace pystacks::stackbuild
