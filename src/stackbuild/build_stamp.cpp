#include "stackbuild/build_stamp.hpp"

#include <utility>

#include "base/file.hpp"
#include "base/hash.hpp"
#include "log/log.hpp"

namespace pystacks::stackbuild {
namespace {

BuiltFile describe(const fs::path& path) { return {path, fs::file_size(path), content_digest_file(path).hex()}; }

}  // namespace

BuildStamp::BuildStamp(const std::filesystem::path& topdir, const std::string& name)
    : file_(topdir / ".pystacks" / (name + ".json")) {}

std::optional<std::vector<BuiltFile>> BuildStamp::finished(const InputList& key) const {
    const auto made = file_.made(key);
    if (!made) return std::nullopt;
    std::vector<BuiltFile> files;
    for (const MadeFile& each : *made) {
        BuiltFile file;
        if (fs::is_regular_file(each.path)) file = describe(each.path);
        if (file.digest != each.digest) {
            log::debug("the last build's " + each.path.string() + " is missing or has been changed");
            return std::nullopt;
        }
        files.push_back(std::move(file));
    }
    return files;
}

std::vector<std::string> BuildStamp::changed_inputs(const InputList& key) const { return file_.changed_inputs(key); }

std::vector<BuiltFile> BuildStamp::record(const InputList& key, const std::vector<std::filesystem::path>& files) const {
    std::vector<BuiltFile> built;
    std::vector<MadeFile> made;
    for (const fs::path& path : files) {
        built.push_back(describe(path));
        made.push_back({path, built.back().digest});
    }
    file_.write(key, made);
    return built;
}

}  // namespace pystacks::stackbuild
