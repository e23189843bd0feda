#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "python/abi.hpp"

/// stack.toml as types. The format is described key by key in docs/stack-toml.md.
///
/// The same types hold the file as it was written, with rpm macros in its strings (for rendering the spec), and the
/// text that rpm has expanded (for the stages). Only the expanded form may be asked enabled().
namespace pystacks::stack {

/// Where something is written.
struct Place {
    std::filesystem::path file;  ///< stack.toml, or a file that it includes
    int line = 0;                ///< from 1; 0: nowhere

    [[nodiscard]] std::string text() const;  ///< FILE:LINE
    [[nodiscard]] std::filesystem::path folder() const { return file.parent_path(); }
};

/// The text of an `if =` key: an rpm expression such as "%{with debug_build}". Empty: always.
struct Condition {
    std::string expression;
    Place place;
    /// For an expanded stack: false for "" (of a key that was given) and "0", true for any other text.
    [[nodiscard]] bool enabled() const noexcept;
    /// Whether there is such a key.
    [[nodiscard]] bool given() const noexcept { return place.line != 0; }
};

struct Bcond {
    std::string name;
    std::string default_value;  ///< rpm expression
    std::string help;
};

struct Macro {
    std::string name;
    std::string value;
};

/// Where a source's bytes can also be had: a source package of the distribution's archive, of the same upstream
/// version.
struct DistributionSource {
    std::string package;
    std::vector<std::string> suites;  ///< asked in this order
};

struct Source {
    std::string url;
    std::string sha256;     ///< 64 hexadecimal digits; empty for a local file
    std::string signature;  ///< URL of a detached OpenPGP signature; may be empty
    std::string keyring;    ///< file beside the one that names it; may be empty
    bool signature_required =
        true;  ///< `signature-required`: false lets the sha256 decide when no signature can be had
    bool unpack = false;
    std::optional<DistributionSource> distribution;
    Place place;
    [[nodiscard]] std::string file_name() const;  ///< the last component of url
};

struct Patch {
    std::string file;  ///< below patches/ beside the file that names it
    int strip = 1;
    Condition condition;
    Place place;
};

struct BuildRequirement {
    std::string rpm;
    std::string debian;  ///< empty: has no counterpart there
    Condition condition;
};

/// configure, make and install: what all configurations have in common.
struct BuildRecipe {
    std::vector<std::string> configure;
    std::map<std::string, std::string> environment;
    std::vector<std::string> make_targets;
    std::vector<std::string> make_arguments;
    std::vector<std::string> install_targets;
    std::vector<std::string> install_arguments;
    /// Patterns of source files of which make knows everything that depends on them.
    std::vector<std::string> incremental;
    /// Whether the linker reads RPM_PACKAGE_*, as the package notes of some distributions do.
    Condition linker_reads_package;
};

/// Programs that make builds and runs to generate sources. Their output does not depend on how they were compiled, so
/// they are made once and serve every configuration whose make arguments mention ${bootstrap}.
struct BootstrapRecipe {
    Condition condition;
    std::string configuration;           ///< its make makes them on its way, when it is built
    std::vector<std::string> targets;    ///< files below the build folder; empty: there is no such recipe
    std::vector<std::string> arguments;  ///< of make, where that configuration is not built
    Place place;
};

/// How a configuration's compiler is trained: make builds an instrumented interpreter and runs it. What that leaves can
/// be recorded once (RecordedProfile) and takes the training's place wherever the same is compiled.
struct ProfileRecipe {
    Condition condition;
    std::vector<std::string> with, without;  ///< bconds that the condition wants to be on, and off
    std::vector<std::string> targets;        ///< of make: these train; empty: there is no such recipe
    std::vector<std::string> files;          ///< patterns below the build folder: what the training leaves
    std::vector<std::string> sources;        ///< patterns below the source tree: what a profile belongs to
    std::string other_sources;               ///< "train" (also when empty) or "use" a profile of other ones
    Place place;

