#include "verify/one_sided.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "stack/fields.hpp"
#include "stack/toml_text.hpp"

namespace pystacks::verify {
namespace {

/// A row of content.toml. The reason is for those who read the file.
struct Row {
    std::string path;
    std::string feature;  ///< only where the variant's interpreter has it; empty: always
    std::string reason;
};

}  // namespace

OneSidedPaths::OneSidedPaths(const Subject& subject, const InstalledInterpreter* variant) {
    using stack::Need;
    const stack::TableSchema<Row> schema{
        "[[alone]]",
        {{"path", &Row::path, Need::not_empty}, {"feature", &Row::feature}, {"reason", &Row::reason, Need::not_empty}},
        {}};
    const fs::path file = subject.scripts / "content.toml";
    const toml::table document = stack::parse_toml(read_file(file), file);
    stack::Problems problems(file);
    stack::report_unknown_keys(document, "content.toml", {"alone"}, problems);
    for (const auto& row : stack::read_tables(document, schema, problems)) {
        const std::string& feature = row.value.feature;
        const bool offered = variant != nullptr
                                 ? variant->offers(feature)
                                 : std::any_of(subject.interpreters.begin(), subject.interpreters.end(),
                                               [&](const InstalledInterpreter& each) { return each.offers(feature); });
        if (feature.empty() || offered) patterns_.emplace_back(row.value.path);
    }
    problems.throw_if_any();
}

bool OneSidedPaths::contains(const std::string& path) const {
    return std::any_of(patterns_.begin(), patterns_.end(),
                       [&](const PathPattern& pattern) { return pattern.matches(path); });
}

}  // namespace pystacks::verify
