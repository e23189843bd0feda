#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "process/command.hpp"
#include "scratch/layer.hpp"

namespace pystacks::scratch {

/// A command for the root of a layer.
struct InnerCommand {
    std::vector<std::string> arguments;                ///< the program by its absolute path in the root
    std::map<std::string, std::string> environment{};  ///< on top of a bare one: PATH, HOME=/tmp, LC_ALL=C.UTF-8
    std::string input{};                               ///< stdin; empty: /dev/null
    std::optional<double> time_limit_seconds = 60;
    fs::path log{};  ///< stdout and stderr are appended to this file outside of the root; empty: they are returned

    /// As one would type it in the root.
    [[nodiscard]] std::string text() const;
};

struct InnerOutcome {
    process::Outcome how;
    std::string output, errors;  ///< stdout, stderr
};

/// Runs it in /tmp of the layer's root. Nothing of this process's environment is seen.
[[nodiscard]] InnerOutcome run_inside(const Layer& layer, const InnerCommand& command);

/// The home folder for rpm and dnf on a root: Debian's rpm keeps its database there, so it has to lie in what layers
/// keep.
inline constexpr const char* rpm_home = "/var/lib";

/// Runs @p command, or a shell, on this process's terminal. @returns its exit status.
[[nodiscard]] int enter(const Layer& layer, const std::vector<std::string>& command);

/// The folder of scripts that run in a root, as it is seen there.
inline constexpr const char* scripts_inside = "/tmp/pystacks-verify";
/// Shows the scripts in the layer, read only. @throws Error.
void bring_scripts(Layer& layer, const fs::path& scripts);

}  // namespace pystacks::scratch
