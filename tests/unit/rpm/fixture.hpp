#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "rpm/builder.hpp"
#include "stack/stack.hpp"

namespace pystacks::rpm::test {

namespace fs = std::filesystem;

/// The repository that the tests were compiled from.
fs::path repository();
fs::path macros_file();

/// What a command prints on stdout and stderr; the test fails when the command does.
std::string output_of(const std::vector<std::string>& arguments);

/// Whether this machine's rpm is of that version or newer.
bool rpm_is(const std::string& version);

/// Whether rpm knows of -debuginfo and -debugsource when it has read a spec. From 4.20 on it adds them while it builds.
bool rpm_lists_debug_packages();

/// `rpmspec -q` of a spec that was rendered from specs/python3.13, in a world without pystacks' macros.
std::string query_python(const std::string& format, const std::vector<std::string>& options);

/// A stack of one small C program, and a topdir that has everything for building it. The stages are a shell script
/// of a few lines in place of pystacks.
class TinyStack {
public:
    /// @param topdir a folder below the fixture's own, made here
    explicit TinyStack(const std::string& topdir = "topdir");

    [[nodiscard]] SpecJob job() const;
    [[nodiscard]] fs::path topdir() const { return folder_.path() / topdir_; }
    [[nodiscard]] fs::path log() const { return folder_.path() / "build.log"; }
    [[nodiscard]] fs::path script() const { return folder_.path() / "fake-pystacks"; }
    /// The build folder of the stages, where the script leaves what it was given.
    [[nodiscard]] fs::path build_folder() const;
    /// Replaces the text of the stack among the sources.
    void write_stack(const std::string& text) const;

private:
    TemporaryDirectory folder_;
    std::string topdir_;
};

}  // namespace pystacks::rpm::test
