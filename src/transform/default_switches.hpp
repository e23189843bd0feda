#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "spectext/spec_text.hpp"

namespace pystacks::transform {

/// The bconds that a spec defines once, outside of conditions and by a plain value: what they are unless the packager
/// asks for something else.
class DefaultSwitches {
public:
    explicit DefaultSwitches(const spectext::SpecText& spec);

    /// Whether nothing in the branch is read by default: "%if %{with docs}" below "%bcond docs 0".
    [[nodiscard]] bool off(std::size_t branch) const;

private:
    const spectext::SpecText& spec_;
    std::map<std::string, bool> values_;
    bool hidden_ = false;  ///< part of the spec is elsewhere
};

}  // namespace pystacks::transform
