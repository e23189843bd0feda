#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "host/host.hpp"
#include "report/progress.hpp"
#include "rpm/amount.hpp"
#include "rpm/switches.hpp"
#include "stack/stack.hpp"
#include "stackbuild/workspace.hpp"

/// Running rpm on a stack in an output folder: what building it and recording a profile of it have in common.
namespace pystacks::stackbuild {

struct RpmRunRequest {
    rpm::Amount amount = rpm::Amount::all;
    rpm::Switches switches;
    int jobs = 0;  ///< 0: as rpm has it
    std::filesystem::path output = "dist";
    std::filesystem::path sources;  ///< a folder with sources that need not be fetched; may be empty
    bool offline = false;           ///< fetch nothing
    bool nodeps = false;            ///< do not check for what the build needs
    std::string command;            ///< that resumes what was interrupted or has failed, for messages
};

/// Before anything is read or written: a folder whose name compilers and make would take apart is refused. @throws
/// Error (usage)
void check_output(const RpmRunRequest& request);

/// Calls @p work while nobody else works in the output folder. An interruption is told with the command that resumes.
/// @throws Error
void in_output_folder(const RpmRunRequest& request, report::ProgressSink& display, const std::function<void()>& work);

/// The stack in the output folder, with its files and its sources, on a host that has what it needs. @throws Error
[[nodiscard]] Workspace prepare(const RpmRunRequest& request, stack::Stack raw, const host::Host& host,
                                report::ProgressSink& display);

/// @param log a failed build's is told where it is @return the packages @throws Error as the user should read it
[[nodiscard]] std::vector<std::filesystem::path> run_rpm(const RpmRunRequest& request, Workspace& workspace,
                                                         const host::Host& host, const std::filesystem::path& log,
                                                         report::ProgressSink& display);

}  // namespace pystacks::stackbuild
