#include "base/temporary_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "catch.hpp"

using pystacks::Error;
using pystacks::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

/// As a process that was killed an hour ago left it.
fs::path leave_behind(const fs::path& path) {
    fs::create_directories(path / "below");
    pystacks::write_file_atomically(path / "below/file", "");
    const timespec hour_ago[2] = {{::time(nullptr) - 3600, 0}, {::time(nullptr) - 3600, 0}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), hour_ago, 0) == 0);
    return path;
}

}  // namespace

TEST_CASE("a temporary folder goes away with its content") {
    const TemporaryDirectory parent(fs::temp_directory_path(), "pystacks-temporary-test");
    fs::path path;
    {
        const TemporaryDirectory folder(parent.path(), "first");
        path = folder.path();
        CHECK(path.filename().string().starts_with("first."));
        pystacks::write_file_atomically(path / "file", "");
    }
    CHECK_FALSE(fs::exists(path));
    CHECK_THROWS_AS(TemporaryDirectory(parent.path() / "none", "x"), Error);
}

TEST_CASE("what a killed process left behind goes with the next one, what is in use stays") {
    const TemporaryDirectory parent(fs::temp_directory_path(), "pystacks-temporary-test");
    const fs::path left = leave_behind(parent.path() / "job.aB3dE6");
    const fs::path of_others = leave_behind(parent.path() / "other.aB3dE6");
    const fs::path longer_name = leave_behind(parent.path() / "job.aB3dE6.kept");
    const fs::path in_use = leave_behind(parent.path() / "job.xY1zW2");
    const pystacks::UniqueFd holder(::open(in_use.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    REQUIRE(::flock(holder.get(), LOCK_EX | LOCK_NB) == 0);
    fs::create_directory(parent.path() / "job.young1");

    const TemporaryDirectory folder(parent.path(), "job");
    CHECK_FALSE(fs::exists(left));
    CHECK(fs::exists(of_others));
    CHECK(fs::exists(longer_name));
    CHECK(fs::exists(in_use));
    CHECK(fs::exists(parent.path() / "job.young1"));

    const TemporaryDirectory another(parent.path(), "job");
    CHECK(fs::exists(folder.path()));
}
