#include "base/file.hpp"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;

namespace {

mode_t mode_of(const fs::path& path) {
    struct stat status {};
    REQUIRE(::lstat(path.c_str(), &status) == 0);
    return status.st_mode & 07777U;
}

std::size_t entries_in(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

struct Scratch {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-file-test"};
    [[nodiscard]] fs::path operator/(const char* name) const { return folder.path() / name; }
};

}  // namespace

TEST_CASE("a descriptor is closed once, by its last owner") {
    UniqueFd first(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const int number = first.get();
    UniqueFd second = std::move(first);
    CHECK_FALSE(first);  // NOLINT(bugprone-use-after-move): what is tested
    CHECK(second.get() == number);
    second.reset();
    CHECK(::fcntl(number, F_GETFD) == -1);
}

TEST_CASE("files that the program opens are not inherited") {
    const UniqueFd fd = open_file("/dev/null", O_RDONLY, "cannot open");
    CHECK((::fcntl(fd.get(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("read_file") {
    const Scratch scratch;
    SECTION("gives the bytes, NUL included") {
        const std::string bytes("a\0b\xff\n", 5);
        write_file_atomically(scratch / "file", bytes);
        CHECK(read_file(scratch / "file") == bytes);
    }
    SECTION("reads files whose size the kernel does not know") { CHECK_FALSE(read_file("/proc/self/status").empty()); }
    SECTION("allows exactly the limit") {
        write_file_atomically(scratch / "file", "12345");
        CHECK(read_file(scratch / "file", 5) == "12345");
        CHECK_THROWS_WITH(read_file(scratch / "file", 4), contains_text("larger than 4 bytes"));
    }
    SECTION("names a file that is not there") {
        CHECK_THROWS_WITH(read_file(scratch / "none"), contains_text("none: No such file or directory"));
    }
    SECTION("refuses a folder") { CHECK_THROWS_AS(read_file(scratch.folder.path()), Error); }
}

TEST_CASE("a published file has the bytes and the mode asked for, whatever the umask") {
    const Scratch scratch;
    const mode_t before = ::umask(077);
    write_file_atomically(scratch / "file", "old");
    write_file_atomically(scratch / "file", "new", 0755);
    ::umask(before);
    CHECK(read_file(scratch / "file") == "new");
    CHECK(mode_of(scratch / "file") == 0755);
    CHECK(entries_in(scratch.folder.path()) == 1);
}

TEST_CASE("what is not committed leaves the old file and nothing else") {
    const Scratch scratch;
    write_file_atomically(scratch / "file", "old");
    {
        AtomicFile file(scratch / "file");
        file.write("half");
        CHECK(fs::exists(file.temporary()));
    }
    CHECK(read_file(scratch / "file") == "old");
    CHECK(entries_in(scratch.folder.path()) == 1);
}

TEST_CASE("a file cannot be published into a folder that is not there, nor over a folder") {
    const Scratch scratch;
    CHECK_THROWS_AS(write_file_atomically(scratch / "none/file", "x"), Error);
    fs::create_directory(scratch / "folder");
    CHECK_THROWS_AS(write_file_atomically(scratch / "folder", "x"), Error);
    CHECK(entries_in(scratch.folder.path()) == 1);
}

TEST_CASE("a full disk is an error") {
    const UniqueFd full = open_file("/dev/full", O_WRONLY, "cannot open");
    CHECK_THROWS_WITH(write_all(full.get(), "x", "report"), "cannot write: report: No space left on device");
}

TEST_CASE("a copy has the bytes, the mode and the time of the original") {
    const Scratch scratch;
    std::string bytes;
    for (int i = 0; i < 300000; ++i) bytes += static_cast<char>(i * 7);
    write_file_atomically(scratch / "from", bytes, 0751);
    const auto time = fs::file_time_type(std::chrono::sys_seconds(std::chrono::seconds(1000000000)).time_since_epoch());
    fs::last_write_time(scratch / "from", time);
    copy_regular_file(scratch / "from", scratch / "to");
    CHECK(read_file(scratch / "to") == bytes);
    CHECK(mode_of(scratch / "to") == 0751);
    CHECK(fs::last_write_time(scratch / "to") == time);
}

TEST_CASE("a copy of an empty file, and of one that only read(2) can read") {
    const Scratch scratch;
    write_file_atomically(scratch / "empty", "");
    copy_regular_file(scratch / "empty", scratch / "to");
    CHECK(fs::file_size(scratch / "to") == 0);
    copy_regular_file("/proc/self/cmdline", scratch / "cmdline");
    CHECK(read_file(scratch / "cmdline") == read_file("/proc/self/cmdline"));
}

TEST_CASE("a copy replaces its target without writing into the target's other links") {
    const Scratch scratch;
    write_file_atomically(scratch / "from", "new");
    write_file_atomically(scratch / "to", "old");
    fs::create_hard_link(scratch / "to", scratch / "link");
    copy_regular_file(scratch / "from", scratch / "to");
    CHECK(read_file(scratch / "to") == "new");
    CHECK(read_file(scratch / "link") == "old");
}

TEST_CASE("only regular files are copied, and a failed copy leaves nothing") {
    const Scratch scratch;
    REQUIRE(::mkfifo((scratch / "fifo").c_str(), 0600) == 0);
    CHECK_THROWS_WITH(copy_regular_file(scratch / "fifo", scratch / "to"), contains_text("not a regular file"));
    CHECK_THROWS_AS(copy_regular_file(scratch / "none", scratch / "to"), Error);
    CHECK_THROWS_AS(copy_regular_file(scratch.folder.path(), scratch / "to"), Error);
    write_file_atomically(scratch / "from", "x");
    CHECK_THROWS_AS(copy_regular_file(scratch / "from", scratch / "none/to"), Error);
    CHECK(entries_in(scratch.folder.path()) == 2);
}

TEST_CASE("a lock excludes others and ends with its holder") {
    const Scratch scratch;
    const fs::path path = scratch / "lock";
    {
        const FileLock held(path, 0);
        int asked = 0;
        CHECK_THROWS_WITH(FileLock(path, 0.2, [&asked] { ++asked; }), contains_text(path.string()));
        CHECK(asked > 0);
        struct Stop {};
        CHECK_THROWS_AS(FileLock(path, 60, [] { throw Stop(); }), Stop);
    }
    CHECK_NOTHROW(FileLock(path, 0));
}

TEST_CASE("a lock passes to the processes that were started under it") {
    const Scratch scratch;
    const fs::path path = scratch / "lock";
    {
        const FileLock held(path, 0);
        // A detached process that keeps the descriptor until its stdin, a FIFO, ends.
        REQUIRE(::mkfifo((scratch / "fifo").c_str(), 0600) == 0);
        const std::string line = "cat '" + (scratch / "fifo").string() + "' >/dev/null &";
        REQUIRE(std::system(line.c_str()) == 0);  // NOLINT(cert-env33-c)
    }
    UniqueFd writer = open_file(scratch / "fifo", O_WRONLY, "cannot open");
    CHECK_THROWS_AS(FileLock(path, 0), Error);
    writer.reset();
    CHECK_NOTHROW(FileLock(path, 60));
}

TEST_CASE("a lock whose file was removed and made anew is the new file's lock") {
    const Scratch scratch;
    const fs::path path = scratch / "lock";
    const FileLock old(path, 0);
    fs::remove(path);
    const FileLock fresh(path, 0);
    CHECK_THROWS_AS(FileLock(path, 0), Error);
}

TEST_CASE("a result goes to the file behind a link, and a FIFO is written to, not replaced") {
    const Scratch scratch;
    write_file_atomically(scratch / "page.html", "old");
    fs::create_symlink("page.html", scratch / "link");
    write_result(scratch / "link", "new");
    CHECK(fs::is_symlink(scratch / "link"));
    CHECK(read_file(scratch / "page.html") == "new");
    write_result(scratch / "another.html", "page");
    CHECK(read_file(scratch / "another.html") == "page");

    REQUIRE(::mkfifo((scratch / "fifo").c_str(), 0600) == 0);
    const UniqueFd reader = open_file(scratch / "fifo", O_RDONLY | O_NONBLOCK, "cannot open");
    write_result(scratch / "fifo", "page");
    std::array<char, 8> buffer{};
    CHECK(read_some(reader.get(), buffer.data(), buffer.size(), "fifo") == 4);
    CHECK(fs::is_fifo(scratch / "fifo"));
    CHECK_THROWS_AS(write_result(scratch / ".", "page"), Error);
}
