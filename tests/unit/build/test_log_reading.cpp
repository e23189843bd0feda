#include <fmt/format.h>

#include "build/failure_excerpt.hpp"
#include "build/make_progress.hpp"
#include "catch.hpp"

using namespace pystacks::build;

TEST_CASE("objects of a Makefile are counted once each") {
    CHECK(count_objects("") == 0);
    CHECK(count_objects("OBJS = a.o b/c.o \\\n\ta.o\nb/c.o: b/c.c\n\t$(CC) -o $@\n") == 2);
    CHECK(count_objects("%.o: %.c\n.c.o:\n*.o $(X).o\nclean: ; rm -f *.o\n") == 0);
}

TEST_CASE("a compiling line is told from others") {
    CHECK(compiles_object("gcc -c -O2 -I. -o Objects/list.o ../../x/Objects/list.c"));
    CHECK(compiles_object("ccache gcc -pthread -c x.c"));
    CHECK_FALSE(compiles_object("gcc -shared -o libx.so a.o b.o"));
    CHECK_FALSE(compiles_object("/bin/sh -c 'echo hello'"));
    CHECK_FALSE(compiles_object(""));
}

TEST_CASE("an excerpt begins at the first error") {
    std::string log;
    for (int i = 0; i < 100; ++i) log += fmt::format("line {}\n", i);
    log += "x.c:3: error: no such thing\n";
    for (int i = 0; i < 50; ++i) log += fmt::format("other compiler {}\n", i);
    const std::string shown = failure_excerpt_of(log);
    CHECK(shown.starts_with("x.c:3: error: no such thing\nother compiler 0\n"));
    CHECK(shown.ends_with("other compiler 23"));
}

TEST_CASE("an excerpt has what stands before a conclusion") {
    std::string log;
    for (int i = 0; i < 100; ++i) log += fmt::format("line {}\n", i);
    const std::string shown = failure_excerpt_of(log +
                                                 "ld: cannot find -lnotthere\n"
                                                 "collect2: error: ld returned 1 exit status\n"
                                                 "make: *** [Makefile:54: python] Error 1\n");
    CHECK(shown.starts_with("line 93\n"));
    CHECK(shown.find("\nld: cannot find -lnotthere\ncollect2: error: ") != std::string::npos);
    CHECK(failure_excerpt_of("ValueError: 42\nmake: *** [Makefile:3: all] Error 1\n").starts_with("ValueError: 42\n"));
}

TEST_CASE("an excerpt has no commands of compilers") {
    const std::string command = "gcc -c " + std::string(10'000, 'x') + " -o a.o a.c\n";
    CHECK(failure_excerpt_of(command + "a.c:1:1: error: no\n" + command + command + "make: *** [a.o] Error 1\n") ==
          "a.c:1:1: error: no\nmake: *** [a.o] Error 1");
}

TEST_CASE("an excerpt without an error is the end") {
    std::string log;
    for (int i = 0; i < 100; ++i) log += fmt::format("line {}\n", i);
    const std::string shown = failure_excerpt_of(log);
    CHECK(shown.starts_with("line 75\n"));
    CHECK(shown.ends_with("line 99"));
    CHECK(failure_excerpt_of("").empty());
    CHECK(failure_excerpt_of("one") == "one");
}

TEST_CASE("an error far above the end is not searched for") {
    std::string log = "old error: long ago\n";
    for (int i = 0; i < 300; ++i) log += fmt::format("line {}\n", i);
    CHECK(failure_excerpt_of(log).starts_with("line 275\n"));
}
