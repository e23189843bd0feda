#include "cli/list.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/json.hpp"
#include "cli/error_event.hpp"
#include "cli/print.hpp"
#include "host/data_folders.hpp"
#include "stack/find.hpp"
#include "stack/stack.hpp"

namespace pystacks::cli::list {
namespace {

struct Row {
    std::string name;  ///< what a STACK is called on the command line
    std::filesystem::path folder;
    stack::Stack stack;
};

/// Of docs/json.md, "list".
constexpr int json_format = 1;

/// Macros in it are rpm's to expand; a version and a URL that need none are shown.
std::string first_source(const stack::Stack& stack) { return stack.sources.empty() ? "" : stack.sources.front().url; }

nlohmann::json as_json(const std::vector<Row>& rows) {
    nlohmann::json list = nlohmann::json::array();
    for (const Row& row : rows) {
        nlohmann::json includes = nlohmann::json::array();
        for (const std::filesystem::path& each : row.stack.includes) includes.push_back(each.string());
        list.push_back({{"name", row.name},
                        {"version", row.stack.version},
                        {"folder", row.folder.string()},
                        {"includes", includes},
                        {"source", first_source(row.stack)}});
    }
    return {{"format", json_format}, {"stacks", list}};
}

void print_table(const std::vector<Row>& rows) {
    std::size_t name = 0, version = 0;
    for (const Row& row : rows) {
        name = std::max(name, row.name.size());
        version = std::max(version, row.stack.version.size());
    }
    for (const Row& row : rows) {
        print_text(
            fmt::format("{:<{}}  {:<{}}  {}\n", row.name, name, row.stack.version, version, row.folder.string()));
    }
}

}  // namespace

void add_to(Arguments& app, Options& options) { app.add_flag("--json", options.json, "print the list as JSON"); }

int run(const Options& options) {
    const std::filesystem::path specs = host::data_folders().specs;
    std::vector<Row> rows;
    int code = 0;
    for (const std::string& name : stack::stacks_in({specs})) {
        try {
            rows.push_back({name, specs / name, stack::load(stack::find(name, {specs}), {specs})});
        } catch (const Error& error) {
            report_error(error);
            code = exit_code(ErrorKind::failed);
        }
    }
    options.json ? print_data(json_text(as_json(rows), 2) + "\n") : print_table(rows);
    return code;
}

}  // namespace pystacks::cli::list
