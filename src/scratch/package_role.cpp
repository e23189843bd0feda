#include "scratch/package_role.hpp"

namespace pystacks::scratch {

Role role_of(const rpm::Package& package) {
    if (package.is_source) return Role::source;
    const bool debuginfo = package.name.ends_with("-debuginfo") || package.name.ends_with("-debugsource");
    return debuginfo ? Role::debuginfo : Role::program;
}

}  // namespace pystacks::scratch
