#include "merge/install_path.hpp"

#include "catch.hpp"

using namespace pystacks::merge;

TEST_CASE("bytecode names its source") {
    CHECK(bytecode_source("/lib/__pycache__/os.cpython-313.pyc") == "/lib/os.py");
    CHECK(bytecode_source("/lib/__pycache__/os.cpython-313.opt-2.pyc") == "/lib/os.py");
    CHECK(bytecode_source("/lib/__pycache__/a.b.cpython-36.opt-1.pyc") == "/lib/a.b.py");
    CHECK(bytecode_source("/lib/__pycache__/os.cpython-34.pyo") == "/lib/os.py");
    CHECK(bytecode_source("/lib/os.pyc") == "/lib/os.py");
    CHECK(bytecode_source("/lib/os.pyo") == "/lib/os.py");
}

TEST_CASE("other names are no bytecode") {
    CHECK_FALSE(bytecode_source("/lib/os.py"));
    CHECK_FALSE(bytecode_source("/lib/__pycache__/os.pyc"));
    CHECK_FALSE(bytecode_source("/lib/__pycache__/README"));
    CHECK_FALSE(bytecode_source("/lib/.pyc"));
}

TEST_CASE("a folder holds itself and what is below, but not its namesakes") {
    CHECK(is_within("/usr/lib", "/usr/lib"));
    CHECK(is_within("/usr/lib/a/b", "/usr/lib"));
    CHECK(is_within("/usr/lib/a", "/usr/lib/"));
    CHECK_FALSE(is_within("/usr/lib64/a", "/usr/lib"));
    CHECK_FALSE(is_within("/usr", "/usr/lib"));
}
