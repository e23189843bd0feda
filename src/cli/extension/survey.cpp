#include "cli/extension/survey.hpp"

#include <algorithm>
#include <thread>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/data_folders.hpp"
#include "cli/extension/proof.hpp"
#include "cli/print.hpp"
#include "log/log.hpp"
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

int run(const Options& options) {
    if (options.json && options.html == "-") {
        throw Error(ErrorKind::usage, "cannot survey", "--json --html -", "both would go to standard output",
                    "write the page to a file");
    }
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    const engine::Survey found =
        engine::survey(options.folder, threads, options.prove ? engine::Prover(prove) : nullptr);
    for (const engine::SkippedSpec& each : found.skipped)
        log::say(log::Level::warning, "not counted: " + each.path + ": " + each.why);
    if (!options.html.empty()) {
        const std::string page = engine::to_page(found, data_folders().templates / "survey");
        if (options.html == "-") {
            print_data(page);
            return 0;
        }
        write_result(options.html, page);
    }
    options.json ? print_data(engine::to_json(found)) : print_text(engine::to_text(found));
    return 0;
}

}  // namespace pystacks::cli::extension::survey
