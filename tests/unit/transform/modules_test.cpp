#include <string>
#include <vector>

#include "base/text.hpp"
#include "catch.hpp"
#include "sample.hpp"
#include "transform/folder_macros.hpp"
#include "transform/transformation.hpp"

// Whether a spec has compiled modules: "nothing to do" is said only where the text shows it.

namespace {

using pystacks::replace_all;
using pystacks::transform::Modules;
using pystacks::transform::Outcome;
using pystacks::transform::Reason;
using pystacks::transform::sample;
using pystacks::transform::transform;

constexpr const char* list = "-f %{pyproject_files}\n";

/// The sample with setup.py, these lines in %files, and these in the preamble instead of "BuildRequires: gcc".
std::string with_files(const std::string& files, const std::string& tags = "BuildRequires: gcc, python3-devel\n",
                       const std::string& build = "%py3_build") {
    std::string text = sample(list, "\n" + files + "\n");
    text = replace_all(text, "BuildRequires: gcc\n", tags);
    text = replace_all(text, "%pyproject_save_files fast\n", "");
    text = replace_all(text, "%pyproject_wheel", build);
    return replace_all(text, "%pyproject_install", build == "%py3_build" ? "%py3_install" : build + "_install");
}

Modules modules(const std::string& text) { return transform(text, "").seen.modules; }

void check_unclear(const std::string& text) {
    INFO(text);
    const auto done = transform(text, "");
    CHECK(done.seen.modules == Modules::unclear);
    REQUIRE(done.outcome == Outcome::refused);
    CHECK(key_of(done.refusals.front().reason) == key_of(Reason::unclear_modules));
}

}  // namespace

TEST_CASE("build roots have a compiler that no spec asks for") {
    const std::string folder = "%{python3_sitearch}/fast\n%{python3_sitearch}/fast-1.egg-info";
    for (const char* tags :
         {"", "BuildRequires: python3-devel\n", "BuildRequires: g++\n", "BuildRequires: gcc-g++\n",
          "BuildRequires: gcc12-c++, gcc-toolset-13-gcc\n", "BuildRequires: gfortran\n", "BuildRequires: clang17\n"}) {
        INFO(tags);
        CHECK(modules(with_files(folder, tags)) == Modules::some);
    }
    CHECK(modules(sample("BuildRequires: gcc\n", "BuildRequires: libxml2-devel\n")) == Modules::some);
    CHECK(modules(sample("BuildRequires: gcc\n", "BuildRequires : g++\n")) == Modules::some);
    CHECK(modules(sample("BuildRequires: gcc\n", "buildrequires: gcc\n")) == Modules::some);
    check_unclear(sample("BuildRequires: gcc\n", ""));
    check_unclear(sample("BuildRequires: gcc\n", "BuildRequires: python3-devel, python3-setuptools\n"));
}

TEST_CASE("macros of other distributions") {
    for (const char* folder : {"%{py3_sitedir}", "%py3_sitedir", "%{py_platsitedir}", "%{py3_platsitedir}",
                               "%{python313_sitearch}", "%{_libdir}/python3*/site-packages",
                               "/usr/%{_lib}/python3.13/site-packages", "%_libdir/python3/site-packages"}) {
        INFO(folder);
        CHECK(modules(with_files(std::string(folder) + "/fast/*.so")) == Modules::some);
        CHECK(modules(with_files("%attr(755,root,root) " + std::string(folder) + "/_fast*.so")) == Modules::some);
        CHECK(modules(with_files(std::string(folder) + "/fast")) == Modules::some);
    }
    const auto alt = transform(with_files("%python3_sitelibdir/fast"), "");
    CHECK(alt.refusals.front().reason == Reason::foreign_macros);
    CHECK(alt.seen.distribution == "ALT Linux");
    CHECK(transform(with_files("%{py3_sitedir}/fast/_fast.so"), "").outcome == Outcome::added);
    CHECK(transform(with_files("%{py3_sitedir}/fast/_fast.so"), "").seen.distribution == "PLD Linux");
    CHECK(modules(with_files("%{py3_sitescriptdir}/fast\n%{py3_sitescriptdir}/fast-1.egg-info")) == Modules::none);
    CHECK(modules(with_files("%python3_sitelibdir_noarch/fast")) == Modules::none);
}

TEST_CASE("macros that nobody knows") {
    check_unclear(with_files("%{my_pythondir}/fast/*.so"));
    check_unclear(with_files("%{fast_py3dir}/fast"));
    check_unclear(with_files("%{whatever}/fast"));
    CHECK(modules(with_files("%{python3_sitelib}/fast\n%{whatever}/fast")) == Modules::none);
    check_unclear(with_files("%{_libdir}/fast/_fast%{python3_ext_suffix}\n%{python3_sitelib}/fast/*.py"));
}

