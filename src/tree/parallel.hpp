#pragma once

#include <cstddef>
#include <functional>

namespace pystacks::tree {

/// Calls @p work with every index below @p count, in any order, on up to @p threads threads (0 and 1: on this one), and
/// returns when all are done. The first exception ends the loop early and is thrown again here.
void for_each_index(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace pystacks::tree
