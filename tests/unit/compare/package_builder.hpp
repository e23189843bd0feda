#pragma once

#include <string>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"

namespace pystacks::compare::test {

/// Builds real packages with rpmbuild, one a call.
class PackageBuilder {
public:
    struct Content {
        std::string name = "sample";
        std::string release = "1";
        std::string preamble;  ///< lines of the spec
        std::string sections;  ///< scriptlets and so on
        std::string install;   ///< shell commands in an empty %{buildroot}
        std::string files = "/usr";
    };

    /// @return the built package in the folder @p topdir, which is below the builder's own
    [[nodiscard]] fs::path build(const std::string& topdir, const Content& content) const;
    [[nodiscard]] fs::path source_package(const std::string& topdir, const Content& content) const;
    [[nodiscard]] fs::path folder(const std::string& topdir) const { return folder_.path() / topdir; }

private:
    void run(const std::string& topdir, const Content& content, const char* phase) const;

    TemporaryDirectory folder_{fs::temp_directory_path(), "pystacks-packages"};
};

}  // namespace pystacks::compare::test
