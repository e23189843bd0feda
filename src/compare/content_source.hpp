#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/temporary_directory.hpp"
#include "compare/side.hpp"

namespace pystacks::compare {

/// Where the bytes of a side's files can be read: in the tree, or unpacked from the packages.
class ContentSource {
public:
    /// @param side has to outlive the object
    explicit ContentSource(const Side& side) : side_(side) {}

    /// Makes the contents of @p files, regular files of the side, readable. Call once, on one thread.
    /// @throws Error when a payload is damaged or there is too little space in the temporary folder.
    void fetch(const std::vector<const File*>& files);

    /// The path of the file's bytes; nothing is there for a content that was not fetched.
    [[nodiscard]] std::filesystem::path locate(const File& file) const;

private:
    [[nodiscard]] std::filesystem::path folder_of(std::size_t package) const;

    const Side& side_;
    std::unique_ptr<TemporaryDirectory> unpacked_;  ///< one folder a package, by its index
};

}  // namespace pystacks::compare
