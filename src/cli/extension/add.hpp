#pragma once

#include <filesystem>

#include "cli/arguments.hpp"

/// `pystacks extension add` and `remove`: debug builds in a spec that somebody else wrote.
namespace pystacks::cli::extension {

namespace add {
struct Options {
    std::filesystem::path spec;
    bool in_place = false;         ///< over the spec, not to stdout
    bool explain = false;          ///< say what was seen
    bool accept_unproved = false;  ///< exit with 0 where rpm cannot read the spec
};
void add_to(Arguments& app, Options& options);
/// @return the exit code: 1 refused, 4 written, but rpm cannot read the spec on this host
[[nodiscard]] int run(const Options& options);
}  // namespace add

namespace remove {
struct Options {
    std::filesystem::path spec;
    bool in_place = false;
};
void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);
}  // namespace remove

}  // namespace pystacks::cli::extension
