#include "base/error.hpp"

#include <cerrno>

#include "catch.hpp"

using pystacks::Error;
using pystacks::ErrorKind;

TEST_CASE("an error reads attempted, subject, reason, and leaves out what is empty") {
    CHECK(std::string(Error("cannot unpack", "a.tar", "it is no archive").what()) ==
          "cannot unpack: a.tar: it is no archive");
    CHECK(std::string(Error("interrupted", "", "").what()) == "interrupted");
    CHECK(std::string(Error("cannot start", "", "none was named").what()) == "cannot start: none was named");
}

TEST_CASE("an error is a failure unless it says otherwise") {
    CHECK(Error("a", "b", "c").kind() == ErrorKind::failed);
    CHECK(Error(ErrorKind::usage, "a", "b", "c", "d").kind() == ErrorKind::usage);
    CHECK(Error(ErrorKind::usage, "a", "b", "c", "d").hint() == "d");
}

TEST_CASE("exit codes are those that the manual promises") {
    CHECK(exit_code(ErrorKind::failed) == 1);
    CHECK(exit_code(ErrorKind::usage) == 2);
    CHECK(exit_code(ErrorKind::differences) == 3);
    CHECK(exit_code(ErrorKind::interrupted) == 130);
}

TEST_CASE("a full disk is named, and the hint says that nothing is lost") {
    const Error error = pystacks::system_error(ENOSPC, "cannot write", "/x/y");
    CHECK(error.reason() == "No space left on device");
    CHECK(error.hint() == "free some space, then run the same command again");
    CHECK(error.kind() == ErrorKind::failed);
}

TEST_CASE("the usual system errors have a hint, others none") {
    for (const int number : {EACCES, ENOENT, EMFILE, EROFS}) {
        CHECK_FALSE(pystacks::system_error(number, "a", "b").hint().empty());
    }
    CHECK(pystacks::system_error(EIO, "a", "b").hint().empty());
}
