#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/arguments.hpp"

/// What macros.pydebug calls while rpm builds a package. For macros, not for people: all of it is hidden.
namespace pystacks::cli::extension {

/// The two interpreters of a pass, and its folder.
struct Pass {
    std::filesystem::path python, variant_python, work;
    std::vector<std::string> traits{"debug"};  ///< of the pass's configuration (python/trait_names.hpp)
};

/// At the end of %prep: copies the tree, and makes what stands in for the interpreter.
namespace prepare {
struct Options {
    Pass pass;
    std::filesystem::path tree;
    std::string cflags;
};
void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);
}  // namespace prepare

/// At the end of %install: takes the modules out of the staging root.
namespace harvest {
struct Options {
    Pass pass;
    std::filesystem::path buildroot, lists;
    std::vector<std::string> packages;           ///< NAME or NAME=GLOB
    std::vector<std::string> optional_packages;  ///< by NAME
    std::vector<std::string> leave_out;
};
void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);
}  // namespace harvest

/// After find-debuginfo, at the end of %install.
namespace finish {
struct Options {
    std::filesystem::path buildroot, lists;
};
void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);
}  // namespace finish

/// In %check: imports every module by both interpreters.
namespace imports {
struct Options {
    Pass pass;
    std::filesystem::path buildroot, lists;
    std::vector<std::string> no_import;
};
void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);
}  // namespace imports

/// In a root that keeps debug files: moves them to their places before a section is repeated, and back afterwards.
namespace debug_files {
struct Options {
    bool show = false, hide = false;
};
void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);
}  // namespace debug_files

/// rpm's dependency generator: paths of the buildroot on stdin, a line each.
namespace depends {
struct Options {
    bool provides = false, recommends = false;
};
void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);
}  // namespace depends

}  // namespace pystacks::cli::extension
