#include "source/patch.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/characters.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "process/command.hpp"
#include "source/patch_text.hpp"

namespace pystacks::source {

namespace {

constexpr std::size_t largest_patch = std::size_t{64} << 20U;
constexpr std::size_t most_hunks_shown = 3;
constexpr std::size_t most_hunk_lines_shown = 40;

Error refused(const fs::path& patch, const PatchText::Name& name, const std::string& reason) {
    return {"cannot apply the patch", fmt::format("{}:{}", patch.string(), name.line),
            fmt::format("the name \"{}\" {}", without_control_characters(name.text), reason)};
}

/// The names below the tree that the patch touches. @throws Error on one that leads out of it.
std::set<fs::path> touched_files(const PatchText& text, int strip, const fs::path& patch, const fs::path& tree) {
    std::set<fs::path> files;
    const fs::path root = fs::canonical(tree);
    for (const PatchText::Name& name : text.names) {
        const std::string stripped = strip_components(name.text, name.has_prefix ? strip : std::max(0, strip - 1));
        if (stripped.empty()) continue;
        const fs::path relative(stripped);
        if (relative.is_absolute()) throw refused(patch, name, "is absolute");
        if (std::find(relative.begin(), relative.end(), "..") != relative.end()) {
            throw refused(patch, name, "has a \"..\" in it");
        }
        std::error_code error;
        const fs::path real = fs::weakly_canonical(root / relative, error);
        const fs::path inside = real.lexically_relative(root);
        if (error || inside.empty() || *inside.begin() == "..")
            throw refused(patch, name, "leads out of the source tree");
        if (fs::is_symlink(fs::symlink_status(root / relative, error))) {
            throw refused(patch, name, "is a symbolic link, and patches must not change links");
        }
        files.insert(relative);
    }
    return files;
}

process::Command patch_command(const fs::path& checked, int strip, const fs::path& tree, const std::string& rejects) {
    process::Command command;
    // --unified holds for the first diff only. That there are no others is up to parse_patch().
    command.arguments = {"patch",
                         "--unified",
                         "--fuzz=0",
                         "--forward",
                         "--batch",
                         "--no-backup-if-mismatch",
                         "--reject-format=unified",
                         "--reject-file=" + rejects,
                         "-p",
                         std::to_string(strip),
                         "-d",
                         tree.string(),
                         "-i",
                         fs::absolute(checked).string()};
    command.environment = {{"LC_ALL", "C"}};
    command.unset_environment = {"POSIXLY_CORRECT",      "PATCH_GET",    "PATCH_VERSION_CONTROL", "VERSION_CONTROL",
                                 "SIMPLE_BACKUP_SUFFIX", "QUOTING_STYLE"};
    return command;
}

/// What GNU patch rejected, shown with the place of each hunk in the patch.
std::string describe_rejects(const std::string& rejects, const PatchText& text, const fs::path& patch) {
    std::string shown;
    std::size_t count = 0;
    PatchText rejected;
    try {
        rejected = parse_patch(rejects, "rejects");
    } catch (const Error&) {
        return "\n" + rejects;  // of a form that we do not know: as it is
    }
    for (const PatchHunk& hunk : rejected.hunks) {
        if (++count > most_hunks_shown) continue;
        const auto original = std::find_if(text.hunks.begin(), text.hunks.end(),
                                           [&](const PatchHunk& candidate) { return candidate.body == hunk.body; });
        shown += original != text.hunks.end() ? fmt::format("\n{}:{}: this hunk:", patch.string(), original->line)
                                              : fmt::format("\n{}: this hunk:", patch.string());
        for (std::size_t i = 0; i < std::min(hunk.body.size(), most_hunk_lines_shown); ++i)
            shown += "\n    " + hunk.body[i];
        if (hunk.body.size() > most_hunk_lines_shown) shown += "\n    …";
    }
    if (count > most_hunks_shown) shown += fmt::format("\nand {} more", count - most_hunks_shown);
    return shown;
}

[[noreturn]] void report_failure(const process::Outcome& outcome, const fs::path& rejects, const PatchText& text,
                                 const fs::path& patch) {
    std::string reason;
    if (outcome.end == process::Outcome::End::exited) {
        std::vector<std::string> lines = split(outcome.output, '\n');
        // GNU patch shows what comes before a diff whose file it does not find. It got empty lines for prose.
        std::erase(lines, "|");
        reason = trim(join(lines, "\n"));
    }
    if (reason.empty()) reason = "patch " + outcome.describe();
    std::error_code ignored;
    if (fs::exists(rejects, ignored) && fs::file_size(rejects, ignored) > 0) {
        reason += describe_rejects(read_file(rejects, largest_patch * 2), text, patch);
    }
    throw Error("cannot apply the patch", patch.string(), lines_without_control_characters(reason),
                "patches have to fit exactly (no fuzz): make the patch again for this version of the source");
}

void copy_files(const std::set<fs::path>& files, const fs::path& tree, const fs::path& copy) {
    for (const fs::path& file : files) {
        // What is not a file is left out, so that GNU patch refuses here what it will refuse in the tree.
        std::error_code ignored;
        if (!fs::is_regular_file(fs::symlink_status(tree / file, ignored))) continue;
        make_directories((copy / file).parent_path());
        copy_regular_file(tree / file, copy / file);
    }
}

}  // namespace

void apply_patch(const fs::path& patch, int strip, const fs::path& tree) {
    const PatchText text = parse_patch(read_file(patch, largest_patch), patch.string());
    if (!fs::is_directory(tree))
        throw Error("cannot apply the patch", patch.string(), tree.string() + " is not a folder");
    const std::set<fs::path> files = touched_files(text, strip, patch, tree);
    if (!process::find_program("patch")) {
        throw Error("cannot apply the patch", patch.string(), "the program patch (GNU patch) is not installed",
                    "install the package \"patch\"");
    }

    // Not --dry-run: that forgets what an earlier hunk of the same patch did to a file, and keeps no rejects.
    const TemporaryDirectory scratch(temporary_folder(), "pystacks-patch");
    const fs::path checked = scratch.path() / "checked.patch";
    const fs::path rehearsal = scratch.path() / "tree";
    const fs::path rejects = scratch.path() / "rejects";
    write_file_atomically(checked, text.checked);
    make_directories(rehearsal);
    copy_files(files, tree, rehearsal);
    const process::Outcome tried = process::run(patch_command(checked, strip, rehearsal, rejects.string()));
    if (!tried.succeeded()) report_failure(tried, rejects, text, patch);

    const process::Outcome applied = process::run(patch_command(checked, strip, tree, "-"));
    if (!applied.succeeded()) report_failure(applied, {}, text, patch);
}

}  // namespace pystacks::source
