#include "extension/build_root.hpp"

#include <sys/stat.h>

#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::extension;

namespace {

scratch::PackageSet packages(const std::vector<std::string>& paths) {
    rpm::Package package;
    package.name = "python";
    for (const std::string& path : paths) {
        rpm::PackageFile file;
        file.path = path;
        file.mode = S_IFREG | 0755;
        package.files.push_back(file);
    }
    return scratch::PackageSet({package});
}

}  // namespace

TEST_CASE("packages are built with a release interpreter that has a debug interpreter beside it") {
    const std::vector<std::string> found = paired_interpreters(packages(
        {"/usr/bin/python", "/usr/bin/python-debug", "/usr/bin/python2.7", "/usr/bin/python2.7-config",
         "/usr/bin/python2.7-debug", "/usr/bin/python2.7-debug-config", "/usr/bin/python3.11", "/usr/bin/python3.13",
         "/usr/bin/python3.13-debug", "/usr/share/doc/python3.14", "/usr/share/doc/python3.14-debug"}));
    CHECK(found == std::vector<std::string>{"/usr/bin/python2.7", "/usr/bin/python3.13"});
}
