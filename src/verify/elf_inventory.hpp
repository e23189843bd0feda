#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "tree/elf.hpp"
#include "verify/subject.hpp"

namespace pystacks::verify {

/// An ELF file of the packages.
struct ElfFile {
    std::string path;
    const rpm::Package* package = nullptr;
    std::string configuration;  ///< of its package; empty where nobody can tell
    tree::ElfInfo info;
};

/// All executables and shared objects of the packages, debuginfo aside; read when first asked for. Thread-safe.
class ElfInventory {
public:
    explicit ElfInventory(const Subject& subject) : subject_(subject) {}
    [[nodiscard]] const std::vector<ElfFile>& files();

private:
    const Subject& subject_;
    std::once_flag once_;
    std::vector<ElfFile> files_;
};

}  // namespace pystacks::verify