TEST_CASE("folders that contain those of modules") {
    for (const char* folder : {"/usr", "%{_prefix}/*", "%{_libdir}/*", "%{_libdir}/py*", "/usr/lib64/", "/*"})
        check_unclear(with_files(folder));
    CHECK(modules(with_files("%{_libdir}/lib*.so.*", "BuildRequires: gcc\n", "%configure")) == Modules::none);
    CHECK(modules(with_files("%{_prefix}/*", "BuildRequires: gcc\n", "%configure")) == Modules::none);
}

TEST_CASE("lists that the build makes") {
    const auto listed = [](const std::string& name, const std::string& install, const std::string& tags = "") {
        std::string text = with_files("%doc README", "BuildRequires: gcc, python3-devel\n" + tags);
        text = replace_all(text, "%files -n python3-fast", "%files -n python3-fast -f " + name);
        return replace_all(text, "%py3_install", install);
    };
    const std::string record = "%{__python3} setup.py install --root=%{buildroot} --record=INSTALLED_FILES";
    check_unclear(listed("INSTALLED_FILES", record));
    check_unclear(listed("python3-fast.list.rpm", "make install"));
    check_unclear(replace_all(listed("fast.list", "make install"), "BuildRequires: gcc, python3-devel\n",
                              "%{?with_py:BuildRequires: %{?scl_prefix}python-devel}\n"));
    check_unclear(listed("files.lst", "%py3_install\nfind %{buildroot} -type f >files.lst"));
    check_unclear(listed("files.lst", "make install\ncd %{buildroot}\nfind . -type f | sed s/.// >../files.lst"));
    CHECK(modules(listed("INSTALLED_FILES", record, "BuildArch: noarch\n")) == Modules::none);
    CHECK(modules(listed("fast.lang", "make install")) == Modules::none);
    CHECK(modules(listed(".mfiles", "%mvn_install")) == Modules::none);
    CHECK(modules(replace_all(listed("a.list", "make install"), ", python3-devel", "")) == Modules::unclear);
}

TEST_CASE("modules below the folder of pure ones") {
    const std::string folder = "%{python3_sitelib}/fast/";
    check_unclear(with_files(folder, "BuildRequires: cmake, gcc-c++, swig, python3-devel\n", "%cmake"));
    check_unclear(with_files(folder, "BuildRequires: gcc-c++, python3dist(pybind11)\n", "%meson"));
    check_unclear(with_files(folder, "BuildRequires: gcc-c++, pkgconfig(python3)\n", "%make_build"));
    check_unclear(with_files(folder, "BuildRequires: gcc, python3-devel, python3-Cython\n"));
    check_unclear(with_files("/usr/lib/python3*/*", "BuildRequires : python3-dev, pypi(setuptools)\n"));
    CHECK(modules(with_files(folder)) == Modules::none);
    CHECK(modules(with_files(folder, "BuildRequires: gcc\n", "%cmake")) == Modules::none);
    check_unclear(
        with_files(folder + "\n%{python3_sitearch}/fast-1.egg-info", "BuildRequires: gcc, cmake\n", "%cmake") +
        "%files -n other\n%{_bindir}/fast\n");
}

TEST_CASE("modules in a folder of the package's own") {
    const std::string tags = "BuildRequires: gcc-c++, cmake, python3-devel\n";
    for (const char* files : {"%{_libdir}/fast/_fast.so", "%{_libdir}/fast/plugins/*.so", "%{_libdir}/%{name}",
                              "%{_libdir}/fast/", "%{_prefix}/lib/fast/*", "%{_libdir}/fast/modpython/"}) {
        INFO(files);
        check_unclear(with_files(files, tags, "%cmake"));
        CHECK(modules(with_files(files, "BuildRequires: gcc-c++, cmake\n", "%cmake")) == Modules::none);
    }
    check_unclear(with_files("%{_libdir}/fast/pyfast.so", "BuildRequires: gcc-c++, cmake\n", "%cmake"));
    for (const char* files :
         {"%{_libdir}/libfast.so.*", "%{_libdir}/fast/libfast.so", "%{_libdir}/pkgconfig/fast.pc",
          "%{_libdir}/cmake/fast/", "%{_libdir}/fast/*.py", "%{_libdir}/libfast.so", "%{_libdir}/libfast*",
          "%{_libdir}/libfast.a", "%{_libdir}/fast/tool", "%{_libdir}/other/", "%{_libdir}/other/x.so",
          "%{_libdir}/fast/*.so.*", "%{_libdir}/fast/core.so.1.2", "%{_libdir}/fast/fast-x-plugin.so",
          "%{_libdir}/fast/fast-*.so"}) {
        INFO(files);
        CHECK(modules(with_files(files, tags, "%cmake")) == Modules::none);
    }
}

