#pragma once

#include <filesystem>
#include <string>

namespace pystacks::build {

/// Where the stages keep what they make. All of it is below one folder, `%{_builddir}/%{name}-%{version}`, which
/// does not contain the release: a release bump finds everything again.
class Layout {
public:
    explicit Layout(std::filesystem::path root) : root_(std::move(root)) {}

    [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }
    /// The unpacked and patched source tree. Its name does not have the version in it: compilers know functions by the
    /// names of their files, so what they counted is of use for another version, too.
    [[nodiscard]] std::filesystem::path source() const { return root_ / "source"; }
    /// Where a configuration is configured and made; two levels below root, as source() is one.
    [[nodiscard]] std::filesystem::path build(const std::string& configuration) const {
        return root_ / "build" / configuration;
    }
    /// What [build.bootstrap] makes; beside the build folders, which reach it as ../bootstrap.
    [[nodiscard]] std::filesystem::path bootstrap() const { return build("bootstrap"); }
    /// The buildroot of one configuration.
    [[nodiscard]] std::filesystem::path install(const std::string& configuration) const {
        return root_ / "install" / configuration;
    }
    /// The merged and byte-compiled buildroot, before rpm's copy of it is stripped.
    [[nodiscard]] std::filesystem::path merged() const { return root_ / "merged"; }
    [[nodiscard]] std::filesystem::path file_lists() const { return root_ / "lists"; }
    [[nodiscard]] std::filesystem::path comparison() const { return root_ / "comparison.json"; }
    [[nodiscard]] std::filesystem::path logs() const { return root_ / "logs"; }
    [[nodiscard]] std::filesystem::path stamps() const { return root_ / "stamps"; }
    /// What prep left in the source tree (see SourceState).
    [[nodiscard]] std::filesystem::path source_state() const { return stamps() / "source-tree.json"; }
    [[nodiscard]] std::filesystem::path lock() const { return root_ / "lock"; }

private:
    std::filesystem::path root_;
};

}  // namespace pystacks::build
