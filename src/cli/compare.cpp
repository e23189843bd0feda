#include "cli/compare.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/print.hpp"
#include "compare/build_comparison.hpp"
#include "compare/json.hpp"
#include "compare/page.hpp"
#include "compare/text_report.hpp"
#include "compare/two_sides.hpp"
#include "host/data_folders.hpp"
#include "log/log.hpp"
#include "tree/path_text.hpp"
#include "tree/tree.hpp"

namespace pystacks::cli::compare {
namespace {

namespace engine = pystacks::compare;

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("A", options.a, "a tree, a package, or a folder of packages").required().type_name("RPM|DIR");
    app.add_option("B", options.b, "the other one, of the same kind").required().type_name("RPM|DIR");
    app.add_flag("--all", options.all,
                 fmt::format("list every difference, not only the first {} lines", engine::lines_without_all));
    app.add_option("--html", options.html, "write the comparison as one HTML page to this file")
        .type_name("FILE")
        .file_to_write();
    app.add_flag("--json", options.json, "print the comparison as JSON");
    app.add_flag("--strict", options.strict,
                 "also count .pyc files with the same meaning but other bytes, and other times of packages' files");
    app.add_flag("--trees", options.trees, "treat folders as trees, even if they contain packages");
    app.add_option("-j,--jobs", options.jobs, "threads that read files (default: one per processor)")
        .in_range(1U, 1024U)
        .type_name("N");
}

int run(const Options& options) {
    const unsigned threads = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
    engine::TwoSides sides = engine::read_sides(
        options.a, options.b, options.trees ? engine::Folders::trees : engine::Folders::by_content, threads);
    for (const tree::ScanProblem& problem : sides.problems) {
        log::say(log::Level::warning, tree::printable_path(problem.error.what()));
    }
    const bool incomplete = !sides.problems.empty();
    const engine::BuildComparison comparison =
        engine::compare(std::move(sides.a), std::move(sides.b), threads,
                        options.strict ? engine::Times::counted : engine::Times::left_out);

    if (!options.html.empty()) {
        write_result(options.html, engine::page(comparison, host::data_folders().templates / "compare"));
    }
    if (options.json) {
        print_data(engine::to_json(comparison));
    } else {
        print_text(engine::text_report(comparison, {options.all, options.strict, incomplete}));
    }
    if (incomplete) return exit_code(ErrorKind::failed);
    const bool bytecode = options.strict && comparison.totals.contains(engine::PairVerdict::same_bytecode);
    return comparison.differ() || bytecode ? exit_code(ErrorKind::differences) : 0;
}

}  // namespace pystacks::cli::compare
