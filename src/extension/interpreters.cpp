#include "extension/interpreters.hpp"

#include <utility>

#include "base/error.hpp"

namespace pystacks::extension {

Interpreters matched(python::Interpreter release, python::Interpreter debug) {
    const auto refuse = [](const python::Interpreter& which, const std::string& reason) {
        throw Error(ErrorKind::usage, "cannot make a debug build", which.executable, reason,
                    "pydebug_python is the release interpreter, pydebug_interpreter the debug one");
    };
    if (release.has(python::Trait::debug)) {
        refuse(release, "it is a debug build, and should be the release interpreter");
    }
    if (!debug.has(python::Trait::debug)) refuse(debug, "it is not a debug build: it does not count references");
    if (release.abi.version != debug.abi.version) {
        refuse(debug,
               "it is Python " + debug.abi.version + ", but " + release.executable + " is " + release.abi.version);
    }
    if (release.suffix == debug.suffix) {
        refuse(debug, "both interpreters name their modules *" + debug.suffix + ", so they cannot be in one folder");
    }
    return {std::move(release), std::move(debug)};
}

Interpreters describe_both(const std::string& release, const std::string& debug,
                           const std::filesystem::path& templates) {
    return matched(python::describe(release, templates), python::describe(debug, templates));
}

}  // namespace pystacks::extension
