#include "stackbuild/output_folder.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::stackbuild;

TEST_CASE("only what a build makes again is removed, and only from an output folder") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "output-folder");
    const fs::path topdir = folder.path() / "dist";
    CHECK_THROWS_AS(remove_remade(topdir), Error);
    make_directories(topdir / "BUILD" / "python");
    make_directories(topdir / "RPMS");
    write_file_atomically(topdir / "BUILD" / "python" / "object", std::string(10'000, 'x'));
    write_file_atomically(topdir / "RPMS" / "a.rpm", "package");
    CHECK_THROWS_AS(remove_remade(topdir), Error);

    make_directories(topdir / "SPECS");
    write_file_atomically(topdir / output_lock, "");
    CHECK(room_taken(topdir).remade >= 10'000);
    CHECK(room_taken(topdir).all > room_taken(topdir).remade);
    CHECK(remove_remade(topdir) >= 10'000);
    CHECK_FALSE(fs::exists(topdir / "BUILD" / "python"));
    CHECK(fs::exists(topdir / "RPMS" / "a.rpm"));
    CHECK(remove_remade(topdir) == 0);

    fs::remove(topdir / "BUILD");
    fs::create_symlink(folder.path(), topdir / "BUILD");
    CHECK_THROWS_AS(remove_remade(topdir), Error);
}
