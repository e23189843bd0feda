#include "archive_builder.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "source/wheel.hpp"

using namespace pystacks;
using namespace pystacks::source;
using namespace pystacks::source::test;
using Kind = ArchiveBuilder::Kind;
using Projects = std::vector<BundledProject>;

TEST_CASE("a wheel is what its folder dist-info says, and contains what a list says") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-wheel");
    ArchiveBuilder builder(folder.path() / "pip.whl", Kind::zip);
    builder.file("pip/__init__.py", "").file("pip/_vendor/__init__.py", "").file("pip/_vendor/cachecontrol/x.py", "");
    builder.file("pip/_vendor/vendor.txt",
                 "CacheControl==0.14.2  # a comment\n\n# nothing\n    urllib3 == 1.26.20 ; python_version > '3'\n"
                 "requests[socks]==2.0\nno-version\n");
    builder.file("pip-25.1.1.dist-info/METADATA", "Name: pip\n").file("pip-25.1.1.dist-info/RECORD", "");
    const WheelContents contents = read_wheel(builder.close());
    CHECK(contents.projects ==
          Projects{{"cachecontrol", "0.14.2"}, {"pip", "25.1.1"}, {"requests", "2.0"}, {"urllib3", "1.26.20"}});
    CHECK(contents.silent_folders.empty());
}

TEST_CASE("vendored projects with metadata of their own, and what is vendored in these") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-wheel");
    ArchiveBuilder builder(folder.path() / "setuptools.whl", Kind::zip);
    builder.file("setuptools/_vendor/jaraco.text-3.12.1.dist-info/METADATA", "");
    builder.file("setuptools/_vendor/jaraco.text-3.12.1.dist-info/RECORD", "");
    builder.file("setuptools/_vendor/jaraco/text/__init__.py", "");
    builder.file("setuptools/_vendor/wheel/vendored/vendor.txt", "packaging==24.0\n");
    builder.file("setuptools-79.0.1.dist-info/METADATA", "");
    const WheelContents contents = read_wheel(builder.close());
    CHECK(contents.projects == Projects{{"jaraco-text", "3.12.1"}, {"packaging", "24.0"}, {"setuptools", "79.0.1"}});
    CHECK(contents.silent_folders.empty());
}

TEST_CASE("folders of vendored modules that nothing describes are named") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-wheel");
    ArchiveBuilder builder(folder.path() / "old.whl", Kind::zip);
    builder.file("old/_vendor/__init__.py", "").file("old/_vendor/six.py", "").file("empty/_vendor/__init__.py", "");
    builder.file("old-1.0.dist-info/METADATA", "");
    const WheelContents contents = read_wheel(builder.close());
    CHECK(contents.projects == Projects{{"old", "1.0"}});
    CHECK(contents.silent_folders == std::vector<std::string>{"old/_vendor"});
}

TEST_CASE("what is no wheel is refused with its name") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-wheel");
    const fs::path text = folder.path() / "text.whl";
    write_file_atomically(text, "no archive at all");
    CHECK_THROWS_AS(read_wheel(text), Error);
    CHECK_THROWS_AS(read_wheel(folder.path() / "missing.whl"), Error);
    ArchiveBuilder builder(folder.path() / "nameless.whl", Kind::zip);
    builder.file("module.py", "");
    const fs::path nameless = builder.close();
    try {
        (void)read_wheel(nameless);
        FAIL("it was read");
    } catch (const Error& error) {
        CHECK(error.subject() == nameless.string());
    }
}
