#pragma once

#include <memory>
#include <type_traits>

namespace pystacks::rpm {

template <auto Release>
struct Releaser {
    template <typename Object>
    void operator()(Object* object) const noexcept {
        Release(object);
    }
};

/// One of librpm's handles, which are pointers, with the function that gives it back: Owned<rpmts, rpmtsFree>.
template <typename Handle, auto Release>
using Owned = std::unique_ptr<std::remove_pointer_t<Handle>, Releaser<Release>>;

}  // namespace pystacks::rpm
