#pragma once

#include <string>
#include <vector>

namespace pystacks::rpm {

/// rpmbuild's switches that change how a spec is read, with rpmbuild's meaning.
struct Switches {
    std::vector<std::string> with, without;
    std::vector<std::string> defines;  ///< "NAME VALUE"
};

}  // namespace pystacks::rpm