    [[nodiscard]] bool given() const noexcept { return !targets.empty(); }
};

/// A file in profiles/ beside the one that names it, made by `pystacks profile record`.
struct RecordedProfile {
    std::string file;
    Condition condition;
    Place place;
};

struct Configuration {
    std::string name;
    Condition condition;
    std::string variant_of;  ///< the configuration that it is compared with; of the base, and only there, empty
    std::string suffix;      ///< that its commands have and the base's have not: "d"; may be empty
    std::string package;     ///< the name of the [[package]] with what it alone installs; empty for the base
    std::vector<std::string> traits;     ///< words of python/trait_names.hpp
    std::string libdir;                  ///< of the standard library; not given: as in the one that it is a variant of
    std::vector<std::string> configure;  ///< after the common arguments
    std::vector<std::string> make_arguments;         ///< after the common arguments
    std::vector<std::string> early_targets;          ///< of a make of their own, before the one that makes everything
    std::vector<std::string> early_arguments;        ///< of that make, after the others
    std::map<std::string, std::string> environment;  ///< over the common environment
    /// What ${name} stands for in this configuration; also ${suffix}, and what follows from @c libdir.
    std::map<std::string, std::string> variables;
    std::string interpreter;  ///< absolute path in the buildroot
    ProfileRecipe profile;    ///< how its compiler is trained; not given(): it is not, or trains()
    Condition trains;         ///< `trains`: its make trains by itself; not given: it does not
    Place place;

    /// For an expanded stack: whether its make trains the compiler, without being asked by its profile.
    [[nodiscard]] bool trains_by_itself() const noexcept { return trains.given() && trains.enabled(); }
    /// For an expanded stack: whether its compiler is trained as its profile says.
    [[nodiscard]] bool is_trained() const noexcept { return profile.given() && profile.condition.enabled(); }
    /// For an expanded stack: those that @c traits names.
    [[nodiscard]] python::Traits build_traits() const;
};

/// Whether its make calls programs of [build.bootstrap]: whether what its makes are given says ${bootstrap}.
[[nodiscard]] bool uses_bootstrap(const Configuration& configuration);

// What is done in a configuration's buildroot after `make install`; one type an action.
struct MoveStep {
    std::string from, to;
};
struct CopyStep {
    std::string from, to;
    unsigned mode = 0644;
};  ///< from: below the source tree
struct WriteStep {
    std::string path, text;
    unsigned mode = 0644;
};  ///< a leading newline of text is dropped (TOML does)
struct SymlinkStep {
    std::string path, target;
};
struct DirectoryStep {
    std::string path;
};
struct RemoveStep {
    std::vector<std::string> patterns;
};  ///< may match nothing
struct SubstituteStep {
    std::string pattern, find, replace;
};  ///< must replace at least once
/// Executable files whose first line names a Python get @c interpreter; files without execute bit lose a `#!` line,
/// files with execute bit but without `#!` line lose the bit.
struct ShebangStep {
    std::vector<std::string> patterns;
    std::string interpreter;
};

struct InstallStep {
    std::variant<MoveStep, CopyStep, WriteStep, SymlinkStep, DirectoryStep, RemoveStep, SubstituteStep, ShebangStep>
        action;
    std::vector<std::string> configurations;  ///< empty: all
    bool packaging = false;                   ///< done in rpm's buildroot, after the merge
    Condition condition;
    std::string reason;
    Place place;
};

struct Alias {
    std::string path;
    std::string of;  ///< with ${variables} of the configuration
    Place place;
};

struct ConflictRule {
    std::string path;    ///< pattern
    std::string winner;  ///< configuration
    std::string reason;
    Condition condition;
    Place place;
};

struct Bytecode {
    std::vector<std::string> paths;  ///< folders to compile
    std::vector<int> levels;         ///< optimization levels
    std::string exclude;             ///< regular expression (Python's) searched in the path
    std::string library_path;        ///< folder of libpython in the buildroot
    std::string home;                ///< prefix in the buildroot, for PYTHONHOME
};

/// Wheels that the source tree carries and a package ships: built archives of Python projects, which contain further
/// projects. What is in them is listed, provided by the package as bundled(…), and checked before anything is built.
struct Wheels {
    std::string package;             ///< the name of the [[package]] that ships them
    std::vector<std::string> files;  ///< patterns below the source tree
    Condition condition;
    std::string name_space;             ///< `namespace`: "python2dist"; empty: "python3dist"
    std::vector<std::string> projects;  ///< "NAME VERSION LICENSE" of all that they are and contain (wheel_project.hpp)
    std::vector<std::string> silent;    ///< file names of those that do not say what they contain
    std::string license;                ///< SPDX expression: what they add to the package's
    Place place;
};

struct Package {
    std::string name;
    bool main = false;
    Condition condition;
    std::string configuration;                  ///< whose `package` it is: it gets what that one alone installs
    std::string summary, description, license;  ///< license empty: the stack's
    std::vector<std::string> requires_, provides, recommends, suggests, supplements, conflicts, obsoletes;
    std::vector<std::string> files;                     ///< patterns
    std::vector<std::string> doc_files, license_files;  ///< patterns, marked %doc and %license
    bool noarch = false;
    bool ldconfig = false;  ///< has libraries that the dynamic linker's cache should know
    Place place;
};

struct Stack {
    std::filesystem::path file;                   ///< stack.toml itself; for messages and for the files beside it
    std::vector<std::filesystem::path> includes;  ///< the files that it includes
    std::string name, version, release, license, url, summary, description;
    std::string changelog;         ///< file beside stack.toml
    std::string source_directory;  ///< folder that the archive unpacks to
    std::vector<Bcond> bconds;
    std::vector<Macro> macros;
    std::vector<Source> sources;
    std::vector<std::string> files;  ///< further files beside stack.toml that the SRPM carries
    std::vector<Patch> patches;
    std::vector<BuildRequirement> build_requirements;
    BuildRecipe build;
    BootstrapRecipe bootstrap;
    std::vector<RecordedProfile> recorded_profiles;
    std::vector<Configuration> configurations;  ///< the first is the base configuration
    std::vector<InstallStep> install_steps;
    std::vector<Alias> aliases;
    std::vector<ConflictRule> rules;
    Bytecode bytecode;
    std::vector<std::string> system_directories;  ///< patterns of folders that no package of ours owns
    std::vector<Wheels> wheels;
    std::vector<Package> packages;

