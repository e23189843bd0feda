#include "rpm/repository.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/shared_object.hpp"
#include "createrepo/createrepo.hpp"

namespace pystacks::rpm {

void write_repository(const fs::path& folder, const std::vector<fs::path>& packages) {
    static auto* const write = function_of<createrepo::Write>(createrepo::object, createrepo::write_symbol);
    const fs::path data = folder / "repodata";
    remove_tree(data);
    make_directories(data);
    createrepo::MetadataResult result;
    write({data, packages}, result);
    if (!result.failed.empty()) throw Error("cannot make a repository", result.failed.string(), result.why);
    write_file_atomically(data / "repomd.xml", result.index);
}

}  // namespace pystacks::rpm
