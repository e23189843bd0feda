#include "compare/twin_name.hpp"

#include <utility>

#include "catch.hpp"
#include "growth.hpp"

using namespace pystacks::compare;

TEST_CASE("a debug build's file and its optimized twin have one key") {
    const std::pair<const char*, const char*> twins[] = {
        {"/usr/bin/python3.13", "/usr/bin/python3.13d"},
        {"/usr/bin/python3.13", "/usr/bin/python3.13-debug"},
        {"/usr/bin/python3.13-config", "/usr/bin/python3.13d-config"},
        {"/usr/lib64/libpython3.13.so.1.0", "/usr/lib64/libpython3.13d.so.1.0"},
        {"/usr/lib64/libpython3.13t.so.1.0", "/usr/lib64/libpython3.13td.so.1.0"},
        {"/usr/include/python3.7m/Python.h", "/usr/include/python3.7dm/Python.h"},
        {"/l/_x.cpython-313-x86_64-linux-gnu.so", "/l/_x.cpython-313d-x86_64-linux-gnu.so"},
        {"/l/config-3.13-x86_64-linux-gnu/Makefile", "/l/config-3.13d-x86_64-linux-gnu/Makefile"},
        {"/l/_sysconfigdata__linux_x86_64-linux-gnu.py", "/l/_sysconfigdata_d_linux_x86_64-linux-gnu.py"},
        {"/l/lib-dynload/_socket.so", "/l/lib-dynload/_socket_d.so"},
        {"/usr/share/doc/python3.13-debug/README", "/usr/share/doc/python3.13/README"},
    };
    for (const auto& [optimized, debug] : twins) CHECK(twin_key(optimized) == twin_key(debug));
}

TEST_CASE("letters and numbers that are no ABI flags stay in the key") {
    for (const char* path : {"/usr/lib/debug/a", "/x/sha3module.c", "/x/md5.py", "/x/python3.13/os.py", "/x/x86_64/a",
                             "/x/_d", "/x/debugger-debugging", "/x/2to3", "/x/1dmtu"}) {
        CHECK(twin_key(path) == path);
    }
    CHECK(twin_key("") == "");
}

TEST_CASE("a name of nothing but flags") {
    CHECK(growth::ends_within(20, [] { (void)twin_key(std::string(1'000'000, 'd')); }));
}

TEST_CASE("files of two versions have one versionless key") {
    CHECK(versionless_key("/usr/lib/python3.11/__pycache__/os.cpython-311.pyc") ==
          versionless_key("/usr/lib/python3.13/__pycache__/os.cpython-313.pyc"));
    CHECK(versionless_key("Python-3.13.5.tar.xz") == versionless_key("Python-3.9.21.tar.xz"));
    CHECK(versionless_key("libpython3.11.so.1.0") == versionless_key("libpython3.13d.so.1.0"));
    CHECK(versionless_key("/x/test_311.py") != versionless_key("/x/test_313.py"));
}

TEST_CASE("the suffix of a configuration counts like ABI flags") {
    const std::string module = "/usr/lib64/python3.13/lib-dynload/_socket.cpython-313asan-x86_64-linux-gnu.so";
    CHECK(twin_key(module, "asan") ==
          twin_key("/usr/lib64/python3.13/lib-dynload/_socket.cpython-313-x86_64-linux-gnu.so"));
    CHECK(twin_key("/usr/bin/python3.13asan", "asan") == "/usr/bin/python3.13");
    CHECK(twin_key("/usr/bin/python3.13d", "asan") == "/usr/bin/python3.13");
    CHECK(twin_key("/usr/share/asan/x1.txt", "asan") == "/usr/share/asan/x1.txt");
    CHECK(twin_key(module) == module);
}
