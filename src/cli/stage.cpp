#include "cli/stage.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "build/post_install.hpp"
#include "build/stage_setup.hpp"
#include "build/stages.hpp"
#include "host/data_folders.hpp"
#include "log/forwarding.hpp"
#include "process/interruption.hpp"
#include "report/plain_lines.hpp"
#include "report/progress_socket.hpp"
#include "stack/stack.hpp"

namespace pystacks::cli::stage {
namespace {

constexpr std::size_t largest_description = 16U << 20U;
constexpr std::string_view post_install = "post-install";

struct Row {
    std::string_view name;
    void (*run)(const build::StageContext&);
};

constexpr std::array rows{
    Row{"prep", build::run_prep},
    Row{"build", build::run_build},
    Row{"install", build::run_install},
    Row{"check", build::run_check},
};

std::string read_stdin() {
    std::string text;
    std::array<char, 65536> buffer{};
    while (const std::size_t count = read_some(STDIN_FILENO, buffer.data(), buffer.size(), "standard input")) {
        text.append(buffer.data(), count);
        if (text.size() > largest_description) {
            throw Error(ErrorKind::usage, "cannot start a stage", "standard input", "it is too large");
        }
    }
    return text;
}

std::unique_ptr<report::ProgressSink> open_progress(const Options& options) {
    if (options.progress.empty()) return std::make_unique<report::PlainLines>(STDERR_FILENO);
    // A stage does not outlive the program that started it.
    return std::make_unique<report::ProgressClient>(options.progress, [] { process::request_interruption(); });
}

/// What the stage decides and runs is for the log of the program that started it. What it shows by itself, and its
/// errors, are in rpm's log already.
std::optional<log::Forwarding> forward_details(const Options& options, report::ProgressSink& progress) {
    if (options.progress.empty()) return std::nullopt;
    return std::optional<log::Forwarding>(std::in_place, [&progress, &options](const log::Event& details) {
        if (details.level > log::Level::debug) return;
        report::ProgressEvent event;
        event.lane = options.name;
        event.text = details.message;
        event.level = details.level;
        progress.post(event);
    });
}

const Row* row_of(const std::string& name) {
    for (const Row& row : rows) {
        if (row.name == name) return &row;
    }
    return nullptr;
}

void require_known(const Options& options) {
    const bool post = options.name == post_install;
    if (!post && row_of(options.name) == nullptr) {
        throw Error(ErrorKind::usage, "cannot start a stage", options.name, "there is no such stage");
    }
    if ((post || options.name == "install") && options.buildroot.empty()) {
        throw Error(ErrorKind::usage, "cannot start a stage", options.name, "it needs --buildroot");
    }
}

void run_post_install(const Options& options, report::ProgressSink& progress) {
    build::run_post_install({.layout = build::Layout(build::canonical_builddir(options.builddir)),
                             .buildroot = fs::absolute(options.buildroot),
                             .shell = options.shell,
                             .script = read_stdin(),
                             .progress = progress});
}

void run_stage(const Options& options, report::ProgressSink& progress) {
    const stack::Stack stack = stack::parse(read_stdin(), "stack.toml");
    const std::string epoch = build::source_date_epoch(stack, options.sources, progress);
    const build::StageContext context{
        .stack = stack,
        .sources = fs::absolute(options.sources),
        .layout = build::Layout(build::canonical_builddir(options.builddir)),
        .buildroot = options.buildroot.empty() ? fs::path() : fs::absolute(options.buildroot),
        .scripts = host::data_folders().templates,
        .jobs = options.jobs,
        .source_date_epoch = epoch,
        .child = build::child_environment(build::current_environment(), epoch),
        .progress = progress,
        .record_profiles = options.record_profiles,
        .program = content_digest_file(host::executable_path()).hex(),
    };
    row_of(options.name)->run(context);
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("NAME", options.name, "prep, build, install, check or post-install").required();
    app.add_option("--sources", options.sources, "folder of the sources").required();
    app.add_option("--builddir", options.builddir, "folder of everything that is built").required();
    app.add_option("--buildroot", options.buildroot, "rpm's buildroot");
    app.add_option("--jobs", options.jobs, "how many compilers may run at the same time").in_range(1, 4096);
    app.add_option("--shell", options.shell, "for post-install: the shell that runs the script");
    app.add_option("--record-profiles", options.record_profiles,
                   "for build: train the compilers, and write their profiles into this folder");
    app.add_option("--progress", options.progress, "socket to report to");
}

int run(const Options& options) {
    require_known(options);
    ::umask(022);
    const std::unique_ptr<report::ProgressSink> progress = open_progress(options);
    const std::optional<log::Forwarding> forwarding = forward_details(options, *progress);
    if (options.name == post_install) {
        run_post_install(options, *progress);
    } else {
        run_stage(options, *progress);
    }
    return 0;
}

}  // namespace pystacks::cli::stage
