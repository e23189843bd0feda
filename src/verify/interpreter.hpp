#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "scratch/layer.hpp"
#include "scratch/package_set.hpp"

namespace pystacks::verify {

/// What an installed interpreter says of itself (templates/verify/probe.py), and where it was found.
struct Interpreter {
    std::string executable;  ///< "/usr/bin/python3.13d"
    std::string broken;      ///< why it does not start; then nothing else is known but `debug`, by its package's name
    bool debug = false;      ///< built with Py_DEBUG
    std::string version;     ///< "3.13.5"
    int major = 0, minor = 0;
    std::string abiflags;                  ///< "d"; empty before 3.2
    std::string suffix;                    ///< of extension modules: ".cpython-313d-x86_64-linux-gnu.so"
    std::string stdlib;                    ///< "/usr/lib64/python3.13"
    std::string dynload;                   ///< "/usr/lib64/python3.13/lib-dynload"
    std::string library;                   ///< soname of the shared libpython; empty when it is static
    std::string include;                   ///< "/usr/include/python3.13d"
    std::map<std::string, bool> features;  ///< "Py_TRACE_REFS", "sys.pydebug" …: whether it was built with it

    /// "optimized" or "debug".
    [[nodiscard]] std::string configuration() const { return debug ? "debug" : "optimized"; }
    [[nodiscard]] bool has(const std::string& feature) const;
};

/// Whether a file may be one, by its name, type and mode: "/usr/bin/python3.13", also a script beside it.
[[nodiscard]] bool may_be_interpreter(const rpm::PackageFile& file);

/// All interpreters of the packages, the optimized one first; hard links and symbolic links count once. One that does
/// not start is broken. @throws Error when there is none
[[nodiscard]] std::vector<Interpreter> find_interpreters(const scratch::PackageSet& packages,
                                                         const scratch::Layer& layer);

/// The answer of probe.py. @throws Error when it is not one.
[[nodiscard]] Interpreter interpreter_from_json(const std::string& executable, const std::string& json);

}  // namespace pystacks::verify
