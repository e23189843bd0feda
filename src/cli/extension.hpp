#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/extension_build.hpp"

/// `pystacks extension …`: debug builds of compiled extension modules. What macros.pydebug calls is hidden.
namespace pystacks::cli::extension {

struct Options {
    enum class Command { none, prepare, harvest, imports, depends, check, add, remove, survey, build };
    Command command = Command::none;

    std::filesystem::path python, debug_python, work, tree, buildroot, lists;
    std::string cflags;
    std::vector<std::string> packages;  ///< NAME or NAME=GLOB
    std::vector<std::string> optional_packages;  ///< by NAME
    std::vector<std::string> leave_out, no_import;
    bool provides = false, recommends = false;

    std::vector<std::filesystem::path> rpms;
    bool json = false;

    std::filesystem::path spec;  ///< of `survey`: the folder
    bool in_place = false, explain = false, accept_unproved = false;
    bool prove = false;          ///< of `survey`
    std::filesystem::path html;  ///< of `survey`

    extension_build::Options building;
};

void add_to(CLI::App& app, Options& options);

/// @return the exit code: 0 done, 1 `check` found something wrong, `add` refused, 4 `add` could not prove what it
/// added.
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::extension
