#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "rpm/package.hpp"

/// The payload of a package: the bytes of its files. It is untrusted, so no name of the package ever becomes a name on
/// disk, no link is made, and no more bytes are written than the header promised. One thread at a time, as package.hpp.
namespace pystacks::rpm {

/// Compares the payload's bytes with the digest that the header has of them; a payload that was cut off or damaged does
/// not pass. A package of before rpm 4.14 has no such digest: its payload is read to its end instead.
/// @throws Error (usage) that names the file.
void check_payload(const std::filesystem::path& package);

/// What unpack_contents() leaves below its folder: the bytes of one file of the package, named by their digest.
[[nodiscard]] std::filesystem::path unpacked_content(const std::filesystem::path& folder, const std::string& digest);

/// Unpacks, once each, the contents whose digest is among @p digests (PackageFile::digest) into @p folder, an existing
/// folder of our own. Every content is checked against its digest on the way.
/// @throws Error (usage) that names the package when its payload is damaged or lacks one of the contents, as it does
/// those of %ghost files; Error when the disk has too little space.
void unpack_contents(const Package& package, const std::set<std::string>& digests, const std::filesystem::path& folder);

}  // namespace pystacks::rpm
