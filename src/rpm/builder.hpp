#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rpm/amount.hpp"

/// What librpm knows about a spec, and what it builds out of one.
///
/// librpm keeps global state, which one spec leaves to the next. So every call here starts this program again, as
/// `pystacks rpm-worker` (see worker.hpp), and waits for it. The functions are thread-safe.
namespace pystacks::rpm {

/// When SpecJob::macros_file is loaded.
enum class MacrosFile {
    when_missing,  ///< where %pystacks_prep is not defined, because pystacks is not installed
    always,        ///< over an installed one
};

/// A spec and the world in which it is read. The same for inspect() and build().
struct SpecJob {
    std::filesystem::path spec;
    std::filesystem::path topdir;      ///< %_topdir
    std::vector<std::string> defines;  ///< "NAME VALUE", as behind rpmbuild's -D, in order
    /// More of these, which say how the stages are run and not what they make: another __pystacks, _pystacks_progress.
    /// Left out when the SRPM is written, because rpm stores the expanded spec in it.
    std::vector<std::string> stage_defines;
    std::vector<std::string> with, without;  ///< as behind --with and --without
    std::string target;                      ///< as behind --target; empty: this host
    std::string stack_text;                  ///< is expanded for SpecInfo::expanded_stack; may be empty
    std::vector<std::string> macros;         ///< names whose values are wanted, without % and braces
    std::filesystem::path macros_file;       ///< macros.pystacks; may be empty
    MacrosFile load_macros_file = MacrosFile::when_missing;
    std::filesystem::path program = "/proc/self/exe";  ///< what is started as the worker
};

struct SpecSource {
    std::string url;   ///< as the spec has it, expanded
    std::string file;  ///< name below %_sourcedir
    bool is_patch = false;
};

struct SpecPackage {
    std::string name;
    std::string arch;            ///< "x86_64", "noarch"
    std::filesystem::path file;  ///< where rpm writes it
};

struct SpecInfo {
    std::string name, version, release, arch, nvr;
    std::vector<SpecSource> sources;          ///< by kind and number
    std::vector<std::string> build_requires;  ///< "gcc", "pystacks >= 0.1.0"
    std::vector<SpecPackage> packages;        ///< those with %files, which get written; debug ones only before rpm 4.20
    std::filesystem::path source_package;     ///< where rpm writes the SRPM
    std::filesystem::path source_folder;      ///< %_sourcedir
    /// The folder of the stages, %{_builddir}/%{buildsubdir}: below a folder of its own package from rpm 4.20 on.
    std::filesystem::path build_folder;
    std::string expanded_stack;
    std::map<std::string, std::string> macros;  ///< values of those that were asked for and are defined
};

/// Parses the spec. Sources need not exist.
/// @throws Error with what rpm said
[[nodiscard]] SpecInfo inspect(const SpecJob& job);

struct BuildOptions {
    Amount amount = Amount::all;
    bool check_build_requires = true;  ///< false where packages of the host are not rpm's (--nodeps)
    std::filesystem::path log;         ///< what rpm and the sections print is appended here
};

struct BuildResult {
    std::vector<std::filesystem::path> written;  ///< the SRPM first, then the packages in the spec's order
};

/// Builds. What is in the build folder is kept, before and after: the stages know what they finished.
///
/// The number of jobs is rpm's own macro, _smp_build_ncpus. The binary packages are those that `rpmbuild --rebuild` of
/// the SRPM makes, byte for byte. `rpmbuild -ba` would put the SRPM's digest into them, which no rebuild can know; so
/// Amount::all is two runs, one for the SRPM and one for the rest, and Amount::binary gives the same packages.
/// @throws Error with what rpm said and the end of the log
BuildResult build(const SpecJob& job, const BuildOptions& options);

}  // namespace pystacks::rpm
