#include "base/shown_path.hpp"

namespace pystacks {

std::string seen_from_here(const std::filesystem::path& path) {
    const std::filesystem::path relative = path.lexically_relative(std::filesystem::current_path());
    return relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

}  // namespace pystacks
