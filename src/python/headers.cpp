#include "python/headers.hpp"

#include <cstddef>
#include <utility>

namespace pystacks::python {
namespace {

/// Whether a header is CPython's, by its place below the folder. Extensions put theirs into folders of their own name
/// beside those: greenlet/greenlet.h.
bool is_pythons_own(std::string_view path) {
    const std::size_t slash = path.find('/');
    const std::string_view folder = path.substr(0, slash);
    return slash == std::string_view::npos || folder == "cpython" || folder == "internal";
}

}  // namespace

std::optional<Headers> headers_of(std::string_view path) {
    constexpr std::string_view mark = "/include/python";
    for (std::size_t at = path.find(mark); at != std::string_view::npos; at = path.find(mark, at + 1)) {
        const std::string_view rest = path.substr(at + mark.size());
        const std::size_t length = version_length(rest);
        const std::size_t end = rest.find('/');
        if (length == 0 || end == std::string_view::npos || end < length) continue;
        const std::optional<Traits> traits = traits_of_suffix(rest.substr(length, end - length));
        if (!traits || !is_pythons_own(rest.substr(end + 1))) continue;
        return Headers{std::string(path.substr(0, at + mark.size() + end)),
                       {std::string(rest.substr(0, length)), *traits}};
    }
    return std::nullopt;
}

std::set<Headers> headers_among(const std::set<std::string>& files) {
    std::set<Headers> found;
    for (const std::string& file : files) {
        if (std::optional<Headers> headers = headers_of(file)) found.insert(std::move(*headers));
    }
    return found;
}

}  // namespace pystacks::python
