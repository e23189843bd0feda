#pragma once

#include <fstream>
#include <stdexcept>
#include <string_view>

#include "base/file.hpp"

namespace pystacks::tree {

/// Writes a file of a test, and the folders above it; without the fsync of write_file_atomically(), for there are many.
inline void write_test_file(const fs::path& path, std::string_view bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << bytes << std::flush;
    if (!file) throw std::runtime_error("cannot write " + path.string());
    fs::permissions(path, fs::perms(0644));
}

}  // namespace pystacks::tree
