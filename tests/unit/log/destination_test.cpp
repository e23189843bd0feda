#include "log/destination.hpp"

#include <array>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "log/descriptor.hpp"

using namespace pystacks;
using log::open_destination;

namespace {

std::string refusal(const fs::path& path) {
    try {
        const UniqueFd file = open_destination(path, "--log-file");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        return error.what() + ("\n" + error.hint());
    }
    return "";
}

}  // namespace

TEST_CASE("a log is appended to") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    const fs::path file = folder.path() / "log";
    log::write_all(open_destination(file, "--log-file").get(), "first\n");
    log::write_all(open_destination(file, "--log-file").get(), "second\n");
    CHECK(read_file(file) == "first\nsecond\n");
}

TEST_CASE("half a line that a killed program left is not continued") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    const fs::path file = folder.path() / "log";
    for (const char* line : {"half a", "a line\n", "another\n"}) {
        log::write_all(open_destination(file, "--log-json").get(), line);
    }
    CHECK(read_file(file) == "half a\na line\nanother\n");
}

TEST_CASE("what cannot be written is refused, with the option's name") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    CHECK_THAT(refusal(folder.path() / "none" / "log"), contains_text("--log-file") && contains_text("No such file"));
    CHECK_THAT(refusal(folder.path()), contains_text("Is a directory"));
    CHECK_THAT(refusal("-"), contains_text("standard output is for results"));
    CHECK_THAT(refusal("/dev/stdout"), contains_text("standard output is for results"));
}

TEST_CASE("a descriptor that the caller has not passed on, or not to be written to, is refused") {
    const auto path = [](const UniqueFd& fd) { return "/dev/fd/" + std::to_string(fd.get()); };
    CHECK_THAT(refusal("/dev/fd/987"), contains_text("no such descriptor"));
    const UniqueFd own(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    CHECK_THAT(refusal(path(own)), contains_text("no such descriptor"));
    const UniqueFd read_only(::open("/dev/null", O_RDONLY));
    CHECK_THAT(refusal(path(read_only)), contains_text("no such descriptor"));
    CHECK_THAT(refusal("/proc/self/fd/" + std::to_string(read_only.get())), contains_text("no such descriptor"));
}

TEST_CASE("a FIFO needs a reader, and is then written to") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    const fs::path fifo = folder.path() / "fifo";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK_THAT(refusal(fifo), contains_text("this FIFO has no reader"));
    const UniqueFd reader(::open(fifo.c_str(), O_RDONLY | O_NONBLOCK));
    const UniqueFd writer = open_destination(fifo, "--log-json");
    REQUIRE(log::write_all(writer.get(), "a line\n"));
    std::array<char, 16> buffer{};
    CHECK(::read(reader.get(), buffer.data(), buffer.size()) == 7);
}

TEST_CASE("a descriptor of this process is shared, not opened again") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "log");
    const fs::path file = folder.path() / "log";
    const UniqueFd mine(::open(file.c_str(), O_WRONLY | O_CREAT, 0600));
    REQUIRE(log::write_all(mine.get(), "mine\n"));
    const UniqueFd theirs = open_destination("/dev/fd/" + std::to_string(mine.get()), "--log-json");
    REQUIRE(log::write_all(theirs.get(), "theirs\n"));
    REQUIRE(log::write_all(mine.get(), "mine\n"));
    CHECK(read_file(file) == "mine\ntheirs\nmine\n");
}
