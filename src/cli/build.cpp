#include "cli/build.hpp"

#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/build_report.hpp"
#include "log/log.hpp"
#include "report/progress_log.hpp"
#include "rpm/amount.hpp"
#include "stackbuild/build_stack.hpp"
#include "stackbuild/output_folder.hpp"

namespace pystacks::cli::build {
namespace {

/// @param output as the user gave it
std::string room_text(const stackbuild::RoomTaken& room, const fs::path& output) {
    std::string command = "pystacks clean";
    if (output != stackbuild::RpmRunRequest().output) command += " --output " + shell_quote(output.string());
    return fmt::format("{} takes {}, {} of it in BUILD; {} frees that", output.string(), human_size(room.all),
                       human_size(room.remade), command);
}

void check_repository(const Options& options) {
    if (options.repository.folder.empty()) return;
    if (!rpm::makes_packages(options.amount)) {
        throw Error(ErrorKind::usage, "cannot build", "--repository",
                    fmt::format("with -b{} there are no binary packages", rpm::letter_of(options.amount)),
                    "-ba and -bb make them");
    }
    stackbuild::require_usable(options.repository);
}

std::size_t publish_packages(const Options& options, const stackbuild::BuildOutcome& outcome) {
    if (options.repository.folder.empty()) return 0;
    std::vector<fs::path> packages;
    for (const stackbuild::BuiltFile& each : outcome.files) packages.push_back(each.path);
    return stackbuild::publish(packages, options.repository);
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    cli::add_to(app, options.rpm);
    const auto take_amount = [&options](const std::string& letter) {
        if (const auto amount = rpm::amount_of(letter)) options.amount = *amount;
    };
    app.add_option("-b", take_amount,
                   "as rpmbuild: -ba all packages, -bb only binary packages, -bs only the source package, "
                   "-bp, -bc, -bi stop after %prep, %build, %install")
        .one_of({"a", "b", "s", "p", "c", "i"})
        .type_name("a|b|s|p|c|i");
    app.add_option("--repository", options.repository.folder,
                   "also put the binary packages into this folder, as a repository for dnf")
        .type_name("DIR");
    app.add_option("--sign", options.repository.key, "sign that repository and its packages with this gpg key")
        .type_name("NAME");
    app.need("--repository", {"--sign"});
    app.add_flag("--json", options.json, "print the result as JSON");
}

int run(const Options& options) {
    stackbuild::RpmRunRequest request = request_of(options.rpm);
    request.amount = options.amount;
    stackbuild::check_output(request);
    check_repository(options);
    stack::Stack raw = stackbuild::load_stack(options.rpm.stack, request.switches);
    // The display ends, and with it what it did to the terminal, before results or errors are printed.
    std::unique_ptr<report::ProgressSink> display = report::make_display();
    const stackbuild::BuildOutcome outcome = stackbuild::build_stack(request, std::move(raw), *display);
    display.reset();
    const std::size_t published = publish_packages(options, outcome);
    options.json ? print_outcome_as_json(outcome) : print_outcome(outcome);
    if (!options.repository.folder.empty()) {
        log::info(fmt::format("repository: {}, {} packages{}", options.repository.folder.string(), published,
                              options.repository.key.empty() ? "" : ", signed by " + options.repository.key));
    }
    if (outcome.how == stackbuild::BuildOutcome::How::built) {
        log::info(room_text(stackbuild::room_taken(fs::absolute(request.output)), request.output));
    }
    return 0;
}

}  // namespace pystacks::cli::build
