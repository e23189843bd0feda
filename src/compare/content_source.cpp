#include "compare/content_source.hpp"

#include <map>
#include <set>
#include <string>

#include "base/file.hpp"
#include "rpm/payload.hpp"

namespace pystacks::compare {
namespace {

/// The digest as the package has it, behind the number of its algorithm.
std::string package_digest(const File& file) { return file.digest.substr(file.digest.find(':') + 1); }

}  // namespace

void ContentSource::fetch(const std::vector<const File*>& files) {
    if (side_.is_tree || files.empty()) return;
    std::map<std::size_t, std::set<std::string>> wanted;
    for (const File* file : files) wanted[file->package].insert(package_digest(*file));
    unpacked_ = std::make_unique<TemporaryDirectory>(temporary_folder(), "pystacks-compare");
    for (const auto& [package, digests] : wanted) {
        make_directories(folder_of(package));
        rpm::unpack_contents(side_.packages[package], digests, folder_of(package));
    }
}

fs::path ContentSource::locate(const File& file) const {
    if (side_.is_tree) return side_.path / file.path.substr(1);
    return rpm::unpacked_content(folder_of(file.package), package_digest(file));
}

fs::path ContentSource::folder_of(std::size_t package) const { return unpacked_->path() / std::to_string(package); }

}  // namespace pystacks::compare
