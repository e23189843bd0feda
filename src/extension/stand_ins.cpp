#include "extension/stand_ins.hpp"

#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"

namespace pystacks::extension {
namespace {

std::string script(const std::string& body) { return "#!/bin/sh\n" + body; }

std::string calling(const std::string& command) { return script("exec " + command + " \"$@\"\n"); }

/// python3.13d-config, python2.7-debug-config: beside the interpreter, by one of its names.
fs::path config_program(const python::Interpreter& debug) {
    const fs::path folder = fs::path(debug.executable).parent_path();
    fs::path by_version = folder / ("python" + debug.ldversion + "-config");
    if (fs::exists(by_version)) return by_version;
    return debug.executable + "-config";
}

/// A configuration gets the interpreter after whatever else it says; a build, an installation or a query does not.
/// FindPythonLibs (removed by policy CMP0148) looks for headers and library in well-known folders and asks no
/// interpreter, so it is told them.
std::string cmake(const fs::path& real, const python::Interpreter& debug) {
    // A module's name must not tell the build type.
    std::string options = " -DCMAKE_BUILD_TYPE=Debug -DCMAKE_DEBUG_POSTFIX=";
    for (const char* name : {"Python", debug.abi.python2() ? "Python2" : "Python3", "PYTHON"}) {
        options += fmt::format(" -D{}_EXECUTABLE={}", name, shell_quote(debug.executable));
    }
    options += " -DPYTHON_INCLUDE_DIR=" + shell_quote(debug.include);
    if (!debug.library_file.empty()) options += " -DPYTHON_LIBRARY=" + shell_quote(debug.library_file);
    return script(fmt::format(
        "for argument in \"$@\"; do\n"
        "    case $argument in\n"
        "    --build | --install | --open | --workflow | -E | -P | --version | --help*) exec {0} \"$@\" ;;\n"
        "    esac\n"
        "done\n"
        "exec {0} \"$@\"{1}\n",
        shell_quote(real.string()), options));
}

/// For a module of the limited API, Meson takes the interpreter's second suffix, which under a debug interpreter is the
/// release interpreter's. It has the switch since 1.3. Without a command, options mean setup.
std::string meson(const fs::path& real, const fs::path& native_file) {
    return script(
        fmt::format("case $1 in\n"
                    "setup) shift ;;\n"
                    "-h | --help | -v | --version | [!-]* | '') exec {0} \"$@\" ;;\n"
                    "esac\n"
                    "case $({0} --version) in\n"
                    "0.* | 1.[0-2] | 1.[0-2].*) ;;\n"
                    "*) set -- -Dpython.allow_limited_api=false \"$@\" ;;\n"
                    "esac\n"
                    "exec {0} setup --native-file {1} \"$@\"\n",
                    shell_quote(real.string()), shell_quote(native_file.string())));
}

/// "python", "python3", "python3.13".
std::vector<std::string> interpreter_names(const python::Interpreter& interpreter) {
    const std::string major = interpreter.abi.version.substr(0, interpreter.abi.version.find('.'));
    return {"python", "python" + major, "python" + interpreter.abi.version};
}

constexpr std::array flag_variables{"CFLAGS", "CXXFLAGS", "FFLAGS", "FCFLAGS", "RPM_OPT_FLAGS"};

constexpr std::string_view flag_filter = R"(
# Without optimization and what hangs on it; see %_pydebug_cflags.
pydebug_flags() {
    pydebug_kept=
    for pydebug_flag in $1; do
        case $pydebug_flag in
        -O* | -flto* | -ffat-lto-objects | -DNDEBUG | *_FORTIFY_SOURCE*) ;;
        *) pydebug_kept="$pydebug_kept $pydebug_flag" ;;
        esac
    done
}
)";

}  // namespace

std::map<std::string, std::string> stand_ins(const Interpreters& interpreters, const fs::path& work,
                                             const std::map<std::string, fs::path>& found) {
    const python::Interpreter& debug = interpreters.variant;
    const std::string python = shell_quote(debug.executable);
    const std::string config = shell_quote(config_program(debug).string());
    std::map<std::string, std::string> programs;
    for (const std::string& name : interpreter_names(interpreters.release)) {
        programs[name] = calling(python);
        programs[name + "-config"] = calling(config);
    }
    const std::string major = interpreters.release.abi.version.substr(0, 1);
    for (const std::string& name : {std::string("pip"), "pip" + major}) programs[name] = calling(python + " -m pip");
    for (const std::string& name : {std::string("pytest"), "pytest-" + major, std::string("py.test")}) {
        programs[name] = calling(python + " -m pytest");
    }
    // Documents import the modules that were just built.
    for (const std::string& name : {std::string("sphinx-build"), "sphinx-build-" + major})
        programs[name] = calling(python + " -m sphinx");
    for (const char* name : {"cmake", "cmake3"}) {
        if (const auto real = found.find(name); real != found.end()) programs[name] = cmake(real->second, debug);
    }
    if (const auto real = found.find("meson"); real != found.end()) {
        programs["meson"] = meson(real->second, work / "meson.ini");
    }
    return programs;
}

