#include "cli/complete/values.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "extension/spec_switches.hpp"
#include "host/data_folders.hpp"
#include "stack/find.hpp"
#include "stack/stack.hpp"
#include "verify/check_names.hpp"

namespace pystacks::cli::complete {
namespace {

using Candidates = std::vector<Candidate>;

constexpr std::size_t largest_spec = 16U << 20U;

/// Those that pystacks has, and folders of the current one with a stack.toml. Other folders only on the way to one,
/// that is in a path.
Candidates stacks(const TypedLine& line) {
    Candidates found;
    for (std::string& name : stack::stacks_in({host::data_folders().specs}))
        found.push_back({std::move(name), "stack"});
    for (const std::string& name : stack::stacks_in({"."})) found.push_back({"./" + name, "stack in this folder"});
    const bool any = std::any_of(found.begin(), found.end(),
                                 [&](const Candidate& each) { return each.text.starts_with(line.typed); });
    if (!any || line.typed.find('/') != std::string::npos) found.push_back({":dir", ""});
    return found;
}

/// Of a stack as its file has them: nothing is expanded.
void add_bconds_of(const std::string& stack, Candidates& found) {
    const std::vector<std::filesystem::path> search_path{host::data_folders().specs};
    for (stack::Bcond& each : stack::load(stack::find(stack, search_path), search_path).bconds) {
        const bool known =
            std::any_of(found.begin(), found.end(), [&](const Candidate& other) { return other.text == each.name; });
        if (!known) found.push_back({std::move(each.name), std::move(each.help)});
    }
}

/// Of the stack or the spec that the line names already; where it names none yet, of all stacks.
Candidates bconds(const TypedLine& line) {
    const CLI::Option* first = positional_of(*line.app, 0);
    const bool spec = first != nullptr && first->get_name(true) == "SPEC";
    Candidates found;
    if (spec) {
        if (line.positionals.empty() || !std::filesystem::is_regular_file(line.positionals.front()))
            return {{":none", ""}};
        const std::string text = read_file(line.positionals.front(), largest_spec);
        for (std::string& each : pystacks::extension::bconds_named_in(text)) found.push_back({std::move(each), ""});
    } else if (!line.positionals.empty()) {
        add_bconds_of(line.positionals.front(), found);
    } else {
        for (const std::string& each : stack::stacks_in({host::data_folders().specs})) add_bconds_of(each, found);
    }
    return found;
}

/// `verify` takes packages, and with --reproducible a stack.
Candidates packages(const TypedLine& line) {
    if (line.gave("--reproducible")) return stacks(line);
    return {{":file *.rpm", ""}};
}

/// What help explains: the commands of the program, or of the command that the line names already.
Candidates commands(const TypedLine& line) {
    const CLI::App* app = line.app;
    while (app->get_parent() != nullptr) app = app->get_parent();
    for (const std::string& word : line.positionals) {
        const std::vector<const CLI::App*> all = commands_of(*app);
        const auto named =
            std::find_if(all.begin(), all.end(), [&](const auto* each) { return each->get_name() == word; });
        if (named == all.end()) return {};
        app = *named;
    }
    Candidates found;
    for (const CLI::App* each : commands_of(*app)) found.push_back({each->get_name(), each->get_description()});
    return found;
}

Candidates checks(const TypedLine& /*line*/) {
    Candidates found;
    for (verify::CheckName& each : verify::check_names(host::data_folders().templates / "verify")) {
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
    Kind{"COMMAND", commands},
    Kind{"DIR", marker<folder>},
    Kind{"FILE", marker<file>},
    Kind{"FOLDER", marker<folder>},
    Kind{"N", marker<none>},
    Kind{"NAME", marker<none>},
    Kind{"'NAME VALUE'", marker<none>},
    Kind{"PACKAGES", packages},
    Kind{"PATH", marker<file>},
    Kind{"RPM", marker<package>},
    Kind{"SPEC", marker<spec>},
    Kind{"SRPM", marker<source_package>},
    Kind{"STACK", stacks},
    Kind{"TARBALL", marker<file>},
    Kind{"TESTS", marker<none>},
    Kind{"VERSION", marker<none>},
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
