#include "cli/extension/survey.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/given_path.hpp"
#include "cli/print.hpp"
#include "host/data_folders.hpp"
#include "log/log.hpp"
#include "transform/proof.hpp"
#include "transform/survey.hpp"

namespace pystacks::cli::extension::survey {

namespace engine = pystacks::transform;

void add_to(Arguments& app, Options& options) {
    app.add_option("FOLDER", options.folder, "a folder of specs").required().existing_folder();
    app.add_flag("--json", options.json, "print the result as JSON, with every spec");
    app.add_option("--html", options.html, "write the result as one HTML page to this file; - is standard output")
        .type_name("FILE");
    app.add_flag("--prove", options.prove,
                 "have rpm read each spec that gets additions; this runs the commands in their %(...)");
}

namespace {

engine::Prover prover() {
    return [macros = host::data_folders().macros_file.parent_path()](const engine::Transformation& done,
                                                                     const fs::path& spec) {
        return engine::prove(engine::proof_request(done, spec, macros));
    };
}

/// What there is of an interrupted survey has been printed. @param status of a complete one @returns the exit code
int end(const engine::Survey& found, int status) {
    if (found.is_complete()) return status;
    finish_printing();
    throw Error(ErrorKind::interrupted, "interrupted", "",
                fmt::format("the result is not complete: it has {} of {} specs", found.specs.size(),
                            found.specs.size() + found.not_reached));
}

}  // namespace

int run(const Options& options) {
    if (options.json && options.html == "-") {
        throw Error(ErrorKind::usage, "cannot survey", "--json --html -", "both would go to standard output",
                    "write the page to a file");
    }
    if (!options.html.empty() && options.html != "-") {
        if (const std::string problem = problem_of_output(options.html); !problem.empty())
            throw Error(ErrorKind::usage, "cannot survey", "--html " + options.html.string(), problem);
    }
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    const engine::Survey found = engine::survey(options.folder, threads, options.prove ? prover() : nullptr);
    bool failed = false;
    for (const engine::SkippedSpec& each : found.skipped) {
        log::say(log::Level::warning, "not counted: " + each.path + ": " + each.why);
        failed |= each.failed;
    }
    const int status = failed ? exit_code(ErrorKind::failed) : 0;
    if (!options.html.empty()) {
        const std::string page = engine::to_page(found, host::data_folders().templates / "survey");
        if (options.html == "-") {
            print_data(page);
            return end(found, status);
        }
        write_result(options.html, page);
    }
    options.json ? print_data(engine::to_json(found)) : print_text(engine::to_text(found));
    return end(found, status);
}

}  // namespace pystacks::cli::extension::survey
