#pragma once

#include <filesystem>
#include <string>

#include <rpm/header.h>
#include <rpm/rpmio.h>

#include "rpm/owned.hpp"

namespace pystacks::rpm {

/// A package file that is open behind its header: what is read from it next is the payload.
struct OpenPackage {
    Owned<FD_t, Fclose> file;
    Owned<Header, headerFree> header;
};

/// Opens @p path and reads its header, the digests of which are checked; signatures are not.
/// @throws Error (usage) when it is not an rpm package, or its header is damaged.
[[nodiscard]] OpenPackage open_package(const std::filesystem::path& path);

[[nodiscard]] std::string hexadecimal(const unsigned char* bytes, std::size_t size);

}  // namespace pystacks::rpm
