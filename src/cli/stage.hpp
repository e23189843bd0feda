#pragma once

#include <filesystem>
#include <string>

#include "cli/arguments.hpp"

/// `pystacks stage …`: what the macros of the spec's sections call; not for people.
namespace pystacks::cli::stage {

struct Options {
    std::string name;                 ///< prep, build, install, check; post-install
    std::filesystem::path sources;    ///< rpm's %{_sourcedir}
    std::filesystem::path builddir;   ///< %{_builddir}/%{name}-%{version}
    std::filesystem::path buildroot;  ///< needed by install
    std::string shell = "/bin/sh";    ///< of post-install: rpm's
    int jobs = 1;
    std::filesystem::path record_profiles;  ///< of build: see StageContext; empty: build
    std::filesystem::path progress;         ///< socket of a ProgressServer; empty: plain lines on stderr
};

void add_to(Arguments& app, Options& options);

/// Reads the stack.toml that rpm has expanded from stdin, and SOURCE_DATE_EPOCH from the environment; post-install
/// reads the text of rpm's own %{__spec_install_post} instead.
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::stage
