#include "extension/stand_ins.hpp"

#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "extension/foreign_headers.hpp"
#include "extension/preparation.hpp"
#include "process/command.hpp"

using namespace pystacks;
using namespace pystacks::extension;

namespace {

Interpreters python313() {
    Interpreters both;
    both.release.executable = "/usr/bin/python3.13";
    both.variant.executable = "/opt/debug/python3.13-debug";
    both.release.abi = {"3.13", {}};
    both.variant.ldversion = "3.13d";
    both.variant.include = "/usr/include/python3.13d";
    both.variant.library_file = "/usr/lib64/libpython3.13d.so.1.0";
    both.variant.abi = {"3.13", python::debug_traits};
    return both;
}

std::string shell(const std::string& script, const std::map<std::string, std::string>& environment) {
    process::Command command;
    command.arguments = {"sh", "-euc", script};
    command.environment = environment;
    return std::string(trim(process::run_checked(command, "cannot run a shell").output));
}

}  // namespace

TEST_CASE("programs that stand in for others") {
    const auto programs = stand_ins(python313(), "/folder", {{"cmake", "/usr/bin/cmake"}, {"meson", "/usr/bin/meson"}});
    CHECK(programs.at("python3") == "#!/bin/sh\nexec /opt/debug/python3.13-debug \"$@\"\n");
    CHECK(programs.count("python3.13") == 1);
    CHECK_THAT(programs.at("python3-config"), contains_text("/opt/debug/python3.13-debug-config"));
    CHECK_THAT(programs.at("pytest"), contains_text("-m pytest"));
    CHECK_THAT(programs.at("meson"), contains_text("--native-file /folder/meson.ini"));
    CHECK_THAT(meson_native_file(python313()), contains_text("python3 = '/opt/debug/python3.13-debug'"));
    CHECK(stand_ins(python313(), "/folder", {}).count("cmake") == 0);
}

TEST_CASE("cmake is told the interpreter when it configures, and only then") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "stand-ins-test");
    write_file_atomically(folder.path() / "real", "#!/bin/sh\necho \"$@\"\n", 0755);
    write_file_atomically(folder.path() / "cmake",
                          stand_ins(python313(), "/folder", {{"cmake", folder.path() / "real"}}).at("cmake"), 0755);
    const std::string cmake = (folder.path() / "cmake").string();
    CHECK(shell(cmake + " --build x", {}) == "--build x");
    CHECK_THAT(shell(cmake + " -S . -B x", {}), contains_text("-DPython3_EXECUTABLE=/opt/debug/python3.13-debug"));
    CHECK_THAT(shell(cmake + " -S . -B x", {}), contains_text("-DPYTHON_INCLUDE_DIR=/usr/include/python3.13d"));
    CHECK_THAT(shell(cmake + " -S . -B x", {}), contains_text("-DPYTHON_LIBRARY=/usr/lib64/libpython3.13d.so.1.0"));
}

TEST_CASE("meson compiles no module for the limited API, where it has the switch") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "stand-ins-test");
    const fs::path real = folder.path() / "real", meson = folder.path() / "meson";
    write_file_atomically(meson, stand_ins(python313(), "/folder", {{"meson", real}}).at("meson"), 0755);
    for (const auto& [version, has_it] : std::map<std::string, bool>{{"0.64.1", false},
                                                                     {"1.0.1", false},
                                                                     {"1.2.99", false},
                                                                     {"1.3.0", true},
                                                                     {"1.12.1", true},
                                                                     {"2.0", true}}) {
        INFO(version);
        write_file_atomically(
            real, "#!/bin/sh\nif [ \"$1\" = --version ]; then echo " + version + "; else echo \"$@\"; fi\n", 0755);
        const std::string option = has_it ? " -Dpython.allow_limited_api=false" : "";
        CHECK(shell(meson.string() + " setup . build", {}) ==
              "setup --native-file /folder/meson.ini" + option + " . build");
        CHECK(shell(meson.string() + " --buildtype=plain . build", {}) ==
              "setup --native-file /folder/meson.ini" + option + " --buildtype=plain . build");
        CHECK(shell(meson.string() + " compile -C build", {}) == "compile -C build");
        CHECK(shell(meson.string() + " --version", {}) == version);
    }
}

