#include "compare/text_report.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "compare/folder_lines.hpp"
#include "compare/package_report.hpp"
#include "tree/path_text.hpp"

namespace pystacks::compare {
namespace {

using tree::printable_path;

bool is_shown(const Pair& pair, const ReportOptions& options) {
    if (pair.is_same()) return false;
    const bool only_bytecode =
        pair.verdict == PairVerdict::same_bytecode && pair.attributes.empty() && pair.match == Match::path;
    return options.strict || !only_bytecode;
}

std::string sizes(const Pair& pair) {
    const auto size = [](const File& file) { return human_size(file.size); };
    const auto is_file = [](const File* file) { return file != nullptr && file->type == tree::FileType::regular; };
    if (is_file(pair.a) && is_file(pair.b) && pair.a->size != pair.b->size) {
        return size(*pair.a) + " / " + size(*pair.b);
    }
    if (is_file(pair.a)) return size(*pair.a);
    return is_file(pair.b) ? size(*pair.b) : std::string();
}

std::string_view label_of(const Pair& pair) {
    if (pair.verdict != PairVerdict::identical) return compare::label_of(pair.verdict);
    return pair.match == Match::path ? "attributes" : "renamed";
}

std::string path_of(const Pair& pair) {
    std::string path = printable_path(pair.any().path);
    if (!pair.is_only() && pair.a->path != pair.b->path) path += " → " + printable_path(pair.b->path);
    return path;
}

std::string difference_line(const Pair& pair) {
    std::vector<std::string> parts;
    if (pair.match == Match::twin) parts.emplace_back("twin");
    if (pair.match == Match::version) parts.emplace_back("other version");
    if (!pair.details.empty()) parts.push_back(printable_path(pair.details));
    for (const Property& attribute : pair.attributes) {
        parts.push_back(printable_path(attribute.name + " " + (attribute.a.empty() ? "none" : attribute.a) + " / " +
                                       (attribute.b.empty() ? "none" : attribute.b)));
    }
    if (std::string text = sizes(pair); !text.empty()) parts.push_back(std::move(text));
    const std::string remark = parts.empty() ? "" : fmt::format("  ({})", join(parts, "; "));
    return fmt::format("{:<13}  {}{}\n", label_of(pair), path_of(pair), remark);
}

class Lines {
public:
    Lines(const BuildComparison& comparison, const ReportOptions& options)
        : options_(options), folders_(comparison.pairs), packages_(comparison) {
        for (const Pair& pair : comparison.pairs) {
            if (is_shown(pair, options)) add(pair);
        }
        if (!options.all && count_ > lines_without_all) {
            text_ += fmt::format("… and {} more (--all shows them)\n", count_ - lines_without_all);
        }
        if (count_ > 0) text_ += '\n';
    }

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    void add(const Pair& pair) {
        if (options_.all) return write(pair, difference_line(pair));
        if (folders_.covers(pair) || packages_.covers(pair)) return;
        const FolderContent* content = folders_.content(pair);
        if (content == nullptr) return write(pair, difference_line(pair));
        write(pair, fmt::format("{:<13}  {}  (folder of {} paths, {})\n", label_of(pair), path_of(pair), content->paths,
                                human_size(content->bytes)));
    }

    void write(const Pair& pair, const std::string& line) {
        ++count_;
        if (!options_.all && count_ > lines_without_all) return;
        text_ += line;
        if (pair.diff.empty() || (!options_.all && ++diffs_ > diffs_without_all)) return;
        text_ += indented_diff(pair.diff, options_.all ? 0 : diff_lines_without_all);
    }

    const ReportOptions& options_;
    FolderLines folders_;
    LonePackages packages_;
    std::string text_;
    std::size_t count_ = 0;
    std::size_t diffs_ = 0;
};

std::string total_line(std::string_view name, const Total& total) {
    const auto column = [](std::uint64_t bytes) { return bytes == 0 ? std::string("-") : human_size(bytes); };
    return fmt::format("{:<18} {:>8} {:>12} {:>12}\n", name, total.paths, column(total.bytes_a), column(total.bytes_b));
}

std::string totals(const BuildComparison& comparison) {
    std::string text = fmt::format("{:<18} {:>8} {:>12} {:>12}\n", "", "paths", "size in A", "size in B");
    text += total_line("identical", comparison.identical);
    if (comparison.renamed.paths > 0) text += total_line("renamed", comparison.renamed);
    if (comparison.attributes.paths > 0) text += total_line("other attributes", comparison.attributes);
    for (const auto& [verdict, total] : comparison.totals) text += total_line(compare::label_of(verdict), total);
    return text + total_line("all", comparison.all);
}

}  // namespace

std::string_view label_of(PairVerdict verdict) noexcept {
    switch (verdict) {
        case PairVerdict::identical:
            return "identical";
        case PairVerdict::same_bytecode:
            return "same bytecode";
        case PairVerdict::same_code:
            return "same code";
        case PairVerdict::text:
            return "text";
        case PairVerdict::different:
            return "different";
        case PairVerdict::only_a:
            return "only in A";
        case PairVerdict::only_b:
            return "only in B";
    }
    return "unknown";
}

namespace {

std::string_view files(std::uint64_t count) { return count == 1 ? "file" : "files"; }

/// That times were left out, where it made a difference.
std::string about_times(const BuildComparison& comparison) {
    if (comparison.other_times == 0 || comparison.times == Times::counted) return {};
    return fmt::format("Times do not count: {} {} another time (--strict counts them as differences).\n",
                       comparison.other_times, comparison.other_times == 1 ? "file has" : "files have");
}

std::string without_times(const BuildComparison& comparison, bool strict) {
    const char* what = comparison.a.is_tree ? "trees" : "packages";
    const auto bytecode = comparison.totals.find(PairVerdict::same_bytecode);
    if (comparison.differ()) {
        std::string text = fmt::format("The {} differ", what);
        const bool headers = std::any_of(comparison.packages.begin(), comparison.packages.end(),
                                         [](const PackagePair& pair) { return pair.differ(); });
        if (!headers && comparison.same_but_for_build_ids()) {
            return text + " only in the build ids and debug links of ELF files.\n";
        }
        if (!headers && comparison.same_but_for_times()) {
            return text +
                   fmt::format(" only in the times of {} {}.\n", comparison.other_times, files(comparison.other_times));
        }
        return text + (comparison.anything_in_common() ? ".\n" : ": they have no file in common.\n");
    }
    if (bytecode == comparison.totals.end()) return fmt::format("The {} are the same.\n", what);
    return fmt::format("The {} are the same except for the bytes of {} .pyc files, which have the same meaning{}.\n",
                       what, bytecode->second.paths,
                       strict ? "; --strict counts them" : " (--strict counts them as differences)");
}

}  // namespace

std::string conclusion(const BuildComparison& comparison, bool strict) {
    const bool left_out = strict && comparison.a.is_tree && !comparison.differ();
    return without_times(comparison, strict) + about_times(comparison) +
           (left_out ? "Times of trees are not compared: they say when a build ran.\n" : "");
}

std::string text_report(const BuildComparison& comparison, const ReportOptions& options) {
    std::string text = Lines(comparison, options).text() + package_report(comparison, options) + totals(comparison) +
                       conclusion(comparison, options.strict);
    if (options.incomplete) text += "Paths that could not be read were left out.\n";
    return text;
}

}  // namespace pystacks::compare
