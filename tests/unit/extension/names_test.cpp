#include "base/error.hpp"
#include "catch.hpp"
#include "extension/harvest.hpp"
#include "extension/import_check.hpp"
#include "extension/interpreters.hpp"
#include "extension/variant_module_name.hpp"

using namespace pystacks;
using namespace pystacks::extension;

namespace {

python::Interpreter python3(bool debug) {
    python::Interpreter result;
    result.executable = debug ? "/usr/bin/python3.13-debug" : "/usr/bin/python3.13";
    result.abi = {"3.13", debug ? python::debug_traits : python::optimized_traits};
    result.suffix = debug ? ".cpython-313d-x86_64-linux-gnu.so" : ".cpython-313-x86_64-linux-gnu.so";
    result.suffixes = {result.suffix, ".abi3.so", ".so"};
    return result;
}

python::Interpreter python2() {
    python::Interpreter result;
    result.abi = {"2.7", {}};
    result.suffix = ".so";
    result.suffixes = {".so", "module.so"};
    return result;
}

std::vector<std::string> stems(const python::Interpreter& interpreter, std::string_view file) {
    std::vector<std::string> result;
    for (const python::ImportedName& name : python::imported_names(interpreter, file)) result.push_back(name.stem);
    return result;
}

}  // namespace

TEST_CASE("the name that a file is imported by") {
    CHECK(stems(python3(false), "_y.cpython-313-x86_64-linux-gnu.so") == std::vector<std::string>{"_y"});
    CHECK(stems(python3(false), "_y.abi3.so") == std::vector<std::string>{"_y"});
    CHECK(stems(python3(false), "_y.so") == std::vector<std::string>{"_y"});
    CHECK(python::imported_names(python3(false), "_y.abi3.so").front().suffix == ".abi3.so");
    CHECK(stems(python3(true), "_y.cpython-312-x86_64-linux-gnu.so").empty());
    CHECK(stems(python3(true), "libx.so.1").empty());
    CHECK(stems(python3(true), ".so").empty());
    CHECK(stems(python2(), "foomodule.so") == std::vector<std::string>{"foo", "foomodule"});
}

TEST_CASE("two interpreters that belong together") {
    CHECK(matched(python3(false), python3(true), python::debug_traits).variant.has(python::Trait::debug));
    CHECK_THROWS_WITH(matched(python3(true), python3(true), python::debug_traits),
                      contains_text("should be the release interpreter"));
    CHECK_THROWS_WITH(matched(python3(false), python3(false), python::debug_traits),
                      contains_text("is not a debug build"));
    const python::Traits threads{python::Trait::free_threaded};
    CHECK_THROWS_WITH(matched(python3(false), python3(false), threads), contains_text("not a free-threaded build"));
    python::Interpreter threaded = python3(true);
    threaded.abi.traits = threads;
    CHECK(matched(python3(false), threaded, threads).variant.has(python::Trait::free_threaded));
    python::Interpreter other = python3(true);
    other.abi.version = "3.12";
    CHECK_THROWS_WITH(matched(python3(false), other, python::debug_traits), contains_text("it is Python 3.12"));
    python::Interpreter same = python3(true);
    same.suffix = python3(false).suffix;
    CHECK_THROWS_WITH(matched(python3(false), same, python::debug_traits), contains_text("cannot be in one folder"));
}

TEST_CASE("modules of variants by their names") {
    const auto name = variant_module_name("/usr/lib64/python3.9/site-packages/x/_y.cpython-39d-x86_64-linux-gnu.so");
    REQUIRE(name);
    CHECK(name->version == "3.9");
    CHECK(name->stem == "_y");
    CHECK(is_twin_name(*name, "_y.cpython-39-x86_64-linux-gnu.so"));
    CHECK(is_twin_name(*name, "_y.abi3.so"));
    CHECK(is_twin_name(*name, "_y.so"));
    CHECK_FALSE(is_twin_name(*name, "_y.cpython-310-x86_64-linux-gnu.so"));
    CHECK_FALSE(is_twin_name(*name, "_yy.so"));
    CHECK_FALSE(variant_module_name("/usr/lib64/python3.9/site-packages/x/_y.cpython-39-x86_64-linux-gnu.so"));
    CHECK_FALSE(variant_module_name("/usr/lib64/python3.9/site-packages/x/_d.so"));
    const auto old = variant_module_name("/usr/lib64/python2.7/site-packages/x/_y_d.so");
    REQUIRE(old);
    CHECK(old->version == "2.7");
    CHECK(is_twin_name(*old, "_y.so"));
    const auto threads = variant_module_name(
        "/usr/lib64/python3.13t/site-packages/_y.cpython-313td-x86_64-linux-gnu.so", {python::Trait::free_threaded});
    REQUIRE(threads);
    CHECK(threads->twin == ".cpython-313t-x86_64-linux-gnu.so");
    const std::string of_threads = "/usr/lib64/python3.13t/site-packages/_y.cpython-313t-x86_64-linux-gnu.so";
    CHECK(variant_module_name(of_threads)->twin == ".cpython-313-x86_64-linux-gnu.so");
    CHECK_FALSE(variant_module_name(of_threads, {python::Trait::free_threaded}));
    const python::Traits threaded{python::Trait::free_threaded};
    CHECK(release_traits(of_threads, {}) == threaded);
    CHECK(release_traits("/usr/lib64/python3.13/site-packages/_y.cpython-313d-x86_64-linux-gnu.so", {}) ==
          python::Traits());
}

TEST_CASE("how modules are imported") {
    const ImportName inside = import_name("/usr/lib64/python3.13/site-packages/a/b/_c.so", ".so");
    CHECK(inside.folder == "/usr/lib64/python3.13/site-packages");
    CHECK(inside.name == "a.b._c");
    const ImportName outside = import_name("/usr/lib64/app/_c.so", ".so");
    CHECK(outside.folder == "/usr/lib64/app");
    CHECK(outside.name == "_c");
    const ImportName package = import_name("/usr/lib64/python3.13/site-packages/a/b/__init__.abi3.so", ".abi3.so");
    CHECK(package.folder == "/usr/lib64/python3.13/site-packages");
    CHECK(package.name == "a.b");
    const ImportName outside_package = import_name("/usr/lib64/app/a/__init__.so", ".so");
    CHECK(outside_package.folder == "/usr/lib64/app");
    CHECK(outside_package.name == "a");
    CHECK(parse_twins("/a\t/b\n").size() == 1);
    CHECK_THROWS_AS(parse_twins("/a /b\n"), Error);
}

TEST_CASE("a subpackage has a package's name, of which its list gets the name") {
    CHECK(parse_subpackage("python3-x-debug").name == "python3-x-debug");
    CHECK(parse_subpackage("python3-x-debug=/usr/**=1").glob == "/usr/**=1");
    for (const char* text : {"", "=glob", "../x", "a/b=glob", "-x", "a\nb"}) {
        CHECK_THROWS_AS(parse_subpackage(text), Error);
    }
}
