#include "python/file_evidence.hpp"

#include "catch.hpp"

using namespace pystacks::python;

TEST_CASE("names of commands, libraries, headers and modules say for which build they are") {
    for (const char* path : {"/usr/bin/python3.13d", "/usr/bin/python2.7-debug", "/usr/lib64/libpython3.13d.so.1.0",
                             "/usr/include/python3.13d/Python.h", "/usr/lib64/python2.7/lib-dynload/_socket_d.so",
                             "/usr/lib64/python3.13/lib-dynload/_socket.cpython-313d-x86_64-linux-gnu.so",
                             "/usr/lib64/python3.7/lib-dynload/_socket.cpython-37dm-x86_64-linux-gnu.so"}) {
        CAPTURE(path);
        CHECK(traits_of_file(path) == debug_traits);
    }
    for (const char* path :
         {"/usr/bin/python3.13", "/usr/lib64/libpython3.13.so.1.0", "/usr/include/python3.13/Python.h",
          "/usr/lib64/python3.13/lib-dynload/_socket.cpython-313-x86_64-linux-gnu.so"}) {
        CAPTURE(path);
        CHECK(traits_of_file(path) == optimized_traits);
    }
    CHECK(traits_of_file("/usr/bin/python3.13td") == Traits{Trait::free_threaded, Trait::debug});
}

TEST_CASE("files that may be for any build say nothing") {
    for (const char* path : {"/usr/bin/python3", "/usr/bin/python3.13-config", "/usr/lib64/libpython3.so",
                             "/usr/lib64/python3.13/os.py", "/usr/lib64/python2.7/lib-dynload/_socket.so",
                             "/usr/lib64/python3.13/site-packages/x.abi3.so", "/usr/bin/ls"}) {
        CAPTURE(path);
        CHECK_FALSE(traits_of_file(path));
    }
}
