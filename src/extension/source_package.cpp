#include <set>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/names.hpp"
#include "base/temporary_directory.hpp"
#include "extension/package_build.hpp"
#include "rpm/package.hpp"
#include "rpm/payload.hpp"

namespace pystacks::extension {

std::string unpack_source_package(const fs::path& path, const fs::path& topdir) {
    constexpr const char* cannot_unpack = "cannot unpack the source package";
    const rpm::Package package = rpm::read_package(path);
    if (!package.is_source) {
        throw Error(ErrorKind::usage, cannot_unpack, path.string(), "it is a binary package", "give a spec or an SRPM");
    }
    std::set<std::string> digests;
    std::string spec;
    for (const rpm::PackageFile& file : package.files) {
        // It is the package that says these names, and what begins with a point is easily overlooked.
        if (file.path.starts_with('.')) {
            throw Error(ErrorKind::usage, cannot_unpack, path.string(),
                        "a file in it has the name " + quoted_name(file.path));
        }
        if (file.path.ends_with(".spec")) {
            if (!spec.empty()) throw Error(ErrorKind::usage, cannot_unpack, path.string(), "it has two specs");
            spec = file.path;
        }
        if (file.is_regular()) digests.insert(file.digest);
    }
    if (spec.empty()) throw Error(ErrorKind::usage, cannot_unpack, path.string(), "it has no spec");
    make_directories(topdir / "SPECS");
    make_directories(topdir / "SOURCES");
    const TemporaryDirectory contents(topdir, ".contents");
    rpm::unpack_contents(package, digests, contents.path());
    for (const rpm::PackageFile& file : package.files) {
        if (!file.is_regular()) continue;
        copy_regular_file(rpm::unpacked_content(contents.path(), file.digest),
                          topdir / (file.path == spec ? "SPECS" : "SOURCES") / file.path);
    }
    return spec;
}

}  // namespace pystacks::extension