std::map<std::string, fs::path> pkgconfig_names(const Interpreters& interpreters) {
    const python::Interpreter& debug = interpreters.variant;
    std::map<std::string, fs::path> names;
    if (debug.pkgconfig.empty()) return names;
    for (const std::string& name : interpreter_names(interpreters.release)) {
        // "python-3.13", but "python3".
        const std::string module = name.ends_with(debug.abi.version) ? "python-" + debug.abi.version : name;
        for (const char* part : {"", "-embed"}) {
            for (const std::string& own : {"python-" + debug.ldversion, "python-" + debug.abi.version + "-debug"}) {
                fs::path file = debug.pkgconfig / fmt::format("{}{}.pc", own, part);
                if (own != "python-" + debug.abi.version && fs::exists(file)) names[module + part + ".pc"] = file;
            }
        }
    }
    return names;
}

std::string meson_native_file(const Interpreters& interpreters) {
    std::string text = "[binaries]\n";
    for (const std::string& name : interpreter_names(interpreters.release)) {
        text += fmt::format("{} = '{}'\n", name, interpreters.variant.executable);
    }
    return text;
}

std::string debug_files_text(const fs::path& program) {
    const std::string command = shell_quote(program.string()) + " extension debug-files ";
    return fmt::format("trap {} EXIT\n{}--show\n", shell_quote(command + "--hide"), command);
}

std::string include_path_text(const fs::path& folder) {
    std::string text;
    for (const char* name : {"C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "CMAKE_INCLUDE_PATH"}) {
        text += fmt::format("{0}=\"${{{0}:+${0}:}}\"{1}\nexport {0}\n", name, shell_quote(folder.string()));
    }
    // debugedit takes what is below the build folder for sources of the package.
    const std::string map = shell_quote(fmt::format(" -ffile-prefix-map={}=/usr/include", folder.string()));
    for (const char* name : flag_variables) text += fmt::format("{0}=\"${0}\"{1}\nexport {0}\n", name, map);
    return text;
}

std::string environment_text(const Interpreters& interpreters, const fs::path& builddir, const fs::path& work,
                             const std::string& cflags) {
    const python::Interpreter& debug = interpreters.variant;
    const std::string python = shell_quote(debug.executable);
    std::string text = "# Read by the shell that repeats a section for the debug interpreter.\n";
    const auto set = [&text](const std::string& name, const std::string& quoted) {
        text += name + "=" + quoted + "\nexport " + name + "\n";
    };
    set("RPM_BUILD_DIR", shell_quote((work / "tree").string()));
    set("RPM_BUILD_ROOT", shell_quote((work / "root").string()));
    // Parts of the spec that the release build writes are not written twice; rpm has them since 4.19.
    text += fmt::format("if [ -n \"${{RPM_SPECPARTS_DIR:-}}\" ]; then\n    RPM_SPECPARTS_DIR={}\nfi\n",
                        shell_quote((work / "specparts").string()));
    set("PATH", shell_quote((work / "bin").string()) + ":$PATH");
    set("PKG_CONFIG_PATH", shell_quote((work / "pkgconfig").string()) + "${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}");
    for (const char* name : {"PYTHON", debug.abi.python2() ? "PYTHON2" : "PYTHON3"}) set(name, python);
    set("PYTHON_CONFIG", shell_quote(config_program(debug).string()));
    if (!debug.abi.python2()) set("PYO3_PYTHON", python);
    // scikit-build-core prefers a CMake of its own to the one in PATH, and strips what it installs.
    set("SKBUILD_CMAKE_BUILD_TYPE", "Debug");
    set("SKBUILD_INSTALL_STRIP", "false");
    text += flag_filter;
    const std::string added =
        shell_quote(fmt::format("{} -ffile-prefix-map={}={}", cflags, (work / "tree").string(), builddir.string()));
    // Where a build takes its flags from the interpreter, these are added to them; so they are always set.
    for (const char* name : flag_variables) {
        text += fmt::format("pydebug_flags \"${{{}:-}}\"\n", name);
        set(name, fmt::format("\"$pydebug_kept \"{}", added));
    }
    for (const char* name : {"LDFLAGS", "RPM_LD_FLAGS"}) {
        text += fmt::format("if [ -n \"${{{0}:-}}\" ]; then\n    pydebug_flags \"${0}\"\n    {0}=$pydebug_kept\nfi\n",
                            name);
    }
    return text;
}

}  // namespace pystacks::extension
