#include "host/data_folders.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::host;

TEST_CASE("an installed program looks in its prefix, one in the build folder in the source tree") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "data-folders");
    const fs::path prefix = folder.path() / "usr", build = folder.path() / "build", source = folder.path() / "source";
    make_directories(prefix / "bin");
    make_directories(build);
    CHECK_THROWS_AS(data_folders_of(prefix / "bin/pystacks"), Error);

    make_directories(prefix / "share/pystacks");
    CHECK(data_folders_of(prefix / "bin/pystacks").specs == prefix / "share/pystacks/specs");

    write_file_atomically(build / build_tree_note, source.string() + "\n");
    CHECK(data_folders_of(build / "pystacks").specs == source / "specs");
    CHECK(data_folders_of(build / "pystacks").macros_file == source / "macros/macros.pystacks");
}
