#include "rpm/package_names.hpp"

#include "base/error.hpp"
#include "catch.hpp"
#include "fixture.hpp"

using namespace pystacks;
using namespace pystacks::rpm;

namespace {

PackageFile file_named(const std::string& path) {
    PackageFile file;
    file.path = path;
    return file;
}

Package sample() {
    Package package;
    package.file = "folder/sample.rpm";
    package.name = "sample";
    package.version = "1.5~rc1";
    package.release = "3.";
    package.arch = "x86_64";
    package.source_rpm = "sample-1.5~rc1-3..src.rpm";
    package.files.push_back(file_named("/usr/share/sample/a..b"));
    package.dependencies[0].push_back({"libc.so.6(GLIBC_2.34)(64bit)", "libc.so.6(GLIBC_2.34)(64bit)"});
    package.dependencies[0].push_back({"(this or that)", "(this or that)"});
    return package;
}

/// What check_names() says of the sample after @p change.
template <class Change>
std::string problem(Change change) {
    Package package = sample();
    change(package);
    try {
        check_names(package);
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        CHECK(error.subject() == "folder/sample.rpm");
        return error.reason();
    }
    return "";
}

}  // namespace

TEST_CASE("names that rpmbuild makes are taken") {
    CHECK(problem([](Package&) {}).empty());
    CHECK(problem([](Package& package) {
              package.is_source = true;
              package.arch = package.source_rpm = "";
              package.files = {file_named("sample.spec"), file_named(".gitignore")};
          }).empty());
}

TEST_CASE("a name that would lead out of a folder, or be an option, is refused") {
    CHECK(problem([](Package& package) { package.name = "../x"; }) == "its name \"../x\" has the character '/' in it");
    CHECK(problem([](Package& package) { package.name = "--root=x"; }) ==
          "its name \"--root=x\" has the character '=' in it");
    CHECK(problem([](Package& package) { package.name = ""; }) == "its name is empty");
    CHECK(problem([](Package& package) { package.version = "1/../2"; }) ==
          "its version \"1/../2\" has the character '/' in it");
    CHECK(problem([](Package& package) { package.release = "1\x1b[2J"; }) ==
          "its release \"1\\x1b[2J\" has the character '\\x1b' in it");
    CHECK(problem([](Package& package) { package.arch = "x/y"; }) ==
          "its architecture \"x/y\" has the character '/' in it");
    CHECK(problem([](Package& package) { package.source_rpm = "../x.src.rpm"; }) ==
          "the name of its source package, \"../x.src.rpm\" has the character '/' in it");
    CHECK(problem([](Package& package) { package.source_rpm = "-x.src.rpm"; }) ==
          "the name of its source package, \"-x.src.rpm\" begins with '-'");
}

TEST_CASE("so is a file outside of the root, or outside of the folder of sources") {
    CHECK(problem([](Package& package) { package.files[0].path = "/usr/../../x"; }) ==
          "the name of a file in it, \"/usr/../../x\" has the component '..'");
    CHECK(problem([](Package& package) { package.files[0].path = "usr/x"; }) ==
          "the name of a file in it, \"usr/x\" is not absolute");
    CHECK(problem([](Package& package) {
              package.is_source = true;
              package.files[0].path = "../sample.spec";
          }) == "the name of a file in it, \"../sample.spec\" has the character '/' in it");
}

TEST_CASE("a dependency stays one argument in one line") {
    CHECK(problem([](Package& package) {
              package.dependencies[1].push_back({"--x", "--x"});
          }) == "one of its dependencies, \"--x\" begins with '-'");
    CHECK(problem([](Package& package) {
              package.dependencies[7].push_back({"a\nb", "a\nb"});
          }) == "one of its dependencies, \"a\\x0ab\" contains a control character");
}

TEST_CASE("a header that was written by something else is refused where it is read") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-names");
    write_file_atomically(folder.path() / "sample.spec",
                          "Name: sample\nVersion: 1.0\nRelease: 1\nSummary: S\nLicense: MIT\nBuildArch: noarch\n"
                          "%description\nWords.\n%files\n");
    test::output_of({"rpmbuild", "-bb", "--quiet", "--define", "_topdir " + folder.path().string(),
                     (folder.path() / "sample.spec").string()});
    const fs::path file = folder.path() / "RPMS/noarch/sample-1.0-1.noarch.rpm";
    CHECK(read_package(file).name == "sample");
    const std::string rewrite = (test::repository() / "tests/integration/rewrite_header.py").string();
    test::output_of({"python3", "-B", rewrite, file.string(), "name", "../xyz"});
    CHECK_THROWS_WITH(read_package(file),
                      contains_text(file.string()) && contains_text("its name \"../xyz\" has the character '/' in it"));
}
