#include "python/module_file.hpp"

#include "catch.hpp"

using namespace pystacks::python;

namespace {

using Suffixes = std::vector<std::string>;
constexpr const char* platform = "x86_64-linux-gnu";

}  // namespace

TEST_CASE("a module's file name says for whom it is") {
    const auto free_threaded = module_file("/usr/lib64/python3.13/_speedups.cpython-313td-x86_64-linux-gnu.so");
    REQUIRE(free_threaded);
    CHECK(free_threaded->stem == "_speedups");
    CHECK(free_threaded->abi == Abi{"3.13", {Trait::debug, Trait::free_threaded}});
    CHECK(free_threaded->platform == platform);
    CHECK(free_threaded->suffix == ".cpython-313td-x86_64-linux-gnu.so");

    CHECK(module_file("a.abi3.so")->tag == Tag::stable);
    CHECK(module_file("a.abi3-x86_64-linux-gnu.so")->tag == Tag::stable);
    CHECK(module_file("a.abi3-x86_64-linux-gnu.so")->platform == platform);
    CHECK(module_file("a.abi3t.so")->tag == Tag::stable_shared);
    CHECK(module_file("a.abi3t-x86_64-linux-gnu.so")->is_stable());
    CHECK(module_file("_socket_d.so")->stem == "_socket");
    CHECK(module_file("_socket_d.so")->abi.traits == debug_traits);
    CHECK(module_file("_socket.so")->tag == Tag::none);
    CHECK(module_file("a.cpython-39.so")->abi.version == "3.9");
}

TEST_CASE("what is no module's name") {
    for (const char* name : {"libfoo.so.1", "a.pypy39-pp73-x86_64-linux-gnu.so", "a.cpython-313x-y.so", ".so", "a.py",
                             "a.cpython-3.so", "a.abi4.so"}) {
        INFO(name);
        CHECK_FALSE(module_file(name));
    }
    CHECK_FALSE(module_file(std::string(300, 'a') + ".so"));
}

TEST_CASE("suffixes are those that interpreters of each version say they have, in their order") {
    CHECK(module_suffixes({"2.7", {}}, platform) == Suffixes{".so", "module.so"});
    CHECK(module_suffixes({"2.7", debug_traits}, platform) == Suffixes{"_d.so", "module_d.so"});
    CHECK(module_suffixes({"3.4", {Trait::pymalloc}}, platform) == Suffixes{".cpython-34m.so", ".abi3.so", ".so"});
    CHECK(module_suffixes({"3.7", *traits_of_flags("dm")}, platform) ==
          Suffixes{".cpython-37dm-x86_64-linux-gnu.so", ".abi3.so", ".so"});
    CHECK(module_suffixes({"3.9", debug_traits}, platform) ==
          Suffixes{".cpython-39d-x86_64-linux-gnu.so", ".cpython-39-x86_64-linux-gnu.so", ".abi3.so", ".so"});
    CHECK(module_suffixes({"3.11", {}}, platform) == Suffixes{".cpython-311-x86_64-linux-gnu.so", ".abi3.so", ".so"});
    CHECK(module_suffixes({"3.13", {Trait::free_threaded, Trait::debug}}, platform) ==
          Suffixes{".cpython-313td-x86_64-linux-gnu.so", ".cpython-313t-x86_64-linux-gnu.so", ".so"});
    CHECK(module_suffixes({"3.14", {}}, platform) ==
          Suffixes{".cpython-314-x86_64-linux-gnu.so", ".abi3.so", ".abi3-x86_64-linux-gnu.so", ".so"});
    CHECK(module_suffixes({"3.15", {}}, platform) == Suffixes{".cpython-315-x86_64-linux-gnu.so",
                                                              ".abi3-x86_64-linux-gnu.so", ".abi3.so",
                                                              ".abi3t-x86_64-linux-gnu.so", ".abi3t.so", ".so"});
    CHECK(module_suffixes({"3.15", {Trait::free_threaded}}, platform) ==
          Suffixes{".cpython-315t-x86_64-linux-gnu.so", ".abi3t-x86_64-linux-gnu.so", ".abi3t.so", ".so"});
}

TEST_CASE("a module exports one of these") {
    CHECK(imported_as({"3.13", {}}, "/usr/lib64/python3.13/site-packages/apsw", "__init__") == "apsw");
    CHECK(imported_as({"3.13", {}}, "/usr/lib64/python3.13/site-packages/apsw", "_a") == "_a");
    CHECK(imported_as({"2.7", {}}, "/usr/lib64/python2.7/site-packages/apsw", "__init__") == "__init__");
    CHECK(init_symbols({"2.7", {}}, "a") == Suffixes{"inita"});
    CHECK(init_symbols({"3.14", {}}, "a") == Suffixes{"PyInit_a"});
    CHECK(init_symbols({"3.15", {}}, "a") == Suffixes{"PyInit_a", "PyModExport_a"});
}
