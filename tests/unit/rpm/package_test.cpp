#include "rpm/package.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "catch.hpp"
#include "fixture.hpp"

using namespace pystacks;
using namespace pystacks::rpm;

namespace {

constexpr const char* spec = R"(
Name: sample
Version: 1.5
Release: 3
Epoch: 2
Summary: A package to read
License: MIT
BuildArch: noarch
Requires: other >= 2.0
Requires: (this or that)
Recommends: nice
Conflicts: sample-old < 1
%global __os_install_post %{nil}
%description
Words.
%post -p /bin/sh
echo installed
%triggerin -- glibc < 3
echo trigger
%install
mkdir -p %{buildroot}/usr/share/sample
echo text > %{buildroot}/usr/share/sample/text
ln -s text %{buildroot}/usr/share/sample/link
%files
%dir /usr/share/sample
%attr(0640, root, bin) /usr/share/sample/text
/usr/share/sample/link
%ghost /usr/share/sample/later
)";

struct Sample {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-package"};
    fs::path file;

    Sample() {
        write_file_atomically(folder.path() / "sample.spec", std::string(spec) + "\n");
        test::output_of({"rpmbuild", "-bb", "--quiet", "--define", "_topdir " + folder.path().string(),
                         (folder.path() / "sample.spec").string()});
        file = folder.path() / "RPMS/noarch/sample-1.5-3.noarch.rpm";
    }
};

const PackageFile& file_named(const Package& package, std::string_view path) {
    const auto found = std::find_if(package.files.begin(), package.files.end(),
                                    [&](const PackageFile& file) { return file.path == path; });
    REQUIRE(found != package.files.end());
    return *found;
}

std::vector<std::string> texts(const std::vector<Dependency>& dependencies) {
    std::vector<std::string> result;
    for (const Dependency& dependency : dependencies) {
        if (!dependency.rpmlib) result.push_back(dependency.text);
    }
    return result;
}

}  // namespace

TEST_CASE("a package's header is read") {
    const Sample sample;
    const Package package = read_package(sample.file);
    CHECK(package.nevra() == "sample-2:1.5-3.noarch");
    CHECK(package.source_rpm == "sample-1.5-3.src.rpm");
    CHECK_FALSE(package.is_source);
    std::vector<std::string> expected{"(this or that)", "/bin/sh", "/bin/sh", "other >= 2.0"};
    // From 4.19 on a package requires the users and groups that its files belong to.
    if (test::rpm_is("4.18.90")) expected.insert(expected.end() - 1, "group(bin)");
    CHECK(texts(package.of(DependencyKind::requires_)) == expected);
    CHECK(texts(package.of(DependencyKind::recommends)) == std::vector<std::string>{"nice"});
    CHECK(texts(package.of(DependencyKind::conflicts)) == std::vector<std::string>{"sample-old < 1"});
    CHECK(package.of(DependencyKind::obsoletes).empty());

    const PackageFile& text = file_named(package, "/usr/share/sample/text");
    CHECK(text.is_regular());
    CHECK((text.mode & 07777U) == 0640);
    CHECK(text.size == 5);
    CHECK(text.group == "bin");
    CHECK(package.digest_algorithm == 8);
    CHECK(text.digest == "b9e68e1bea3e5b19ca6b2f98b73a54b73daafaa250484902e09982e07a12e733");
    CHECK(file_named(package, "/usr/share/sample").is_directory());
    CHECK(file_named(package, "/usr/share/sample/link").link_target == "text");
    CHECK(file_named(package, "/usr/share/sample/later").is_ghost());

    REQUIRE(package.scriptlets.size() == 2);
    CHECK(package.scriptlets[0] == Scriptlet{"%post", "/bin/sh", "echo installed"});
    CHECK(package.scriptlets[1] == Scriptlet{"%triggerin -- glibc < 3", "/bin/sh", "echo trigger"});
}

TEST_CASE("what is no whole package is refused with its name") {
    const Sample sample;
    const std::string bytes = read_file(sample.file);
    const fs::path bad = sample.folder.path() / "bad.rpm";
    for (const std::string& content :
         {std::string(), std::string("text\n"), bytes.substr(0, 50), bytes.substr(0, 700), bytes.substr(0, 1500)}) {
        write_file_atomically(bad, content);
        CHECK_THROWS_WITH(read_package(bad), contains_text(bad.string()));
    }
    CHECK_THROWS_WITH(read_package(sample.folder.path() / "none.rpm"), contains_text("No such file"));
}
