#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/file.hpp"
#include "cli/arguments.hpp"
#include "cli/switches.hpp"
#include "cli/workspace.hpp"
#include "host/host.hpp"
#include "report/progress.hpp"
#include "rpm/amount.hpp"
#include "stack/stack.hpp"

/// Running rpm on a stack in an output folder: what `pystacks build` and `pystacks profile record` have in common.
namespace pystacks::cli {

struct RpmRunOptions {
    std::string stack;
    rpm::Amount amount = rpm::Amount::all;
    Switches switches;
    int jobs = 0;  ///< 0: as rpm has it
    std::filesystem::path output = "dist";
    std::filesystem::path sources;  ///< a folder with sources that need not be fetched; may be empty
    bool offline = false;           ///< fetch nothing
    bool nodeps = false;            ///< do not check for what the build needs
};

/// All but the amount, which is not everyone's to choose.
void add_to(Arguments& app, RpmRunOptions& options);

/// Before anything is read or written: a folder whose name compilers and make would take apart is refused. @throws
/// Error (usage)
void check_output(const RpmRunOptions& options);

/// Calls @p work with what shows progress, while nobody else works in the output folder. An interruption is told with
/// the command that goes on. @throws Error
void with_output(const RpmRunOptions& options, const std::function<void(report::ProgressSink&)>& work);

/// The stack in the output folder, with its files and its sources, on a host that has what it needs. @throws Error
[[nodiscard]] Workspace prepare(const RpmRunOptions& options, stack::Stack raw, const host::Host& host,
                                report::ProgressSink& display);

/// @param log a failed build's is told where it is @return the packages @throws Error as the user should read it
[[nodiscard]] std::vector<std::filesystem::path> run_rpm(const RpmRunOptions& options, Workspace& workspace,
                                                         const host::Host& host, const std::filesystem::path& log,
                                                         report::ProgressSink& display);

}  // namespace pystacks::cli