TEST_CASE("what is in Python's own folder may be a module, whatever the package requires") {
    for (const char* tags : {"BuildRequires: gcc, python3-devel\n", "BuildRequires: gcc\n"}) {
        for (const char* files : {"%{_libdir}/python3.13/lib-dynload/fast.so",
                                  "%{_prefix}/lib64/python%{pybasever}/fast", "%{_prefix}/lib*/python*/*"}) {
            INFO(tags << files);
            check_unclear(with_files(files, tags, "%configure"));
        }
        for (const char* files : {"%{_libdir}/python3.13/distutils/distutils.cfg", "%{_libdir}/python3.13/fast.py"}) {
            CHECK(modules(with_files(files, tags, "%configure")) == Modules::none);
        }
        check_unclear("%global where %(python3 -c 'import site; print(site.getsitepackages()[0])')\n" +
                      with_files("%{where}/fast", tags, "%configure"));
    }
    CHECK(modules(with_files("%{_libdir}/python3.13/fast", "BuildRequires: make\n", "%configure")) == Modules::none);
}

TEST_CASE("a spec that builds for Python need not require its headers") {
    const std::string gcc = "BuildRequires: gcc\n";
    for (const char* build :
         {"%configure --enable-python-bindings", "%configure --with-python", "%configure --with-py3"}) {
        INFO(build);
        check_unclear(with_files("/usr/lib*/*", gcc, build));
    }
    for (const char* build : {"%configure", "%configure --without-python", "%configure --with-python=no -q"}) {
        INFO(build);
        CHECK(modules(with_files("/usr/lib*/*", gcc, build)) == Modules::none);
    }
    const std::string list = "%{_bindir}/fast\n%files -n python3-fast -f py.files\n";
    const std::string package = "%package -n python3-fast\nSummary: F\n%description -n python3-fast\nF.\n%prep\n";
    check_unclear(replace_all(with_files(list, gcc, "%configure"), "%prep\n", package));
}

TEST_CASE("folders of data are nobody's modules where another package has likelier ones") {
    const std::string more =
        "%files -n more\n%{python3_sitearch}/fast/data/fonts/\n%{python3_sitearch}/fast/tests/baseline_images\n";
    const std::string package = "%package -n more\nSummary: More\n%description -n more\nMore.\n%prep\n";
    const std::string both = replace_all(with_files("%{python3_sitearch}/fast/\n" + more), "%prep\n", package);
    const auto done = transform(both, "");
    REQUIRE(done.outcome == Outcome::added);
    CHECK(done.text.find("-n more") != std::string::npos);
    CHECK(done.text.find("%pydebug_package -d -n more") == std::string::npos);
    CHECK(done.text.find("%files -n more %{?pydebug_exclusions}") != std::string::npos);
}

TEST_CASE("the folder of libraries has other names") {
    const std::string tags = "BuildRequires: gcc-c++, cmake, python3-devel\n";
    for (const char* folder : {"%{_kf5_libdir}", "%{_kf6_libdir}", "%{_qt5_libdir}", "%_qt6_libdir"}) {
        INFO(folder);
        const std::string files = folder;
        check_unclear(with_files(files + "/fast/", tags, "%cmake"));
        CHECK(modules(with_files(files + "/libfast.so.1", tags, "%cmake")) == Modules::none);
        CHECK(modules(with_files(files + "/python3.13/site-packages/fast.so", tags, "%cmake")) == Modules::some);
    }
    CHECK(modules("%global _kf6_libdir /opt/kf6\n" + with_files("%{_kf6_libdir}/fast/", tags, "%cmake")) ==
          Modules::none);
    for (const auto& each : pystacks::transform::library_folder_macros()) CHECK(!each.source.empty());
}