TEST_CASE("the environment of the second pass") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "environment-test");
    const fs::path file = folder.path() / "environment";
    write_file_atomically(file, environment_text(python313(), "/build", "/build/x-pydebug", "-O0 -g"));
    const std::string read = ". " + shell_quote(file.string()) + "; ";
    const std::map<std::string, std::string> given{
        {"CFLAGS", "-O2 -flto=auto -Wall -Wp,-D_FORTIFY_SOURCE=2 -DNDEBUG -fPIC"}, {"LDFLAGS", "-flto -Wl,-z,now"}};
    CHECK(shell(read + "echo $CFLAGS", given) == "-Wall -fPIC -O0 -g -ffile-prefix-map=/build/x-pydebug/tree=/build");
    CHECK(shell(read + "echo $LDFLAGS", given) == "-Wl,-z,now");
    CHECK(shell(read + "echo $RPM_BUILD_DIR $RPM_BUILD_ROOT $PYTHON3", {}) ==
          "/build/x-pydebug/tree /build/x-pydebug/root /opt/debug/python3.13-debug");
    CHECK_THAT(shell(read + "echo $PATH", {}), contains_text("/build/x-pydebug/bin:"));
}

TEST_CASE("the prepared tree is copied, from any folder in it") {
    const TemporaryDirectory build(fs::temp_directory_path(), "prepare-test");
    make_directories(build.path() / "x-1/sub");
    write_file_atomically(build.path() / "x-1/file", "text");
    fs::create_symlink("file", build.path() / "x-1/link");
    const fs::path work = build.path() / "x-1-pydebug";
    prepare({python313(), build.path(), build.path() / "x-1/sub", work, "-O0", "/usr/bin/pystacks"});
    CHECK(read_file(work / "tree/x-1/file") == "text");
    CHECK(fs::is_symlink(work / "tree/x-1/link"));
    CHECK(fs::is_directory(work / "root"));
    CHECK(fs::exists(work / "environment"));
    CHECK_THROWS_WITH(prepare({python313(), build.path(), build.path(), work, "", ""}),
                      contains_text("is not in a source tree"));
}

TEST_CASE("headers that other extensions have put beside Python's are found by the second pass") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "headers-test");
    const fs::path release = folder.path() / "python3.13", debug = folder.path() / "python3.13d";
    for (const fs::path& each : {release, debug}) make_directories(each / "cpython");
    Interpreters interpreters = python313();
    interpreters.release.header_folders = {release, folder.path() / "not-there"};
    interpreters.variant.header_folders = {debug};
    write_file_atomically(release / "object.h", "");
    write_file_atomically(debug / "object.h", "");
    write_file_atomically(release / "pyconfig-64.h", "");
    write_file_atomically(release / "notes.txt", "");
    CHECK(foreign_headers(interpreters).empty());
    make_directories(release / "greenlet");
    write_file_atomically(release / "sip.h", "");
    CHECK(foreign_headers(interpreters) == std::vector<fs::path>{release / "greenlet", release / "sip.h"});
    CHECK_THAT(include_path_text("/x/include"),
               contains_text("C_INCLUDE_PATH=\"${C_INCLUDE_PATH:+$C_INCLUDE_PATH:}\"/x/include\n"));

    make_directories(folder.path() / "x-1");
    const fs::path work = folder.path() / "x-1-pydebug";
    prepare({interpreters, folder.path(), folder.path() / "x-1", work, "-O0", "/usr/bin/pystacks"});
    CHECK(fs::read_symlink(work / "include/sip.h") == release / "sip.h");
    CHECK_FALSE(fs::exists(work / "include/object.h"));
    const std::string environment = read_file(work / "environment");
    CHECK_THAT(environment, contains_text("CMAKE_INCLUDE_PATH=\"${CMAKE_INCLUDE_PATH:+$CMAKE_INCLUDE_PATH:}\"" +
                                          (work / "include").string()));
    // Its files are none of the package's sources, whatever debugedit finds below the build folder.
    CHECK_THAT(environment, contains_text("-ffile-prefix-map=" + (work / "include").string() + "=/usr/include"));

    // What both have, the debug interpreter's folder says.
    make_directories(debug / "greenlet");
    write_file_atomically(debug / "sip.h", "");
    CHECK(foreign_headers(interpreters).empty());
    prepare({interpreters, folder.path(), folder.path() / "x-1", work, "-O0", "/usr/bin/pystacks"});
    CHECK_FALSE(fs::exists(work / "include"));
}

TEST_CASE("in a root that keeps debug files, the shell of the second pass shows them until it ends") {
    CHECK(debug_files_text("/usr/bin/pystacks") ==
          "trap '/usr/bin/pystacks extension debug-files --hide' EXIT\n"
          "/usr/bin/pystacks extension debug-files --show\n");
}
