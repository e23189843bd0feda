#include "verify/plan.hpp"

#include <tuple>

#include "base/error.hpp"
#include "base/expression.hpp"
#include "base/text.hpp"
#include "stack/fields.hpp"
#include "stack/toml_text.hpp"

namespace pystacks::verify {
namespace {

using stack::Item;
using stack::Need;
using stack::Problems;
using stack::TableSchema;

const TableSchema<NotOffered>& not_offered_schema() {
    static const TableSchema<NotOffered> schema{"[[not-offered]]",
                                                {{"from", &NotOffered::from},
                                                 {"until", &NotOffered::until},
                                                 {"without", &NotOffered::without},
                                                 {"reason", &NotOffered::reason, Need::not_empty}},
                                                {}};
    return schema;
}

/// A [[check]], and the text of its target.
struct Row : PlannedCheck {
    std::string target;
};

const TableSchema<Row>& check_schema() {
    static const TableSchema<Row> schema{"[[check]]",
                                         {{"name", &PlannedCheck::name, Need::not_empty},
                                          {"about", &PlannedCheck::about, Need::not_empty},
                                          {"on", &Row::target, Need::not_empty},
                                          {"code", &PlannedCheck::code, Need::optional, stack::Lines::many},
                                          {"script", &PlannedCheck::script},
                                          {"options", &PlannedCheck::options},
                                          {"arguments", &PlannedCheck::arguments},
                                          {"environment", &PlannedCheck::environment},
                                          {"stdout", &PlannedCheck::stdout_line},
                                          {"stderr", &PlannedCheck::stderr_line},
                                          {"stdout-lines", &PlannedCheck::stdout_lines},
                                          {"stderr-lines", &PlannedCheck::stderr_lines},
                                          {"stdout-empty", &PlannedCheck::stdout_empty},
                                          {"passed", &PlannedCheck::passed},
                                          {"time-limit", &PlannedCheck::time_limit},
                                          {"cost", &PlannedCheck::cost}},
                                         {"not-offered"}};
    return schema;
}

bool is_version(const std::string& text) {
    static const Expression version("[0-9]{1,3}\\.[0-9]{1,3}");
    return text.empty() || version.matches(text);
}

std::tuple<int, int> parts(const std::string& version) {
    const std::vector<std::string> numbers = split(version, '.');
    return {std::stoi(numbers.at(0)), std::stoi(numbers.at(1))};
}

void check_versions(const std::vector<Item<NotOffered>>& rows, Problems& problems) {
    for (const Item<NotOffered>& row : rows) {
        for (const auto& [key, value] : {std::pair{"from", &row.value.from}, std::pair{"until", &row.value.until}}) {
            if (!is_version(*value)) {
                problems.add(row.where(key), "'" + std::string(key) + "' must be a version like \"3.9\", found " +
                                                 stack::in_quotes(*value));
            }
        }
    }
}

void check_expression(const Item<Row>& item, const char* key, const std::string& expression, Problems& problems) {
    try {
        const Expression compiled(expression);
    } catch (const Error& error) {
        problems.add(item.where(key), "'" + std::string(key) + "' is not a regular expression: " + error.reason());
    }
}

void check_values(Item<Row>& item, Problems& problems) {
    Row& check = item.value;
    check.on = read_target(check.target, item.where("on"), problems);
    if (check.code.empty() == check.script.empty()) {
        problems.add(item.table->source(), "[[check]] takes either 'code' or 'script'");
    }
    check_expression(item, "stdout", check.stdout_line, problems);
    check_expression(item, "stderr", check.stderr_line, problems);
}

}  // namespace

bool NotOffered::holds_for(int major, int minor) const {
    const std::tuple version{major, minor};
    return (from.empty() || version >= parts(from)) && (until.empty() || version < parts(until));
}

std::vector<PlannedCheck> parse_plan(std::string_view text, const std::filesystem::path& file) {
    const toml::table document = stack::parse_toml(text, file);
    Problems problems(file);
    stack::report_unknown_keys(document, "plan.toml", {"check"}, problems);
    std::vector<PlannedCheck> checks;
    for (Item<Row>& item : stack::read_tables(document, check_schema(), problems)) {
        check_values(item, problems);
        const auto rows = stack::read_tables(*item.table, not_offered_schema(), problems);
        check_versions(rows, problems);
        for (const Item<NotOffered>& row : rows) item.value.not_offered.push_back(row.value);
        checks.push_back(std::move(item.value));
    }
    problems.throw_if_any();
    return checks;
}

}  // namespace pystacks::verify
