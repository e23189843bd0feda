#include "rpm/package_names.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/characters.hpp"
#include "base/error.hpp"
#include "base/names.hpp"

namespace pystacks::rpm {
namespace {

class Check {
public:
    explicit Check(const Package& package) : package_(package) {}

    void field(std::string_view what, const std::string& value, const std::string& problem) const {
        if (problem.empty()) return;
        throw Error(ErrorKind::usage, "cannot use the package", package_.file.string(),
                    fmt::format("{}{} {}", what, value.empty() ? std::string() : ' ' + quoted_name(value), problem),
                    "rpmbuild does not make such packages: do not use it, or ask its maker");
    }

private:
    const Package& package_;
};

/// NAME-VERSION-RELEASE.src.rpm: "" or one component of a path.
std::string problem_of_source_package(const std::string& file) {
    if (file.empty()) return {};
    if (std::string problem = problem_of_file_name(file); !problem.empty()) return problem;
    return file.front() == '-' ? "begins with '-'" : "";
}

/// A name such as "pkgconfig(x) >= 1" has few rules; it must stay one argument, in one line.
std::string problem_of_dependency(const std::string& text) {
    if (text.empty()) return "is empty";
    if (has_control_character(text)) return "contains a control character";
    return text.front() == '-' ? "begins with '-'" : "";
}

}  // namespace

void check_names(const Package& package) {
    const Check check(package);
    check.field("its name", package.name, problem_of_package_name(package.name));
    check.field("its version", package.version, problem_of_version(package.version));
    check.field("its release", package.release, problem_of_version(package.release));
    if (!package.is_source || !package.arch.empty()) {
        check.field("its architecture", package.arch, problem_of_package_name(package.arch));
    }
    check.field("the name of its source package,", package.source_rpm, problem_of_source_package(package.source_rpm));
    for (const PackageFile& file : package.files) {
        check.field("the name of a file in it,", file.path,
                    package.is_source ? problem_of_file_name(file.path) : problem_of_installed_path(file.path));
    }
    for (const std::vector<Dependency>& dependencies : package.dependencies) {
        for (const Dependency& dependency : dependencies) {
            check.field("one of its dependencies,", dependency.name, problem_of_dependency(dependency.name));
        }
    }
}

}  // namespace pystacks::rpm
