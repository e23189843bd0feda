#include "build/post_install.hpp"

#include <array>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "build/context.hpp"
#include "build/failure_excerpt.hpp"
#include "process/command.hpp"
#include "process/not_found.hpp"
#include "tree/elf.hpp"

namespace pystacks::build {
namespace {

constexpr const char* phase = "strip and debuginfo";
constexpr const char* attempted = "cannot finish the buildroot";

/// What find-debuginfo writes for %files of -debuginfo and -debugsource.
constexpr std::array lists{"debugfiles.list", "debugsourcefiles.list"};

bool is_executable(const fs::directory_entry& entry) {
    constexpr fs::perms any = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
    return (entry.symlink_status().permissions() & any) != fs::perms::none;
}

bool has_debug_information(const fs::path& file) {
    try {
        const std::optional<tree::ElfInfo> elf = tree::read_elf(file);
        return elf && elf->has_dwarf;
    } catch (const Error&) {
        return false;  // a test's broken sample, say: what to do with it is for find-debuginfo to say
    }
}

/// Any file with debug information, looked for before find-debuginfo strips it.
std::optional<fs::path> some_file_with_debug_information(const fs::path& buildroot) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(buildroot)) {
        if (!entry.is_regular_file() || entry.is_symlink() || !is_executable(entry)) continue;
        if (has_debug_information(entry.path())) return entry.path();
    }
    return std::nullopt;
}

void run_script(const PostInstall& job, const fs::path& log) {
    // In a file, as rpm has it: what the script starts may read its standard input.
    const fs::path file = job.layout.logs() / "post-install.sh";
    write_file_atomically(file, job.script);
    process::Command command;
    command.arguments = {job.shell, "-ex", file.string()};
    command.directory = job.layout.root();
    command.environment["LC_ALL"] = "C.UTF-8";  // its output is read
    command.unset_environment = {"LANGUAGE"};
    command.log = log;
    const process::Outcome outcome = process::run(command);
    const std::optional<std::string> not_found = process::first_not_found(log);
    if (not_found) {
        throw Error(attempted, job.buildroot.string(),
                    "one of rpm's own scripts did not find what it needs:\n" + *not_found,
                    "pystacks doctor says what this host lacks. The whole output: " + log.string());
    }
    if (outcome.succeeded()) return;
    throw Error(attempted, job.buildroot.string(),
                fmt::format("rpm's own scripts failed: {}\n{}", outcome.describe(), failure_excerpt(log)),
                "the whole output: " + log.string());
}

/// A list that is there was written by this run.
void require_filled_lists(const PostInstall& job, const fs::path& with_debug_information) {
    for (const char* name : lists) {
        const fs::path list = job.layout.root() / name;
        std::error_code problem;
        if (!fs::exists(list, problem) || !trim(read_file(list)).empty()) continue;
        throw Error(attempted, list.string(),
                    fmt::format("find-debuginfo left it empty, although /{} has debug information",
                                with_debug_information.lexically_relative(job.buildroot).string()),
                    "pystacks doctor says what this host lacks.");
    }
}

}  // namespace

void run_post_install(const PostInstall& job) {
    make_directories(job.layout.logs());
    const fs::path log = job.layout.logs() / "post-install.log";
    fs::remove(log);
    for (const char* name : lists) fs::remove(job.layout.root() / name);
    run_phase(job.progress, common_lane, phase, log, [&] {
        const std::optional<fs::path> some_file = some_file_with_debug_information(job.buildroot);
        run_script(job, log);
        if (some_file) require_filled_lists(job, *some_file);
    });
}

}  // namespace pystacks::build
