#include "extension/spec_build.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::extension;

namespace {

/// The subject of the refusal.
std::string refused(const SpecBuildRequest& request) {
    try {
        const SpecBuild build(request);
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        return error.subject();
    }
    return "";
}

}  // namespace

TEST_CASE("a build of a spec refuses inputs that are not there, and makes nothing") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "spec-build");
    const fs::path spec = folder.path() / "x.spec", none = folder.path() / "none";
    write_file_atomically(spec, "Name: x\n");
    SpecBuildRequest request;
    request.spec.output = folder.path() / "out";
    request.spec.input = none;
    CHECK(refused(request) == none.string());
    request.spec.input = folder.path() / "y.spec";
    CHECK(refused(request) == request.spec.input.string());
    request.spec.input = spec;
    request.stacks = {none};
    CHECK(refused(request) == none.string());
    request.stacks = {folder.path()};
    request.spec.sources = {none};
    CHECK(refused(request) == none.string());
    CHECK_FALSE(fs::exists(request.spec.output));
}

TEST_CASE("a build of a spec without a -debug package has kept its promises") {
    SpecBuildResult result;
    CHECK(result.passed());
    result.unaffected.push_back({"x", "", findings::Verdict::fail("it differs", "", "")});
    CHECK_FALSE(result.passed());
}
