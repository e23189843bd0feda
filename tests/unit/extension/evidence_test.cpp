#include "extension/evidence.hpp"

#include "catch.hpp"
#include "extension/helper_library.hpp"

using namespace pystacks;
using namespace pystacks::extension;

namespace {

Evidence compiled_with(const std::string& header) {
    Evidence evidence;
    evidence.headers = python::headers_among({header, "/usr/include/stdio.h"});
    return evidence;
}

const python::Abi debug313{"3.13", python::debug_traits};

Library library(const std::string& path, const std::string& soname, const std::vector<std::string>& imports) {
    Library result{path, {}};
    result.elf.soname = soname;
    result.elf.imports = imports;
    return result;
}

}  // namespace

TEST_CASE("what speaks for and against a debug module") {
    CHECK(contradictions(compiled_with("/usr/include/python3.13d/object.h"), debug313).empty());
    CHECK(proved(compiled_with("/usr/include/python3.13d/object.h"), python::debug_traits));
    CHECK(contradictions(compiled_with("/usr/include/python3.13/object.h"), debug313).size() == 1);
    CHECK_FALSE(proved(compiled_with("/usr/include/python3.13/object.h"), python::debug_traits));
    CHECK(contradictions(compiled_with("/usr/include/python3.12d/object.h"), debug313).size() == 1);
    CHECK_FALSE(proved(Evidence{}, python::debug_traits));

    Evidence linked;
    linked.needed = {"libpython3.13.so.1.0", "libc.so.6"};
    CHECK(contradictions(linked, debug313) ==
          std::vector<std::string>{"it is linked to the release libpython3.13.so.1.0"});
    linked.needed = {"libpython3.13d.so.1.0"};
    CHECK(contradictions(linked, debug313).empty());
    CHECK(contradictions(linked, python::Abi{"3.12", python::debug_traits}).size() == 1);
}

TEST_CASE("what speaks for and against a module of another configuration") {
    const python::Traits threads{python::Trait::free_threaded};
    const python::Abi abi{"3.13", threads};
    const Evidence right = compiled_with("/usr/include/python3.13t/object.h");
    CHECK(contradictions(right, abi).empty());
    CHECK(proved(right, threads));
    CHECK(contradictions(compiled_with("/usr/include/python3.13/object.h"), abi) ==
          std::vector<std::string>{"it was compiled with the release headers, /usr/include/python3.13"});
    CHECK(contradictions(compiled_with("/usr/include/python3.13td/object.h"), abi) ==
          std::vector<std::string>{"it was compiled with the freethreading-debug headers, /usr/include/python3.13td"});
    CHECK(release_contradictions(right) ==
          std::vector<std::string>{"it was compiled with the freethreading headers, /usr/include/python3.13t"});
    CHECK(release_contradictions(right, threads).empty());
    // Its base counts references, too, if it is a debug build.
    Evidence counted;
    counted.counts_references = true;
    counted.debug_symbol = "_Py_RefTotal";
    CHECK_FALSE(proved(counted, threads));
    CHECK(contradictions(counted, abi).size() == 1);
    CHECK(contradictions(counted, debug313).empty());
    CHECK(release_contradictions(counted).size() == 1);
    CHECK(release_contradictions(counted, python::debug_traits).empty());
    // Sanitizers leave no mark in the names of folders.
    const python::Abi sanitized{"3.13", {python::Trait::address_sanitizer}};
    CHECK(contradictions(compiled_with("/usr/include/python3.13/object.h"), sanitized).empty());
}

TEST_CASE("what speaks against a release module") {
    CHECK(release_contradictions(Evidence{}).empty());
    CHECK(release_contradictions(compiled_with("/usr/include/python3.13/object.h")).empty());
    CHECK(release_contradictions(compiled_with("/usr/include/python3.13d/object.h")) ==
          std::vector<std::string>{"it was compiled with the debug headers, /usr/include/python3.13d"});
    Evidence linked;
    linked.needed = {"libpython3.13.so.1.0", "libc.so.6"};
    CHECK(release_contradictions(linked).empty());
    linked.needed = {"libpython3.13d.so.1.0"};
    CHECK(release_contradictions(linked) ==
          std::vector<std::string>{"it is linked to the debug libpython3.13d.so.1.0"});

    for (const char* symbol : {"_Py_INCREF_IncRefTotal", "_Py_RefTotal", "PyModule_Create2TraceRefs"}) {
        tree::ElfInfo elf;
        elf.imports = {"PyList_New", symbol};
        CHECK(release_contradictions(evidence_of(elf, {})) ==
              std::vector<std::string>{"it needs " + std::string(symbol) + ", which only the debug interpreter has"});
    }
}

TEST_CASE("the last switch of optimization counts") {
    CHECK(optimization_in("GNU C17 12.2.0 -mtune=generic -march=x86-64 -g -O2 -fPIC") == "-O2");
    CHECK(optimization_in("GNU C17 12.2.0 -O2 -g -O0") == "");
    CHECK(optimization_in("GNU C++20 14.2.0 -O0 -Ofast -g") == "-Ofast");
    CHECK(optimization_in("GNU C17 12.2.0 -g -Og") == "");
    CHECK(optimization_in("clang version 14.0.6") == "");
}

TEST_CASE("libraries that a package links to itself") {
    Module module;
    module.elf.needed = {"libone.so.1", "libc.so.6"};
    const Library plain = library("/usr/lib64/libone.so.1", "libone.so.1", {"malloc"});
    const HelperLibraries shared = helper_libraries(module, {plain}, {plain});
    CHECK(shared.problems.empty());
    CHECK(shared.uses_python.empty());
    CHECK(shared.notes.size() == 1);
    CHECK(helper_libraries(module, {plain}, {}).problems.size() == 1);
    const Library python = library("/usr/lib64/libone.so.1", "libone.so.1", {"PyList_New"});
    CHECK(helper_libraries(module, {python}, {python}).uses_python == "/usr/lib64/libone.so.1");
    CHECK(helper_libraries(module, {python}, {python}).problems.empty());
    CHECK(helper_libraries(module, {python}, {}).problems.size() == 1);
    // Through another one, and around in a circle.
    Library first = plain;
    first.elf.needed = {"libtwo.so.1"};
    Library second = library("/usr/lib64/libtwo.so.1", "libtwo.so.1", {"_Py_Dealloc"});
    second.elf.needed = {"libone.so.1"};
    CHECK(helper_libraries(module, {first, second}, {first, second}).uses_python == "/usr/lib64/libtwo.so.1");
}
