#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "findings/check.hpp"
#include "process/command.hpp"

namespace pystacks::verify {

/// One of two builds that have to come out the same: where, and under which circumstances that must not matter.
struct Circumstances {
    std::filesystem::path output;  ///< the topdir; the two differ in length too
    int jobs = 1;
    std::string umask;  ///< octal
    std::string host;   ///< host name
    std::map<std::string, std::string> environment;
    std::string clock;  ///< how far the clock of pystacks and rpm is off, for faketime(1): "+400d"; empty: it is right
};

/// Two that differ in folder, jobs, umask, host name, user, locale, time zone, hash seed, and in variables that tools
/// of a build listen to. The second build begins when the first has ended, and more than a year later where the host
/// has faketime(1). Compilers and the like, which get a clean environment, see the real time.
/// @param work the folder below which both build
[[nodiscard]] std::pair<Circumstances, Circumstances> unlike_circumstances(const std::filesystem::path& work, int jobs);

/// @p build ("pystacks build STACK …") under @p circumstances, in a host name of its own.
[[nodiscard]] process::Command build_command(const std::vector<std::string>& build, const Circumstances& circumstances);

/// That the clock of the second build was ahead, which takes faketime(1): not run where the host has none.
[[nodiscard]] findings::Check clock_check(const Circumstances& second);

/// One check a package: does the second build have it, with the same bytes? What differs is said as
/// `pystacks compare` says it.
/// @param compare the command "pystacks compare", which gets two packages
[[nodiscard]] std::vector<findings::Check> reproducible_checks(const std::filesystem::path& first,
                                                               const std::filesystem::path& second,
                                                               const std::vector<std::string>& compare);

}  // namespace pystacks::verify
