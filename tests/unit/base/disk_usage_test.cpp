#include "base/disk_usage.hpp"

#include <string>

#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;

TEST_CASE("disk usage counts blocks, each file once, and follows no links") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "usage");
    const fs::path root = folder.path() / "root";
    fs::create_directories(root / "deeper");
    const std::uint64_t empty = disk_usage(root);
    write_file_atomically(root / "deeper" / "file", std::string(1'000'000, 'x'));
    const std::uint64_t one = disk_usage(root);
    CHECK(one >= empty + 1'000'000);
    fs::create_hard_link(root / "deeper" / "file", root / "same");
    write_file_atomically(folder.path() / "outside", std::string(1'000'000, 'x'));
    fs::create_symlink(folder.path(), root / "link");
    CHECK(disk_usage(root) < one + 500'000);
    CHECK(disk_usage(root / "none") == 0);
}
