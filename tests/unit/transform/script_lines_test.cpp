#include "transform/script_lines.hpp"

#include <set>
#include <string>

#include "catch.hpp"
#include "transform/file_entry.hpp"
#include "transform/folder_macros.hpp"
#include "transform/working_folder.hpp"

using namespace pystacks::transform;
namespace spectext = pystacks::spectext;

TEST_CASE("loops over interpreters, and over files whose names have a version") {
    const auto other = [](const char* line) { return is_for_other_python(line, InterpreterKind::python3); };
    for (const char* line : {"for py in python2 python3; do", "for p in python3.9 python3.13", "for p in $PYTHONS; do",
                             "for p in %{pythons}; do", "for p in /usr/bin/python3 /usr/bin/python3-debug; do",
                             "for p in %{__python3} python3-dbg; do", "for v in 2.7 3.9; do",
                             "for v in %{python2_version} %{python3_version}; do", "%py2_build",
                             "%{?with_other:%py3_other_build}%{python3_other_x}"}) {
        INFO(line);
        CHECK(other(line));
    }
    for (const char* line : {"for i in tool-%{python3_version}; do", "for f in samba/libsamba-python-private.so; do",
                             "for PY in %{python3_version}; do", "for f in python-config.1 x; do",
                             "for d in python/tests; do", "%{__python2} fix.py <a >b", "rm -r %{python2_sitearch}"}) {
        INFO(line);
        CHECK(!other(line));
    }
}

TEST_CASE("programs that only change text") {
    CHECK(runs_text_filter("/usr/bin/python3 tools/strip.py --all < a.in > a"));
    CHECK(runs_text_filter("cat a | %{_bindir}/python3 -E tools/strip.py > b"));
    CHECK(runs_text_filter("python3 -c 'print(1)' > version"));
    CHECK(!runs_text_filter("/usr/bin/python3 setup.py build > log"));
    CHECK(!runs_text_filter("/usr/bin/python3 tools/strip.py"));
    CHECK(!runs_text_filter("/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_paths())' > flags"));
    CHECK(!runs_text_filter("PYTHON=/usr/bin/python3 ./configure > log"));
    CHECK(!runs_text_filter("/usr/bin/python3 tools/run.py build_ext > log"));
}

TEST_CASE("paths with the name of a build type") {
    for (const char* line : {"ls -1d $PWD/build/*relwithdebinfo", "install build/Release/tool %{buildroot}",
                             "cp %{_vpath_builddir}/release/x y", "cd bin/MinSizeRel", "cp Release/x y"}) {
        INFO(line);
        CHECK(names_build_type(line));
    }
    for (const char* line :
         {"%cmake -DCMAKE_BUILD_TYPE=RelWithDebInfo", "cmake --build . --config Release", "%meson --buildtype=release",
          "-C cmake.build-type=Release", "cat /etc/os-release", "install target/release/x y",
          "%cmake -DCMAKE_BUILD_TYPE:STRING=\"Release\"", "echo %{release}", "cp Release.notes y"}) {
        INFO(line);
        CHECK(!names_build_type(line));
    }
}

TEST_CASE("paths with .. that stay inside of the tree, and others") {
    const auto leaves = [](const char* script) { return WorkingFolder().follow(script); };
    for (const char* script : {"cd python && cp ../LICENSE .", "pushd a/b; mv x ../../y; popd", "cp a/../b c",
                               "ln -s ../include python/include", "cd python; ln -s ../src", "(cd x; cp -p ../y .)",
                               "for d in a b; do cd $d; cp ../x .; done", "cd %{srcname}; cp \"../x\" y"}) {
        INFO(script);
        CHECK(!leaves(script));
    }
    for (const char* script :
         {"cp ../x .", "cd a; cp ../../x .", "ln -sr a ../b", "ln -s ../x y", "pushd a; popd; cp ../x .",
          "cd %{_builddir}; cp ../x .", "mv a/../../b c", "cd a; cd ..; cp ../x y", "ln -s ../../x a/y"}) {
        INFO(script);
        CHECK(leaves(script));
    }
}

TEST_CASE("libraries that use Python, by their names") {
    const spectext::SpecText empty("");
    const MacroValues values(empty);
    const std::set<std::string> bound{bound_name("python-fast"), bound_name("pythia8"), bound_name("_classad.so")};
    for (const char* name : {"libpytalloc-util.so.1", "libboost_python313.so.1", "libfast-py3.so", "libpyfast.so.1",
                             "libpyclassad3*.so", "libsamba-python-private.so", "libPyImath.so.2", "libpy.so"}) {
        INFO(name);
        CHECK(names_python_library("%{_libdir}/" + std::string(name), values, bound));
    }
    for (const char* name : {"libSoapySDR.so.1", "libpythia8.so", "libonnx_pytorch.so", "libcopy.so", "libpyramid.so.1",
                             "libhappy.so.2"}) {
        INFO(name);
        CHECK(!names_python_library("%{_libdir}/" + std::string(name), values, bound));
    }
}

TEST_CASE("macros of folders have a meaning and a source") {
    for (const FolderMacro& each : folder_macros()) {
        INFO(each.name);
        CHECK(!each.source.empty());
        CHECK(folder_macro(each.name) == &each);
    }
    std::string_view rest;
    REQUIRE(folder_macro_of("%{?python311_sitearch}/x", rest) != nullptr);
    CHECK(rest == "/x");
    CHECK(folder_macro_of("%{python3_sitearch}-x/y", rest) == nullptr);
    CHECK(folder_macro_of("%{mingw64_python3_sitearch}/x", rest) == nullptr);
    CHECK(folder_macro_of("/usr", rest) == nullptr);
}
