#include "cli/complete/typed_line.hpp"

#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>

namespace pystacks::cli::complete {
namespace {

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

const CLI::Option* find_option(const CLI::App& app, const std::string& name, bool long_name) {
    for (const CLI::Option* option : options_of(app)) {
        const std::vector<std::string>& names = long_name ? option->get_lnames() : option->get_snames();
        if (std::find(names.begin(), names.end(), name) != names.end()) return option;
    }
    return nullptr;
}

/// Reads word after word.
class Reader {
public:
    explicit Reader(const CLI::App& program) { line_.app = &program; }

    void complete_word(const std::string& word) {
        if (word == "=" && separable_) return;
        if (line_.option != nullptr) {
            line_.option = nullptr;
        } else if (line_.only_positionals || word.size() < 2 || word.front() != '-') {
            plain(word);
        } else if (word == "--") {
            line_.only_positionals = true;
        } else if (word.starts_with("--")) {
            long_option(word);
        } else {
            short_options(word);
        }
        separable_ = line_.option != nullptr && word.starts_with("--");
    }

    TypedLine last_word(const std::string& word) {
        line_.typed = word;
        if (word == "=" && separable_) {
            line_.typed.clear();
        } else if (line_.option == nullptr && !line_.only_positionals && word.starts_with("--")) {
            attached_value(word, word.find('='));
        } else if (line_.option == nullptr && !line_.only_positionals && word.starts_with('-') && word.size() > 2) {
            const CLI::Option* option = find_option(*line_.app, word.substr(1, 1), false);
            if (option == nullptr || !takes_value(*option)) return line_;
            line_.option = option;
            split_typed(2);
        }
        return line_;
    }

private:
    void plain(const std::string& word) {
        if (!line_.only_positionals && line_.positionals.empty()) {
            for (const CLI::App* each : line_.app->get_subcommands([](const CLI::App*) { return true; })) {
                if (each->get_name() != word) continue;
                line_.app = each;
                return;
            }
        }
        if (positional_of(*line_.app, line_.positionals.size()) == nullptr) {
            note(commands_of(*line_.app).empty() ? line_.surplus : line_.unknown_command, word);
        }
        line_.positionals.push_back(word);
    }

    /// What follows an unknown command would be for that to know.
    void note(std::optional<TypedLine::Unknown>& first, std::string word) const {
        if (!first && !line_.unknown_command) first = {std::move(word), line_.app};
    }

    void long_option(const std::string& word) {
        const std::size_t equals = word.find('=');
        const CLI::Option* option = find_option(*line_.app, word.substr(2, equals - 2), true);
        if (option == nullptr) note(line_.unknown_option, word.substr(0, equals));
        line_.long_options.push_back(word.substr(0, equals));
        if (option != nullptr && takes_value(*option) && equals == std::string::npos) line_.option = option;
    }

    /// "-vj4" is "-v -j 4".
    void short_options(const std::string& word) {
        for (std::size_t index = 1; index < word.size(); ++index) {
            const CLI::Option* option = find_option(*line_.app, word.substr(index, 1), false);
            if (option == nullptr) {
                note(line_.unknown_option, word);
                return;
            }
            if (!takes_value(*option)) continue;
            if (index + 1 == word.size()) line_.option = option;
            return;
        }
    }

    void attached_value(const std::string& word, std::size_t equals) {
        if (equals == std::string::npos) return;
        const CLI::Option* option = find_option(*line_.app, word.substr(2, equals - 2), true);
        if (option == nullptr || !takes_value(*option)) return;
        line_.option = option;
        split_typed(equals + 1);
    }

    void split_typed(std::size_t at) {
        line_.before = line_.typed.substr(0, at);
        line_.typed.erase(0, at);
    }

    TypedLine line_;
    bool separable_ =
        false;  ///< the last word was a long option that takes a value; a "=" after it is only a separator
};

}  // namespace

TypedLine read_typed_line(const CLI::App& program, const std::vector<std::string>& words) {
    Reader reader(program);
    if (words.empty()) return reader.last_word("");
    for (std::size_t index = 0; index + 1 < words.size(); ++index) reader.complete_word(words[index]);
    return reader.last_word(words.back());
}

bool TypedLine::gave(const std::string& long_option) const {
    return std::find(long_options.begin(), long_options.end(), long_option) != long_options.end();
}

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
    std::vector<const CLI::Option*> options;
    for (const CLI::App* each = &app; each != nullptr; each = each->get_fallthrough() ? each->get_parent() : nullptr) {
        for (const CLI::Option* option : each->get_options()) {
            if (option->nonpositional() && !option->get_group().empty()) options.push_back(option);
        }
    }
    return options;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); });
}

const CLI::Option* positional_of(const CLI::App& app, std::size_t index) {
    const std::vector<const CLI::Option*> all =
        app.get_options([](const auto* option) { return option->get_positional(); });
    if (index < all.size()) return all[index];
    return !all.empty() && all.back()->get_items_expected_max() > 1 ? all.back() : nullptr;
}

}  // namespace pystacks::cli::complete
