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

Library library(const std::string& path, const std::string& soname, const std::vector<std::string>& imports) {
    Library result{path, {}};
    result.elf.soname = soname;
    result.elf.imports = imports;
    return result;
}

}  // namespace

TEST_CASE("what speaks for and against a debug module") {
    CHECK(contradictions(compiled_with("/usr/include/python3.13d/object.h"), "3.13").empty());
    CHECK(proved(compiled_with("/usr/include/python3.13d/object.h")));
    CHECK(contradictions(compiled_with("/usr/include/python3.13/object.h"), "3.13").size() == 1);
    CHECK_FALSE(proved(compiled_with("/usr/include/python3.13/object.h")));
    CHECK(contradictions(compiled_with("/usr/include/python3.12d/object.h"), "3.13").size() == 1);
    CHECK_FALSE(proved(Evidence{}));

    Evidence linked;
    linked.needed = {"libpython3.13.so.1.0", "libc.so.6"};
    CHECK(contradictions(linked, "3.13") ==
          std::vector<std::string>{"it is linked to the release libpython3.13.so.1.0"});
    linked.needed = {"libpython3.13d.so.1.0"};
    CHECK(contradictions(linked, "3.13").empty());
    CHECK(contradictions(linked, "3.12").size() == 1);
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
