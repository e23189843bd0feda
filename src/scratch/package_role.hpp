#pragma once

#include "rpm/package.hpp"

namespace pystacks::scratch {

/// What a package is for, by rpm's own conventions.
enum class Role {
    program,    ///< what somebody uses, of whatever configuration (package_configurations.hpp)
    debuginfo,  ///< -debuginfo and -debugsource
    source,
};

[[nodiscard]] Role role_of(const rpm::Package& package);

}  // namespace pystacks::scratch
