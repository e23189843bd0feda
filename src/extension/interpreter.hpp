#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks::extension {

/// What an interpreter says of itself (templates/extension/describe.py).
struct Interpreter {
    std::filesystem::path path;         ///< as it was called: "/usr/bin/python3.13-debug"
    std::string version;                ///< "3.13"
    bool debug = false;                 ///< built with Py_DEBUG
    std::vector<std::string> suffixes;  ///< of extension modules, in the order in which import looks for them
    std::string suffix;                 ///< the one that names this build: ".cpython-313d-x86_64-linux-gnu.so", "_d.so"
    std::string ldversion;              ///< "3.13d"
    std::filesystem::path pkgconfig;    ///< folder of the .pc files; may be empty
    std::vector<std::filesystem::path> include{};  ///< folders of its headers, each once

    [[nodiscard]] bool python2() const { return version.starts_with("2."); }
};

/// Asks the interpreter @p path. @param scripts the folder of describe.py @throws Error when it does not answer.
[[nodiscard]] Interpreter describe(const std::filesystem::path& path, const std::filesystem::path& scripts);

/// The release interpreter of a package, and the debug one of the same version.
struct Interpreters {
    Interpreter release, debug;
};
/// @throws Error (usage) when they are not that.
[[nodiscard]] Interpreters describe_both(const std::filesystem::path& release, const std::filesystem::path& debug,
                                         const std::filesystem::path& scripts);
/// As describe_both(), of what describe() said.
[[nodiscard]] Interpreters matched(Interpreter release, Interpreter debug);

/// The answer of describe.py. @throws Error when it is not one.
[[nodiscard]] Interpreter interpreter_from_json(const std::filesystem::path& path, std::string_view json);

/// A name that a file may be imported by, and the suffix that the interpreter took it by.
struct ModuleName {
    std::string stem;    ///< "_speedups"
    std::string suffix;  ///< ".cpython-313-x86_64-linux-gnu.so"
};
/// "_speedups" for "_speedups.cpython-313-x86_64-linux-gnu.so"; the longest suffix first. Python 2 takes "foomodule.so"
/// for foo and for foomodule, so there may be several; none when @p interpreter loads no file of that name.
[[nodiscard]] std::vector<ModuleName> module_names(const Interpreter& interpreter, std::string_view file);

}  // namespace pystacks::extension
