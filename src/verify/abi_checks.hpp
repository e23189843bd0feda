#pragma once

#include <memory>
#include <string>
#include <vector>

#include "findings/check.hpp"
#include "verify/elf_inventory.hpp"

namespace pystacks::verify {

/// Rule 4, the ABI never mixes: from what ELF and DWARF say, never from names.
[[nodiscard]] std::vector<findings::Check> abi_checks(Subject& subject, const std::shared_ptr<ElfInventory>& inventory);

/// Where the debug information of a build id is installed: "/usr/lib/debug/.build-id/ab/cdef.debug".
[[nodiscard]] std::string debug_file_of(const std::string& build_id);

}  // namespace pystacks::verify
