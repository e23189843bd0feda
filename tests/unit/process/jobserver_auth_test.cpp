#include "process/jobserver_auth.hpp"

#include "catch.hpp"

using pystacks::process::Jobserver;
using pystacks::process::JobserverAuth;
using pystacks::process::parse_makeflags;
using pystacks::process::style_of_make;
using Style = Jobserver::Style;

TEST_CASE("a jobserver is found in MAKEFLAGS as each make writes it") {
    SECTION("make 4.3") {
        const auto auth = parse_makeflags(" -j8 --jobserver-auth=3,4 -- CC=gcc");
        REQUIRE(auth);
        CHECK(auth->style == Style::pipe);
        CHECK(auth->read_end == 3);
        CHECK(auth->write_end == 4);
        CHECK(auth->jobs == 8);
    }
    SECTION("make 4.4, with single letters first") {
        const auto auth = parse_makeflags("ks -j12 --jobserver-auth=fifo:/tmp/GMfifo12");
        REQUIRE(auth);
        CHECK(auth->style == Style::fifo);
        CHECK(auth->path == "/tmp/GMfifo12");
        CHECK(auth->jobs == 12);
    }
    SECTION("before make 4.2, without a number of jobs") {
        const auto auth = parse_makeflags(" --jobserver-fds=5,6 -j");
        REQUIRE(auth);
        CHECK(auth->read_end == 5);
        CHECK(auth->jobs == 0);
    }
    SECTION("a path with a space") {
        CHECK(parse_makeflags(R"( -j2 --jobserver-auth=fifo:/tmp/a\ b)").value().path == "/tmp/a b");
    }
    SECTION("the last one counts") {
        CHECK(parse_makeflags("--jobserver-auth=3,4 --jobserver-auth=5,6").value().read_end == 5);
    }
}

TEST_CASE("MAKEFLAGS without a jobserver that could be used") {
    for (const char* flags :
         {"", " ", "k", " -j4", "-j1 --", "--jobserver-auth=", "--jobserver-auth=3", "--jobserver-auth=-2,-2",
          "--jobserver-auth=a,b", "--jobserver-auth=3,4x", "--jobserver-auth=fifo:", "--jobserver-auth=3,99999999999",
          " -j2 -- X=--jobserver-auth=3,4 --jobserver-auth=3,4"}) {
        CAPTURE(flags);
        CHECK_FALSE(parse_makeflags(flags));
    }
}

TEST_CASE("what children are told can be read back") {
    JobserverAuth pipe;
    pipe.read_end = 7;
    pipe.write_end = 8;
    pipe.jobs = 5;
    CHECK(pipe.makeflags() == " -j5 --jobserver-auth=7,8");
    JobserverAuth fifo;
    fifo.style = Style::fifo;
    fifo.path = "/tmp/x";
    CHECK(fifo.makeflags() == " -j --jobserver-auth=fifo:/tmp/x");
    CHECK(parse_makeflags(fifo.makeflags()).value().path == fifo.path);
}

TEST_CASE("the style follows the version of make") {
    CHECK(style_of_make("GNU Make 4.3\nBuilt for x86_64") == Style::pipe);
    CHECK(style_of_make("GNU Make 4.4\n") == Style::fifo);
    CHECK(style_of_make("GNU Make 4.4.1\n") == Style::fifo);
    CHECK(style_of_make("GNU Make 4.10\n") == Style::fifo);
    CHECK(style_of_make("GNU Make 5.0\n") == Style::fifo);
    CHECK(style_of_make("GNU Make 3.82\n") == Style::pipe);
    CHECK(style_of_make("some other make") == Style::pipe);
    CHECK(style_of_make("") == Style::pipe);
}