    [[nodiscard]] const Configuration& base() const { return configurations.front(); }
    /// The configuration of that name; null when there is none.
    [[nodiscard]] const Configuration* configuration(std::string_view configuration_name) const noexcept;
    /// Those whose condition holds; base first. For an expanded stack.
    [[nodiscard]] std::vector<const Configuration*> enabled_configurations() const;
};

/// Parses @p text, which may be several documents (see documents.hpp).
/// @param file what messages call it (FILE:LINE:COLUMN), and where files beside it are looked for.
/// @throws Error (usage) with every problem that was found, one per line; the first is the subject.
[[nodiscard]] Stack parse(std::string_view text, const std::filesystem::path& file);

/// Reads and parses a stack.toml and what it includes. @param search_path folders of stacks, for what it includes.
/// @throws Error.
[[nodiscard]] Stack load(const std::filesystem::path& file, const std::vector<std::filesystem::path>& search_path = {});

/// The stack.toml that the user means: a folder with one, the file itself, or a name looked up in @p search_path.
/// @throws Error (usage) that lists the stacks which there are, and names the nearest.
[[nodiscard]] std::filesystem::path find(const std::string& name_or_path,
                                         const std::vector<std::filesystem::path>& search_path);

/// A key of stack.toml.
struct KnownKey {
    std::string_view table;  ///< as it is written: "[build.make]", "[[patch]]"; empty before the first table
    std::string_view key;
    std::string_view type;  ///< "string", "array of integers" …
    bool required = false;
};

/// Every key that parse() accepts, table by table.
[[nodiscard]] std::vector<KnownKey> known_keys();

/// Replaces ${name} by the configuration's variables. @throws Error (usage) on an unknown name, with the nearest.
[[nodiscard]] std::string substitute_variables(std::string_view text,
                                               const std::map<std::string, std::string>& variables);

}  // namespace pystacks::stack
