#include "package_builder.hpp"

#include "catch.hpp"
#include "process/command.hpp"

namespace pystacks::compare::test {

void PackageBuilder::run(const std::string& topdir, const Content& content, const char* phase) const {
    const fs::path top = folder(topdir);
    fs::create_directories(top);
    const fs::path spec = top / (content.name + ".spec");
    write_file_atomically(spec,
                          "Name: " + content.name + "\nVersion: 1.0\nRelease: " + content.release +
                              "\nSummary: A package to compare\nLicense: MIT\nBuildArch: noarch\n" + content.preamble +
                              "\n%global __os_install_post %{nil}\n%global source_date_epoch_from_changelog 0\n" +
                              "%description\nWords.\n" + content.sections + "\n%install\nmkdir -p %{buildroot}\n" +
                              "cd %{buildroot}\n" + content.install + "\n%files\n" + content.files + "\n");
    process::Command command;
    command.arguments = {"rpmbuild", phase, "--quiet", "--define", "_topdir " + top.string(), spec.string()};
    const process::Outcome outcome = process::run(command);
    INFO(read_file(spec) << outcome.describe() << "\n" << outcome.output);
    REQUIRE(outcome.succeeded());
}

fs::path PackageBuilder::build(const std::string& topdir, const Content& content) const {
    run(topdir, content, "-bb");
    return folder(topdir) / "RPMS/noarch" / (content.name + "-1.0-" + content.release + ".noarch.rpm");
}

fs::path PackageBuilder::source_package(const std::string& topdir, const Content& content) const {
    run(topdir, content, "-bs");
    return folder(topdir) / "SRPMS" / (content.name + "-1.0-" + content.release + ".src.rpm");
}

}  // namespace pystacks::compare::test
