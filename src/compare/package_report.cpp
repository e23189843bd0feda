#include "compare/package_report.hpp"

#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "tree/path_text.hpp"

namespace pystacks::compare {
namespace {

using tree::printable_line;

std::string list(std::string_view name, std::string_view side, const std::vector<std::string>& texts, bool all) {
    std::string result;
    std::size_t shown = 0;
    for (const std::string& text : texts) {
        if (!all && shown == dependencies_without_all) {
            return result + fmt::format("    … and {} more (--all shows them)\n", texts.size() - shown);
        }
        ++shown;
        result += fmt::format("    {:<12} only in {}: {}\n", name, side, printable_line(text));
    }
    return result;
}

std::string pair_report(const PackagePair& pair, const ReportOptions& options) {
    std::string text;
    for (const FieldDifference& field : pair.fields) {
        text += fmt::format("    {:<12} {} / {}\n", field.name, field.a.empty() ? "none" : printable_line(field.a),
                            field.b.empty() ? "none" : printable_line(field.b));
    }
    for (const DependencyDifference& difference : pair.dependencies) {
        text += list(rpm::name_of(difference.kind), "A", difference.only_a, options.all);
        text += list(rpm::name_of(difference.kind), "B", difference.only_b, options.all);
    }
    for (const ScriptletDifference& scriptlet : pair.scriptlets) {
        const char* where = scriptlet.in_a ? (scriptlet.in_b ? "differs" : "only in A") : "only in B";
        text += fmt::format("    {:<12} {}\n", printable_line(scriptlet.kind), where);
        text += indented_diff(scriptlet.diff, options.all ? 0 : diff_lines_without_all);
    }
    return text;
}

/// What of the package has no partner on the other side.
std::string lone_line(const BuildComparison& comparison, const PackagePair& pair) {
    const bool in_a = pair.b == no_package;
    const std::size_t index = in_a ? pair.a : pair.b;
    Total total;
    for (const Pair& files : comparison.pairs) {
        const File* file = in_a ? files.a : files.b;
        if (!files.is_only() || file == nullptr || file->package != index) continue;
        ++total.paths;
        total.bytes_a += file->weight;
    }
    const rpm::Package& package = (in_a ? comparison.a : comparison.b).packages[index];
    return fmt::format("{}      {}  ({} paths, {})\n", label_of(in_a ? PairVerdict::only_a : PairVerdict::only_b),
                       package.nevra(), total.paths, human_size(total.bytes_a));
}

}  // namespace

LonePackages::LonePackages(const BuildComparison& comparison)
    : of_a_(comparison.a.packages.size()), of_b_(comparison.b.packages.size()) {
    for (const PackagePair& pair : comparison.packages) {
        if (pair.b == no_package) of_a_[pair.a] = true;
        if (pair.a == no_package) of_b_[pair.b] = true;
    }
}

bool LonePackages::covers(const Pair& pair) const {
    if (!pair.is_only() || of_a_.empty()) return false;
    return pair.a != nullptr ? of_a_[pair.a->package] : of_b_[pair.b->package];
}

std::string package_report(const BuildComparison& comparison, const ReportOptions& options) {
    std::string text;
    for (const PackagePair& pair : comparison.packages) {
        if (!pair.differ()) continue;
        if (pair.a == no_package || pair.b == no_package) {
            text += lone_line(comparison, pair);
        } else {
            const std::string a = comparison.a.packages[pair.a].nevra();
            const std::string b = comparison.b.packages[pair.b].nevra();
            text += fmt::format("package        {}{}\n", a, a == b ? "" : " → " + b) + pair_report(pair, options);
        }
    }
    return text.empty() ? text : text + '\n';
}

std::string indented_diff(std::string_view diff, std::size_t most) {
    std::string text;
    std::size_t shown = 0;
    const std::vector<std::string> lines = split(trim(diff).empty() ? "" : diff.substr(0, diff.size() - 1), '\n');
    for (const std::string& line : lines) {
        if (most != 0 && shown == most) {
            return text + fmt::format("    … and {} more lines of the diff (--all shows them)\n", lines.size() - shown);
        }
        ++shown;
        text += "    " + printable_line(line) + '\n';
    }
    return text;
}

}  // namespace pystacks::compare
