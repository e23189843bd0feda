#include "compare/input.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "files.hpp"

using namespace pystacks;
using namespace pystacks::compare;

TEST_CASE("a folder is one of packages when a package lies in it, three folders down at most") {
    const TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-input"};
    const fs::path& path = folder.path();
    fs::create_directories(path / "empty");
    tree::write_test_file(path / "set/RPMS/x86_64/a.rpm", "");
    tree::write_test_file(path / "tree/usr/share/doc/name/a.rpm", "");
    CHECK(kind_of(path / "empty", Folders::by_content) == InputKind::tree);
    CHECK(kind_of(path / "set", Folders::by_content) == InputKind::package_folder);
    CHECK(kind_of(path / "set", Folders::trees) == InputKind::tree);
    CHECK(kind_of(path / "tree", Folders::by_content) == InputKind::tree);
    CHECK(kind_of(path / "set/RPMS/x86_64/a.rpm", Folders::trees) == InputKind::package);
    CHECK_THROWS_WITH(kind_of(path / "missing", Folders::by_content), contains_text("no such file"));
}

TEST_CASE("of a topdir only RPMS and SRPMS are searched; what is no package is named") {
    const TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-input"};
    tree::write_test_file(folder.path() / "BUILD/broken.rpm", "x");
    fs::create_directories(folder.path() / "RPMS");
    CHECK(read_packages(folder.path()).empty());
    CHECK(kind_of(folder.path(), Folders::by_content) == InputKind::tree);
    tree::write_test_file(folder.path() / "SRPMS/broken.rpm", "x");
    CHECK_THROWS_WITH(read_packages(folder.path()), contains_text("SRPMS/broken.rpm"));
}
