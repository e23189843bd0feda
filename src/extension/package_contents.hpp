#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/temporary_directory.hpp"
#include "rpm/package.hpp"
#include "tree/elf.hpp"

namespace pystacks::extension {

/// What @p file of @p package is if it is a regular file, or leads to within its folder if it is a link: "_y.so" to
/// "_y.so.0.0.0". Null for everything else.
[[nodiscard]] const rpm::PackageFile* regular_file(const rpm::Package& package, const rpm::PackageFile& file);

/// The bytes of single files of packages, unpacked when asked for. Of a package, all shared objects are unpacked at the
/// first question, as a payload can only be read from its beginning. One thread at a time.
class PackageContents {
public:
    /// @param packages outlive this
    explicit PackageContents(const std::vector<rpm::Package>& packages);

    /// Where the bytes of @p file are. @throws Error (usage) when the payload is damaged.
    [[nodiscard]] std::filesystem::path file(const rpm::Package& package, const rpm::PackageFile& file);

    /// The separate debug information of an ELF file, by its build id; empty when no -debuginfo package has it.
    [[nodiscard]] std::filesystem::path debug_information(const tree::ElfInfo& elf);

private:
    struct Place {
        const rpm::Package* package;
        const rpm::PackageFile* file;
    };

    const std::vector<rpm::Package>& packages_;
    TemporaryDirectory folder_;
    std::map<const rpm::Package*, std::filesystem::path> unpacked_;
    std::map<std::string, Place> debug_files_;  ///< of -debuginfo packages, by path
};

}  // namespace pystacks::extension
