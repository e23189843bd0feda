#include "rpm/render.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "rpm/render_packages.hpp"
#include "rpm/spec_text.hpp"

namespace pystacks::rpm {

namespace fs = std::filesystem;

namespace {

std::string header(const stack::Stack& raw) {
    return fmt::format(
        "# Made by pystacks {} from {}-stack.toml, which is one of the sources below.\n"
        "# Change that file and render the spec again: pystacks spec {}\n\n",
        PYSTACKS_VERSION, raw.name, raw.name);
}

/// A comment line; rpm would expand macros in it.
std::string comment(const std::string& text) {
    const std::string line = on_one_line(text);
    return line.empty() ? "" : fmt::format("# {}\n", replace_all(line, "%", "%%"));
}

// A macro that was defined twice has to be undefined twice.
constexpr const char* zero_is_without =
    "# Switches: --with NAME and --without NAME; --define 'with_NAME 0' and 'with_NAME 1' mean the same.\n"
    "# A macro with_NAME that is 0 would count as \"with\", because %%{{with NAME}} only tests whether it is defined.\n"
    "%{{lua:\n"
    "for _, name in ipairs({{\n"
    "{}"
    "}}) do\n"
    "  if rpm.expand(\"%{{?with_\" .. name .. \"}}\") == \"0\" then\n"
    "    for _, macro in ipairs({{\"with_\" .. name, \"_with_\" .. name}}) do\n"
    "      while rpm.expand(\"%{{?\" .. macro .. \":1}}\") == \"1\" do rpm.undefine(macro) end\n"
    "    end\n"
    "    rpm.define(\"_without_\" .. name .. \" --without-\" .. name)\n"
    "  end\n"
    "end\n"
    "}}\n\n";

std::string switches(const stack::Stack& raw) {
    if (raw.bconds.empty()) return {};
    std::string names;
    std::string bconds;
    for (const stack::Bcond& bcond : raw.bconds) {
        names += fmt::format("  \"{}\",\n", bcond.name);
        bconds += fmt::format("{}%bcond {} {}\n", comment(bcond.help), bcond.name, on_one_line(bcond.default_value));
    }
    return fmt::format(zero_is_without, names) + bconds + "\n";
}

std::string macros(const stack::Stack& raw) {
    std::string text;
    for (const stack::Macro& macro : raw.macros) text += global(macro.name, macro.value);
    return text.empty() ? text : text + "\n";
}

// Level 9 of zstd: on a Python library level 12 is 1 % smaller and takes twice the time, level 3 is 13 % larger. The
// string is stored in the header, so it contains no number of threads. T0 means as many threads as there are
// processors. Any number gives the same bytes, except no threads at all.
constexpr const char* reproducibility =
    "# The same input gives the same packages, in any folder, at any time, for everyone who builds it.\n"
    "%global source_date_epoch_from_changelog 1\n"
    "%global use_source_date_epoch_as_buildtime 1\n"
    "%global clamp_mtime_to_source_date_epoch 1\n"
    "%global build_mtime_policy clamp_to_source_date_epoch\n"
    "%global _buildhost reproducible\n"
    "%global _srcdefattr (0644,root,root)\n"
    "%global _binary_payload w9T0.zstdio\n"
    "%global _source_payload w9T0.zstdio\n"
    "# Compilers map the build folder to /usr/src/debug, and the release is not in that path: a new release\n"
    "# need not compile everything again. find-debuginfo finds the sources there by itself.\n"
    "%undefine _unique_debug_srcs\n"
    "%global _debugsource_packages 1\n"
    "# Bytecode is compiled, compared and linked once, by pystacks; nothing may touch it afterwards.\n"
    "%undefine py_auto_byte_compile\n"
    "%global __brp_python_bytecompile %{nil}\n"
    "%global __brp_python_hardlink %{nil}\n"
    "%global __brp_add_determinism %{nil}\n\n";

// rpm's own brp-strip, brp-strip-static-archive and brp-strip-comment-note have file(1) look at every file of a
// library, in all of which find-debuginfo has stripped what is linked: half a minute of two processors. Fedora's
// configuration calls the first and the last only where there are no debug packages, by macros; then there is no such
// line.
constexpr const char* stripping =
    "# find-debuginfo strips what is linked. Only objects and archives remain: no need to look into every other "
    "file.\n"
    "%if 0%{lua: print(rpm.expand(\"%{?__os_install_post}\"):find(\"/brp-strip \", 1, true) and 1 or 0)}\n"
    "%global __os_install_post %{lua:\n"
    "for line in rpm.expand(\"%{__os_install_post}\"):gmatch(\"[^\" .. string.char(10) .. \"]+\") do\n"
    "  if not line:find(\"/brp-strip\", 1, true) then print(line .. string.char(10)) end\n"
    "end\n"
    "print([[find \"$RPM_BUILD_ROOT\" -type f -name '*.[oa]' ! -path '*/usr/lib/debug/*' -exec ]] ..\n"
    "  rpm.expand(\"%{__strip}\") .. [[ -g '{}' +]])\n"
    "}\n"
    "%endif\n\n";

// Older macros of pystacks do not have it; nothing is missing in the packages then.
constexpr const char* watching =
    "# Stop the build when one of rpm's own scripts does not find a program that it needs.\n"
    "%{?pystacks_watch_post_install}\n\n";

std::string base_name(const std::string& file) { return fs::path(file).filename().string(); }

/// Sources, what proves them, the stack, what else there is; then all patches, as an SRPM carries every one.
std::string sources(const stack::Stack& raw) {
    std::vector<std::string> files;
    for (const stack::Source& source : raw.sources) files.push_back(source.url);
    for (const stack::Source& source : raw.sources) {
        if (!source.signature.empty() && source.signature_required) files.push_back(source.signature);
        if (!source.keyring.empty()) files.push_back(base_name(source.keyring));
    }
    files.emplace_back("%{name}-stack.toml");
    for (const fs::path& file : raw.includes) files.push_back(file.filename());
    for (const std::string& file : raw.files) files.push_back(base_name(file));
    for (const stack::RecordedProfile& profile : raw.recorded_profiles) files.push_back(base_name(profile.file));

    std::string text;
    int number = 0;
    for (const std::string& file : files) text += tag(fmt::format("Source{}", number++), file);
    for (const stack::Source& source : raw.sources) {
        if (source.signature.empty() || source.signature_required) continue;
        text += fmt::format(
            "# Not every mirror has the signature, and the SRPM cannot contain what was not fetched.\n"
            "%if %{{exists:%{{_sourcedir}}/{}}}\n{}%endif\n",
            base_name(source.signature), tag(fmt::format("Source{}", number++), source.signature));
    }
    number = 0;
    for (const stack::Patch& patch : raw.patches) text += tag(fmt::format("Patch{}", number++), base_name(patch.file));
    return text;
}

std::string build_requirements(const stack::Stack& raw) {
    std::string text = tag("BuildRequires", fmt::format("pystacks >= {}", PYSTACKS_VERSION));
    for (const stack::BuildRequirement& requirement : raw.build_requirements) {
        text += conditional(requirement.condition, tag("BuildRequires", requirement.rpm));
    }
    return text;
}

/// The stages read what the stack is written in; without the macro that is one file.
std::string stack_files(const stack::Stack& raw) {
    if (raw.includes.empty()) return {};
    std::string text = "# The stack, and the files that it includes.\n%global pystacks_stack_files %{name}-stack.toml";
    for (const fs::path& file : raw.includes) text += " " + file.filename().string();
    return text + "\n\n";
}

std::string preamble(const stack::Stack& raw) {
    std::string text = tag("Name", raw.name) + tag("Version", raw.version) + tag("Release", raw.release);
    text += preamble_identity(raw) + tag("URL", raw.url);
    text += "\n" + sources(raw) + "\n" + build_requirements(raw) + "\n";
    text +=
        "# The folder of the stages. Its name has no release, so that a new release resumes there.\n"
        "%global buildsubdir %{name}-%{version}\n\n";
    text += stack_files(raw);
    return text;
}

// Distributions that add -debuginfo by themselves say so by _enable_debug_packages.
constexpr const char* sections =
    "\n%{!?_enable_debug_packages:%debug_package}\n"
    "\n%prep\n%pystacks_prep\n"
    "\n%build\n%pystacks_build\n"
    "\n%install\n%pystacks_install\n"
    "\n%check\n%pystacks_check\n\n";

std::string changelog(const stack::Stack& raw) {
    if (raw.changelog.empty()) return {};
    return fmt::format("%changelog\n{}\n", trim(read_file(raw.file.parent_path() / raw.changelog)));
}

}  // namespace

std::string render_spec(const stack::Stack& raw) {
    return header(raw) + switches(raw) + macros(raw) + reproducibility + stripping + watching + preamble(raw) +
           packages(raw) + sections + file_sections(raw) + changelog(raw);
}

}  // namespace pystacks::rpm
