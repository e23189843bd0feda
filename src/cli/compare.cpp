#include "cli/compare.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "tree/compare.hpp"
#include "tree/path_text.hpp"
#include "tree/tree.hpp"

namespace pystacks::cli::compare {
namespace {

using tree::DifferenceKind;

constexpr std::size_t shown_without_all = 50;

struct Label {
    DifferenceKind kind;
    const char* line;   ///< before a path
    const char* total;  ///< in the table
};

constexpr Label labels[] = {
    {DifferenceKind::only_a, "only in A", "only in A"},
    {DifferenceKind::only_b, "only in B", "only in B"},
    {DifferenceKind::type, "type", "other type"},
    {DifferenceKind::content, "content", "other content"},
    {DifferenceKind::bytecode, "bytecode", "same bytecode"},
    {DifferenceKind::link_target, "link target", "other link target"},
    {DifferenceKind::mode, "mode", "other mode"},
};

void check_folder(const std::filesystem::path& path) {
    const char* hint = "compare takes two folders, such as the buildroots of two configurations";
    std::error_code failure;
    const auto status = std::filesystem::status(path, failure);
    if (status.type() == std::filesystem::file_type::not_found) {
        throw Error(ErrorKind::usage, "cannot compare", path.string(), "there is no such folder", hint);
    }
    if (failure) throw system_error(failure.value(), "cannot compare", path.string());
    if (status.type() != std::filesystem::file_type::directory) {
        throw Error(ErrorKind::usage, "cannot compare", path.string(), "it is not a folder", hint);
    }
}

bool is_only(const tree::PathDifference& difference) {
    return difference.kind == DifferenceKind::only_a || difference.kind == DifferenceKind::only_b;
}

std::string sizes(const tree::PathDifference& difference) {
    const bool file_a = difference.type_a == tree::FileType::regular;
    const bool file_b = difference.type_b == tree::FileType::regular;
    if (difference.kind == DifferenceKind::mode || difference.kind == DifferenceKind::type) return {};
    if (file_a && file_b && difference.size_a != difference.size_b) {
        return human_size(difference.size_a) + " / " + human_size(difference.size_b);
    }
    if (file_a) return human_size(difference.size_a);
    return file_b ? human_size(difference.size_b) : std::string();
}

std::string difference_line(const tree::PathDifference& difference) {
    const auto* label = std::find_if(std::begin(labels), std::end(labels),
                                     [&](const Label& known) { return known.kind == difference.kind; });
    std::string line = fmt::format("{:<12} {}", label->line, tree::printable_path(difference.path));
    std::vector<std::string> remarks;
    if (!difference.details.empty()) remarks.push_back(tree::printable_path(difference.details));
    if (std::string size = sizes(difference); !size.empty()) remarks.push_back(std::move(size));
    if (!remarks.empty()) line += "  (" + join(remarks, "; ") + ")";
    return line + '\n';
}

/// The folders that only one tree has, without those within another of them.
class OwnFolders {
public:
    struct Content {
        std::uint64_t paths = 0;
        std::uint64_t bytes = 0;
    };

    explicit OwnFolders(const std::vector<tree::PathDifference>& differences) {
        for (const tree::PathDifference& difference : differences) {
            if (!is_only(difference)) continue;
            if (Content* above = folder_above(difference.path)) {
                ++above->paths;
                above->bytes += difference.size_a + difference.size_b;
            } else if ((difference.kind == DifferenceKind::only_a ? difference.type_a : difference.type_b) ==
                       tree::FileType::directory) {
                folders_.try_emplace(difference.path);
            }
        }
    }

    [[nodiscard]] Content* folder_above(std::string_view path) {
        for (std::size_t slash = path.find('/', 1); slash != path.npos; slash = path.find('/', slash + 1)) {
            const auto found = folders_.find(path.substr(0, slash));
            if (found != folders_.end()) return &found->second;
        }
        return nullptr;
    }

