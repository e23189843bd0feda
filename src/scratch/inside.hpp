#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "process/command.hpp"
#include "sandbox/sandbox.hpp"
#include "scratch/layer.hpp"

namespace pystacks::scratch {

/// A command in a sandbox.
struct InnerCommand {
    std::vector<std::string> arguments;  ///< the program by its absolute path; by its name if it is the machine's
    std::map<std::string, std::string> environment{};  ///< on top of a bare one: PATH, HOME=/tmp, LC_ALL=C.UTF-8
    std::string input{};                               ///< stdin; empty: /dev/null
    std::optional<double> time_limit_seconds = 60;
    fs::path log{};  ///< stdout and stderr are appended to this file of the machine; empty: they are returned

    /// As one would type it in the root.
    [[nodiscard]] std::string text() const;
};

struct InnerOutcome {
    process::Outcome how;
    std::string output, errors;  ///< stdout, stderr

    /// All that it said, for a message.
    [[nodiscard]] std::string said() const;
    /// "it exited with status 1", and what it said.
    [[nodiscard]] std::string reason() const;
};

/// Runs it in /tmp of the layer's root, in a sandbox.
[[nodiscard]] InnerOutcome run_inside(const Layer& layer, const InnerCommand& command);

/// Where a program of this machine sees the root on which it works.
inline constexpr const char* root_beside = "/mnt/root";

/// Runs a program of this machine (rpm, dnf) that works on the layer's root, in a sandbox: it sees this machine's
/// programs (machine_view()), the root at root_beside, and @p shows.
[[nodiscard]] InnerOutcome run_beside(const Layer& layer, const InnerCommand& command,
                                      const std::vector<sandbox::Shown>& shows = {});

/// The home folder for rpm and dnf on a root: Debian's rpm keeps its database there, so it has to be in what layers
/// keep.
inline constexpr const char* rpm_home = "/var/lib";

/// Runs a program of this machine that reads what is not trusted, in a sandbox: it sees this machine's programs and
/// @p shows. @param folder of the machine, where stderr is kept meanwhile
[[nodiscard]] InnerOutcome run_reader(const fs::path& folder, const InnerCommand& command,
                                      const std::vector<sandbox::Shown>& shows);

/// Runs @p command, or a shell, in the layer's root, in a sandbox that has this process's terminal.
/// @returns its exit status @throws Error when it cannot be started
[[nodiscard]] int enter(const Layer& layer, const std::vector<std::string>& command);

/// The folders of scripts that run in a root, as they are seen there: of all templates, and of those of verify.
inline constexpr const char* templates_inside = "/tmp/pystacks";
inline constexpr const char* scripts_inside = "/tmp/pystacks/verify";
/// Shows the folder of templates in the layer, read only. @throws Error.
void bring_templates(Layer& layer, const fs::path& templates);

}  // namespace pystacks::scratch