TEST_CASE("the files that sip reads are no modules") {
    const std::string more = "%{python3_sitearch}/PyQt6/QtFast.*.so\n%files -n more\n";
    const std::string package = "%package -n more\nSummary: More\n%description -n more\nMore.\n%prep\n";
    for (const char* folder : {"PyQt6/bindings/", "PyQt5/bindings/QtFast", "PyQt6/bindings/QtFast/*"}) {
        INFO(folder);
        const std::string files = more + "%{python3_sitearch}/" + folder;
        CHECK(transform(replace_all(with_files(files), "%prep\n", package), "").outcome == Outcome::added);
        CHECK(modules(with_files("%{python3_sitearch}/" + std::string(folder))) == Modules::none);
    }
    CHECK(modules(with_files("%{python3_sitearch}/PyQt6/bindings/QtFast/fast.so")) == Modules::some);
    const auto other =
        transform(replace_all(with_files(more + "%{python3_sitearch}/fast/bindings/"), "%prep\n", package), "");
    CHECK(other.outcome == Outcome::added);
    CHECK(other.text.find("%pydebug_package -d -n more") != std::string::npos);
}

TEST_CASE("a folder that the spec makes and fills itself, with no module") {
    const auto with = [](const std::string& install) {
        const std::string text =
            with_files("%{_libdir}/fast/", "BuildRequires: gcc-c++, cmake, python3-devel\n", "%cmake");
        return replace_all(text, "%cmake_install\n", install);
    };
    const std::string make = "%cmake_install\nmkdir -p %{buildroot}%{_libdir}/fast\n";
    const std::string move = "mv %{buildroot}%{_libdir}/libfastjava.so %{buildroot}%{_libdir}/fast\n";
    CHECK(modules(with(make + move)) == Modules::none);
    CHECK(modules(with(make + move + "ln -s %{_jnidir}/fast.jar \"$RPM_BUILD_ROOT%{_libdir}/fast/\"\n")) ==
          Modules::none);
    check_unclear(with(make));
    check_unclear(with("%cmake_install\n" + move));
    check_unclear(with("mkdir -p %{buildroot}%{_libdir}/fast\n%cmake_install\n" + move));
    for (const char* more : {"cp *.so %{buildroot}%{_libdir}/fast\n", "cp -r x %{buildroot}%{_libdir}/fast/\n",
                             "cp fast.so %{buildroot}%{_libdir}/fast/\n", "./fill --to=%{buildroot}%{_libdir}/fast\n",
                             "pushd %{buildroot}%{_libdir}/fast\n", "install x %{buildroot}%{_libdir}/fast\n",
                             "cp lib*.so %{buildroot}%{_libdir}/fast\n"}) {
        check_unclear(with(make + move + more));
    }
}

TEST_CASE("conditions that never hold") {
    const auto guarded = [](const std::string& definition, const std::string& condition) {
        return definition + "\n" +
               with_files(condition + "\n%{_libdir}/python?.?/site-packages/fast.so\n%endif\n%{_libdir}/libfast.so.1",
                          "BuildRequires: gcc\n", "%configure");
    };
    CHECK(modules(guarded("%define with_py 0", "%if %{with_py}")) == Modules::none);
    CHECK(modules(guarded("%global with_py 0", "%if 0%{?with_py}")) == Modules::none);
    CHECK(modules(guarded("%global with_py 1", "%if %{with_py}\n%else")) == Modules::none);
    CHECK(modules(guarded("", "%if 0")) == Modules::none);
    CHECK(modules(guarded("%global with_py 1", "%if %{with_py}")) == Modules::some);
    CHECK(modules(guarded("%{!?with_py:%define with_py 0}", "%if %{with_py}")) == Modules::some);
    CHECK(modules(guarded("%define with_py 0\n%{?more:%define with_py 1}", "%if %{with_py}")) == Modules::some);
    CHECK(modules(guarded("%bcond_with py", "%if %{with py}")) == Modules::some);
    // Switches of the spec's own that are commented out.
    CHECK(modules(guarded("#global with_py 1", "%if 0%{?with_py}")) == Modules::none);
    CHECK(modules(guarded("# %%define with_py 1", "%if 0%{?with_py}")) == Modules::none);
    CHECK(modules(guarded("#global with_py 1\n%global with_py 1", "%if 0%{?with_py}")) == Modules::some);
    CHECK(modules(guarded("", "%if 0%{?fedora}")) == Modules::some);
    CHECK(modules(guarded("%if 0%{?more}\n%define with_py 0\n%endif", "%if %{with_py}")) == Modules::some);
}

TEST_CASE("a macro that does not end hides what is below it") {
    for (const char* macro : {"%global text %{expand:", "%{?x:", "%define text() %{expand:", "%global text %(echo"}) {
        const auto done = transform(sample("%description\n", std::string(macro) + "\n%description\n"), "");
        INFO(macro);
        REQUIRE(done.outcome == Outcome::refused);
        REQUIRE(done.refusals.size() == 1);
        CHECK(done.refusals.front().reason == Reason::broken_text);
        CHECK(done.refusals.front().line == 7);
        CHECK(done.seen.modules == Modules::unclear);
    }
}

