#include "python/interpreter_in_tree.hpp"

#include <string_view>
#include <vector>

#include <unistd.h>

namespace pystacks::python {
namespace {

/// What Python would read from the caller's environment: PYTHONPATH, PYTHONPYCACHEPREFIX …
std::vector<std::string> python_variables() {
    std::vector<std::string> names;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        if (text.starts_with("PYTHON")) names.emplace_back(text.substr(0, text.find('=')));
    }
    return names;
}

}  // namespace

process::Command command_of(const InterpreterInTree& interpreter) {
    const auto in_tree = [&](const std::string& path) { return interpreter.tree.string() + path; };
    process::Command command;
    command.arguments = {in_tree(interpreter.executable)};
    command.unset_environment = python_variables();
    if (!interpreter.library_folder.empty()) {
        command.environment["LD_LIBRARY_PATH"] = in_tree(interpreter.library_folder);
    }
    if (!interpreter.prefix.empty()) command.environment["PYTHONHOME"] = in_tree(interpreter.prefix);
    command.environment["PYTHONDONTWRITEBYTECODE"] = "1";
    return command;
}

}  // namespace pystacks::python
