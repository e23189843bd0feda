#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// The metadata of a package repository, made by createrepo_c. The shared object pystacks-createrepo.so has it (see
/// base/shared_object.hpp).
namespace pystacks::createrepo {

struct MetadataRequest {
    std::filesystem::path folder;                 ///< an empty one, for primary.xml, filelists.xml and other.xml
    std::vector<std::filesystem::path> packages;  ///< rpm files beside it
};

struct MetadataResult {
    std::string index;             ///< the text of repomd.xml, which makes the files a repository
    std::filesystem::path failed;  ///< the file that could not be read or written; empty: there was none
    std::string why;               ///< createrepo_c's words
};

inline constexpr const char* object = "pystacks-createrepo.so";

using Write = void(const MetadataRequest& request, MetadataResult& result);
inline constexpr const char* write_symbol = "pystacks_createrepo_write";

}  // namespace pystacks::createrepo

extern "C" [[gnu::visibility("default")]] pystacks::createrepo::Write pystacks_createrepo_write;
