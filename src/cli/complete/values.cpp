#include "cli/complete/values.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/data_folders.hpp"
#include "stack/find.hpp"
#include "stack/stack.hpp"
#include "verify/check_names.hpp"

namespace pystacks::cli::complete {
namespace {

using Candidates = std::vector<Candidate>;

Candidates stacks(const TypedLine& /*line*/) {
    Candidates found;
    for (std::string& name : stack::stacks_in({data_folders().specs})) found.push_back({std::move(name), "stack"});
    found.push_back({":dir", ""});
    return found;
}

/// Of the stack that the line names already, as its file has them: nothing is expanded.
Candidates bconds(const TypedLine& line) {
    const CLI::Option* first = positional_of(*line.app, 0);
    if (first == nullptr || first->get_name(true) != "STACK" || line.positionals.empty()) return {{":none", ""}};
    const std::vector<std::filesystem::path> search_path{data_folders().specs};
    Candidates found;
    for (stack::Bcond& each : stack::load(stack::find(line.positionals.front(), search_path), search_path).bconds) {
        found.push_back({std::move(each.name), std::move(each.help)});
    }
    return found;
}

Candidates checks(const TypedLine& /*line*/) {
    Candidates found;
    for (verify::CheckName& each : verify::check_names(data_folders().templates / "verify")) {
        found.push_back({std::move(each.name), std::move(each.about)});
    }
    return found;
}

template <const char* Marker>
Candidates marker(const TypedLine& /*line*/) {
    return {{Marker, ""}};
}
constexpr char none[] = ":none";
constexpr char folder[] = ":dir";
constexpr char file[] = ":file";
constexpr char spec[] = ":file *.spec";
constexpr char package[] = ":file *.rpm";
constexpr char source_package[] = ":file *.src.rpm";

/// What --help calls a value, and what there is to choose from.
struct Kind {
    std::string_view word;
    Candidates (*candidates)(const TypedLine&);
};
constexpr std::array kinds{
    Kind{"BCOND", bconds},
    Kind{"CHECK", checks},
    Kind{"DIR", marker<folder>},
    Kind{"FILE", marker<file>},
    Kind{"FOLDER", marker<folder>},
    Kind{"N", marker<none>},
    Kind{"NAME", marker<none>},
    Kind{"'NAME VALUE'", marker<none>},
    Kind{"PACKAGES", marker<package>},
    Kind{"PATH", marker<file>},
    Kind{"RPM", marker<package>},
    Kind{"SPEC", marker<spec>},
    Kind{"SRPM", marker<source_package>},
    Kind{"STACK", stacks},
    Kind{"TESTS", marker<none>},
};

/// "FILE|DIR", "quick|full|TESTS" or "TEXT:{a,b}", and for a positional its name.
std::vector<std::string> words_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const std::size_t checked = type.find(":{");
    std::vector<std::string> words = split(type.substr(0, type.find(':')), '|');
    if (checked != type.npos) words = split(type.substr(checked + 2, type.find('}') - checked - 2), ',');
    const std::string name = option.get_name(true);
    if (option.get_positional() && std::find(words.begin(), words.end(), name) == words.end()) words.push_back(name);
    return words;
}

bool is_value(const std::string& word) {
    return !word.empty() && std::none_of(word.begin(), word.end(),
                                         [](unsigned char each) { return std::isupper(each) != 0 || each == '\''; });
}

}  // namespace

std::vector<Candidate> values_of(const CLI::Option& option, const TypedLine& line) {
    std::vector<Candidate> found;
    for (std::string& word : words_of(option)) {
        if (is_value(word)) {
            found.push_back({std::move(word), ""});
            continue;
        }
        const auto* const kind =
            std::find_if(kinds.begin(), kinds.end(), [&](const Kind& each) { return each.word == word; });
        if (kind == kinds.end()) continue;
        try {
            for (Candidate& each : kind->candidates(line)) found.push_back(std::move(each));
        } catch (const Error&) {
            // There is nobody to tell: the shell would show it in the middle of the line that is being typed.
            continue;
        }
    }
    // Shells that complete files offer folders as well.
    const bool files =
        std::any_of(found.begin(), found.end(), [](const Candidate& each) { return each.text.starts_with(file); });
    if (files) std::erase_if(found, [](const Candidate& each) { return each.text == folder; });
    // For "quick|full|TESTS", offer only the known words.
    if (found.size() > 1) std::erase_if(found, [](const Candidate& each) { return each.text == none; });
    return found;
}

}  // namespace pystacks::cli::complete
