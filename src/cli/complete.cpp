#include "cli/complete.hpp"

#include <CLI/CLI.hpp>

#include "base/characters.hpp"
#include "base/text.hpp"
#include "cli/complete/typed_line.hpp"
#include "cli/complete/values.hpp"
#include "cli/print.hpp"

namespace pystacks::cli::complete {
namespace {

std::vector<Candidate> subcommands(const CLI::App& app) {
    std::vector<Candidate> found;
    for (const CLI::App* each : commands_of(app)) found.push_back({each->get_name(), each->get_description()});
    return found;
}

/// An option without a long name has its value attached, as rpmbuild's -ba.
void add_attached(const CLI::Option& option, const TypedLine& line, std::vector<Candidate>& found) {
    for (const Candidate& value : values_of(option, line)) {
        if (value.text.front() != ':') {
            found.push_back({"-" + option.get_snames().front() + value.text, option.get_description()});
        }
    }
}

std::vector<Candidate> options(const TypedLine& line) {
    std::vector<Candidate> found;
    for (const CLI::Option* option : options_of(*line.app)) {
        for (const std::string& each : option->get_lnames()) {
            found.push_back({"--" + each, option->get_description()});
        }
        if (option->get_lnames().empty()) {
            add_attached(*option, line, found);
        } else {
            for (const std::string& each : option->get_snames()) {
                found.push_back({"-" + each, option->get_description()});
            }
        }
    }
    return found;
}

std::vector<Candidate> candidates(const TypedLine& line) {
    if (line.option != nullptr) return values_of(*line.option, line);
    if (!line.only_positionals && line.typed.starts_with('-')) return options(line);
    std::vector<Candidate> found;
    if (line.positionals.empty()) found = subcommands(*line.app);
    if (const CLI::Option* positional = positional_of(*line.app, line.positionals.size())) {
        for (Candidate& each : values_of(*positional, line)) found.push_back(std::move(each));
    }
    return found;
}

}  // namespace

int run(const CLI::App& program, const std::vector<std::string>& arguments) {
    bool describe = false;
    std::size_t first = 0;
    if (first < arguments.size() && arguments[first] == "--describe") {
        describe = true;
        ++first;
    }
    if (first < arguments.size() && arguments[first] == "--") ++first;
    const std::vector<std::string> words(arguments.begin() + static_cast<std::ptrdiff_t>(first), arguments.end());
    const TypedLine line = read_typed_line(program, words);
    for (const Candidate& each : candidates(line)) {
        const bool marker = each.text.starts_with(':');
        if (!marker && !each.text.starts_with(line.typed)) continue;
        // A shell puts it into the line that is being typed: with an escape it would be another name.
        if (has_control_character(each.text)) continue;
        std::string row = marker ? each.text : line.before + each.text;
        if (describe && !marker) row += "\t" + without_control_characters(replace_all(each.about, "\n", " "));
        print_data(row + "\n");
    }
    return 0;
}

}  // namespace pystacks::cli::complete