    [[nodiscard]] const Content* find(const std::string& path) const {
        const auto found = folders_.find(path);
        return found == folders_.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, Content, std::less<>> folders_;
};

/// Bytecode that says the same is only in the totals, unless it counts.
std::string difference_lines(const tree::TreeComparison& comparison, const Options& options) {
    OwnFolders own_folders(comparison.differences);
    std::string text;
    std::size_t lines = 0;
    for (tree::PathDifference difference : comparison.differences) {
        if (difference.kind == DifferenceKind::bytecode && !options.strict) continue;
        if (!options.all && is_only(difference)) {
            if (own_folders.folder_above(difference.path) != nullptr) continue;
            if (const auto* content = own_folders.find(difference.path)) {
                difference.details = fmt::format("folder of {} paths, {}", content->paths, human_size(content->bytes));
            }
        }
        ++lines;
        if (options.all || lines <= shown_without_all) text += difference_line(difference);
    }
    if (!options.all && lines > shown_without_all) {
        text += fmt::format("… and {} more (--all shows them)\n", lines - shown_without_all);
    }
    if (lines > 0) text += '\n';
    return text;
}

std::string total_line(std::string_view name, const tree::PathTotal& total) {
    const auto column = [](std::uint64_t bytes) { return bytes == 0 ? std::string("-") : human_size(bytes); };
    return fmt::format("{:<18} {:>8} {:>12} {:>12}\n", name, total.paths, column(total.bytes_a), column(total.bytes_b));
}

std::string totals(const tree::TreeComparison& comparison) {
    std::string text = fmt::format("{:<18} {:>8} {:>12} {:>12}\n", "", "paths", "size in A", "size in B");
    text += total_line("identical", comparison.identical);
    for (const Label& label : labels) {
        const auto found = comparison.totals.find(label.kind);
        if (found != comparison.totals.end()) text += total_line(label.total, found->second);
    }
    return text + total_line("all", comparison.all);
}

std::string verdict(const tree::TreeComparison& comparison, const Options& options, bool incomplete) {
    const auto bytecode = comparison.totals.find(DifferenceKind::bytecode);
    const bool only_headers = !comparison.differ() && bytecode != comparison.totals.end();
    std::string text;
    if (only_headers) {
        text = fmt::format("The trees are the same but for the bytes of {} .pyc files, which say the same{}.\n",
                           bytecode->second.paths,
                           options.strict ? "; --strict counts them" : " (--strict counts them as differences)");
    } else {
        text = comparison.differ() ? "The trees differ.\n" : "The trees are the same.\n";
    }
    if (incomplete) text += "What could not be read was left out.\n";
    return text;
}

void write_to_stdout(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
        throw system_error(errno, "cannot write", "standard output");
    }
}

}  // namespace

void add_to(CLI::App& app, Options& options) {
    app.add_option("A", options.a, "the first tree: a folder")->required();
    app.add_option("B", options.b, "the second tree: a folder")->required();
    app.add_flag("--all", options.all,
                 fmt::format("list every difference, not the first {} lines only", shown_without_all));
    app.add_flag("--json", options.json, "the comparison as JSON on standard output");
    app.add_flag("--strict", options.strict, "count .pyc files that say the same in other bytes as differences");
    app.add_option("-j,--jobs", options.jobs, "threads that read files (default: one a processor)")
        ->check(CLI::Range(1U, 1024U));
}

int run(const Options& options) {
    check_folder(options.a);
    check_folder(options.b);
    const unsigned threads = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());

    std::vector<tree::ScanProblem> problems;
    tree::Tree a = tree::scan(options.a, threads, problems);
    tree::Tree b = tree::scan(options.b, threads, problems);
    for (const tree::ScanProblem& problem : problems) {
        fmt::print(stderr, "pystacks: {}\n", tree::printable_path(problem.error.what()));
    }
    // In both, or a file that is unreadable here would look as if it were missing there.
    leave_out(a, problems);
    leave_out(b, problems);

    const tree::TreeComparison comparison = tree::compare_trees(a, b, threads);
    write_to_stdout(options.json ? tree::to_json(comparison, a, b)
                                 : difference_lines(comparison, options) + totals(comparison) +
                                       verdict(comparison, options, !problems.empty()));

    if (!problems.empty()) return exit_code(ErrorKind::failed);
    const bool differ = options.strict ? !comparison.differences.empty() : comparison.differ();
    return differ ? exit_code(ErrorKind::differences) : 0;
}

}  // namespace pystacks::cli::compare
