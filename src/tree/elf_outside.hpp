#pragma once

#include "tree/elf_image.hpp"

namespace pystacks::tree {

/// Whether two files with the same code have nothing but build ids and debug links in which they differ: what is in no
/// section and no loaded segment is the same (padding, bytes behind the end, the empty section header), and the
/// sections of build id and debug link hold just these. Zeros that align what follows do not count.
[[nodiscard]] bool same_outside(const ElfImage& a, const ElfImage& b);

}  // namespace pystacks::tree
