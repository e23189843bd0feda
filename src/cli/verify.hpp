#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/findings_output.hpp"
#include "rpm/switches.hpp"

/// `pystacks verify RPMS…`: installs packages into a scratch root and runs the test plan on them.
namespace pystacks::cli::verify {

inline constexpr const char* usual_tests = "quick";
inline constexpr const char* usual_work = "reproducible";

struct Options {
    std::vector<std::filesystem::path> packages;
    std::vector<std::filesystem::path> others;  ///< packages that may be required, and are not verified
    std::filesystem::path root, upgrade, rpmlintrc;
    std::string regrtest = usual_tests;
    std::vector<std::string> only, skip;
    FindingsOutput output;
    bool list = false;
    bool shell = false;
    bool reproducible = false;                ///< build a stack twice instead, and compare
    std::filesystem::path work = usual_work;  ///< where
    std::filesystem::path sources;
    rpm::Switches switches;
    bool unaffected = false;  ///< compare two folders instead: with and without the debug configuration
    unsigned jobs = 0;        ///< checks at a time; 0: one per processor

    /// --jobs, or one for each processor.
    [[nodiscard]] unsigned checks_at_a_time() const;
};

void add_to(Arguments& app, Options& options);

/// @return the exit code: 0 nothing failed, 1 something did.
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::verify
