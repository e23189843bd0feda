#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pystacks::tree {

/// What two ELF files have in common beyond their metadata.
struct ElfSections {
    bool same_code = false;         ///< all that is in sections and loaded is the same, but .note.gnu.build-id and
                                    ///< .gnu_debuglink
    bool only_identifiers = false;  ///< the same code, and outside of sections nothing differs either (elf_outside.hpp)
    std::vector<std::string> differ;  ///< names of sections with other bytes, or that only one file has; A's order
};

/// Compares two whole ELF files section by section. Same code are two files with equal headers, equal bytes in all
/// loaded segments except for the build id, and equal sections except for build id and debug link; only the offsets of
/// sections in the file may differ, because a debug link of another length moves the sections after it. Files that are
/// damaged or have no sections differ.
[[nodiscard]] ElfSections compare_sections(std::string_view a, std::string_view b);

}  // namespace pystacks::tree
