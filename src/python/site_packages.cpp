#include "python/site_packages.hpp"

namespace pystacks::python {

std::string_view site_packages_of(std::string_view path) {
    for (const std::string_view mark : {std::string_view("/site-packages/"), std::string_view("/dist-packages/")}) {
        const std::size_t at = path.find(mark);
        if (at != std::string_view::npos) return path.substr(0, at + mark.size() - 1);
    }
    return {};
}

}  // namespace pystacks::python