TEST_CASE("no debug packages, and yet a compiler") {
    const auto with = [](const std::string& definition) {
        return sample("BuildRequires: gcc\n", "BuildRequires: gcc, python3-devel\n" + definition + "\n");
    };
    check_unclear(with("%global debug_package %{nil}"));
    check_unclear(with("%define  debug_package\t%{nil}"));
    check_unclear(with("%global debug_package %nil"));
    check_unclear(replace_all(with_files("%{python3_sitearch}/fast"), "Summary: Fast\nLicense",
                              "Summary: Fast\n%global debug_package %{nil}\nLicense"));
    check_unclear(sample("BuildRequires: gcc\n", "BuildRequires: python3-devel\n%define debug_package %{nil}\n"));
    CHECK(modules(with("%if 0\n%global debug_package %{nil}\n%endif")) == Modules::some);
}

TEST_CASE("noarch only where a condition holds") {
    const std::string condition = "%if %{without ext}\nBuildArch: noarch\n%endif\n";
    const auto done = transform(sample("BuildRequires: gcc\n", "BuildRequires: gcc\n" + condition), "");
    REQUIRE(done.outcome == Outcome::refused);
    CHECK(done.refusals.front().reason == Reason::owner_condition);
    CHECK(transform(sample("BuildRequires: gcc\n", "BuildRequires: gcc\n%{!?ext:BuildArch: noarch}\n"), "")
              .refusals.front()
              .reason == Reason::owner_condition);
    CHECK(modules(sample("BuildRequires: gcc\n", "BuildRequires: gcc\nbuildarch : noarch\n")) == Modules::none);
    CHECK(modules(sample("BuildRequires: gcc\n", "%if_without ext\nBuildArch: noarch\n%endif\nBuildRequires: gcc\n")) ==
          Modules::some);
}

TEST_CASE("tools that compile modules are words") {
    const auto with_tool = [](const std::string& tool) {
        return modules(sample("%pyproject_wheel\n", "%cmake\n%pyproject_wheel\n%files bin\n%{_bindir}/fast\n") +
                       "%package x\nSummary: x\nBuildRequires: " + tool + "\n");
    };
    for (const char* tool : {"python3-numpy", "python3-numpydoc", "sip", "python3dist(cairocffi)", "sofia-sip-devel",
                             "mingw64-python3-Cython", "python3-swiglpk"}) {
        INFO(tool);
        CHECK(with_tool(tool) == Modules::unclear);
    }
    for (const char* tool : {"python3-Cython", "%{py3_dist cython}", "python3dist(cython)", "cython3", "swig >= 4",
                             "python%{python3_pkgversion}-pybind11", "nanobind", "python3-module-Cython"}) {
        INFO(tool);
        CHECK(with_tool(tool) == Modules::some);
    }
}

TEST_CASE("libraries that are loaded, not imported") {
    const std::string tags = "BuildRequires: cmake, gcc, python3-devel\n";
    const std::string filter = "%global __requires_exclude ^(liba\\\\.so|libb\\\\.so).*$\n";
    check_unclear(with_files("%{python3_sitearch}/fast/", tags + filter, "%cmake"));
    check_unclear(with_files("%{python3_sitearch}/fast/lib/libfast.so\n%{python3_sitearch}/fast/*.py", tags, "%cmake"));
    check_unclear(with_files("%{python3_sitearch}/fast/lib/*.so", tags, "%cmake"));
    check_unclear(with_files("%{python3_sitearch}/fast/\n%{python3_sitearch}/fast/libfast.so", tags, "%cmake"));
    // A wheel that is called as the library which it loads.
    const std::string both = "%{python3_sitearch}/fast/\n%files libs\n%{_libdir}/libfast.so.1";
    check_unclear(with_files(both, tags, "%cmake\n%pyproject_wheel"));
    CHECK(modules(with_files("%{python3_sitearch}/fast*\n%files libs\n%{_libdir}/libfast.so.1", tags,
                             "%cmake\n%pyproject_wheel")) == Modules::some);
    check_unclear(sample("%pytest\n", "%pyproject_check_import -e 'fast.lib.*'\n"));
    CHECK(modules(with_files("%{python3_sitearch}/libfastmod.so", tags, "%cmake")) == Modules::some);
    CHECK(modules(with_files("%{python3_sitearch}/libfast.so", tags, "%cmake")) == Modules::some);
    CHECK(modules(with_files("%{python3_sitearch}/fast/_lib.so", tags, "%cmake")) == Modules::some);
}
