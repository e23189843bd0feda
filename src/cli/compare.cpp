#include "cli/compare.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/print.hpp"
#include "compare/build_comparison.hpp"
#include "compare/input.hpp"
#include "compare/json.hpp"
#include "compare/page.hpp"
#include "compare/text_report.hpp"
#include "host/data_folders.hpp"
#include "log/log.hpp"
#include "tree/path_text.hpp"
#include "tree/tree.hpp"

namespace pystacks::cli::compare {
namespace {

namespace engine = pystacks::compare;
using engine::InputKind;

struct Sides {
    engine::Side a, b;
    bool incomplete = false;  ///< something could not be read, and was left out of both
};

Sides scan_trees(const Options& options, unsigned threads) {
    std::vector<tree::ScanProblem> problems;
    tree::Tree a = tree::scan(options.a, threads, problems);
    tree::Tree b = tree::scan(options.b, threads, problems);
    for (const tree::ScanProblem& problem : problems) {
        log::say(log::Level::warning, tree::printable_path(problem.error.what()));
    }
    // In both, or a file that is unreadable here would look as if it were missing there.
    leave_out(a, problems);
    leave_out(b, problems);
    return {engine::side_of_tree(a), engine::side_of_tree(b), !problems.empty()};
}

std::string_view words_for(InputKind kind) {
    switch (kind) {
        case InputKind::tree:
            return "a tree";
        case InputKind::package:
            return "a package";
        case InputKind::package_folder:
            return "a folder of packages";
    }
    return "something else";
}

Sides read_sides(const Options& options, unsigned threads) {
    const auto folders = options.trees ? engine::Folders::trees : engine::Folders::by_content;
    const InputKind a = engine::kind_of(options.a, folders);
    const InputKind b = engine::kind_of(options.b, folders);
    if (a == InputKind::tree && b == InputKind::tree) return scan_trees(options, threads);
    if (a == InputKind::tree || b == InputKind::tree) {
        throw Error(ErrorKind::usage, "cannot compare", options.b.string(),
                    fmt::format("it is {}, but {} is {}", words_for(b), options.a.string(), words_for(a)),
                    "compare takes two trees, or packages on both sides; --trees treats every folder as a tree");
    }
    return {engine::side_of_packages(options.a, engine::read_packages(options.a)),
            engine::side_of_packages(options.b, engine::read_packages(options.b)), false};
}

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
    Sides sides = read_sides(options, threads);
    const bool incomplete = sides.incomplete;
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
