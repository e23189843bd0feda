#include "cli/arguments.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/given_path.hpp"
#include "base/text.hpp"

namespace pystacks::cli {

namespace fs = std::filesystem;

CLI::Validator not_empty() {
    const auto check = [](const std::string& name) { return name.empty() ? "the name is empty" : std::string(); };
    return CLI::Validator(check, "");
}

Argument& Argument::required() {
    option_->required();
    return *this;
}

Argument& Argument::type_name(const std::string& name) {
    option_->type_name(name);
    return *this;
}

Argument& Argument::show_default() {
    option_->capture_default_str();
    return *this;
}

Argument& Argument::one_value() {
    option_->allow_extra_args(false);
    return *this;
}

Argument& Argument::excludes(const Argument& other) {
    option_->excludes(other.option_);
    return *this;
}

Argument& Argument::in_range(int smallest, int largest) {
    option_->check(CLI::Range(smallest, largest));
    return *this;
}

Argument& Argument::in_range(unsigned smallest, unsigned largest) {
    option_->check(CLI::Range(smallest, largest));
    return *this;
}

Argument& Argument::one_of(std::initializer_list<std::string> values) {
    const std::vector<std::string> known = values;
    const auto check = [known](const std::string& value) {
        if (std::find(known.begin(), known.end(), value) != known.end()) return std::string();
        return did_you_mean(value, known, fmt::format("{} is not one of {}", value, join(known, ", ")));
    };
    option_->check(CLI::Validator(check, ""));
    return *this;
}

namespace {

CLI::Validator input(Wanted wanted) {
    return {[wanted](const std::string& name) {
                const std::string problem = problem_of_input(name, wanted);
                return problem.empty() ? problem : name + ": " + problem;
            },
            ""};
}

}  // namespace

Argument& Argument::existing_file() {
    option_->check(input(Wanted::file));
    return *this;
}

Argument& Argument::existing_folder() {
    option_->check(input(Wanted::folder));
    return *this;
}

Argument& Argument::existing() {
    option_->check(input(Wanted::either));
    return *this;
}

Argument& Argument::file_to_write() {
    option_->check(CLI::Validator(
        [](const std::string& name) {
            if (name == "-") return std::string("- does not mean standard output here: use /dev/stdout");
            const std::string problem = problem_of_output(name);
            return problem.empty() ? problem : name + ": " + problem;
        },
        ""));
    return *this;
}

Argument Arguments::add_option(const std::string& name, std::string& value, const std::string& help) {
    return Argument(*app_->add_option(name, value, help));
}

Argument Arguments::add_option(const std::string& name, std::filesystem::path& value, const std::string& help) {
    return Argument(*app_->add_option(name, value, help)->check(not_empty()));
}

Argument Arguments::add_option(const std::string& name, int& value, const std::string& help) {
    return Argument(*app_->add_option(name, value, help));
}

Argument Arguments::add_option(const std::string& name, unsigned& value, const std::string& help) {
    return Argument(*app_->add_option(name, value, help));
}

Argument Arguments::add_option(const std::string& name, std::vector<std::string>& values, const std::string& help) {
    return Argument(*app_->add_option(name, values, help));
}

Argument Arguments::add_option(const std::string& name, std::vector<std::filesystem::path>& values,
                               const std::string& help) {
    return Argument(*app_->add_option(name, values, help)->check(not_empty()));
}

Argument Arguments::add_option(const std::string& name, const std::function<void(const std::string&)>& take,
                               const std::string& help) {
    return Argument(*app_->add_option_function<std::string>(name, take, help));
}

Argument Arguments::add_flag(const std::string& name, bool& given, const std::string& help) {
    return Argument(*app_->add_flag(name, given, help));
}

void Arguments::exclude(const std::string& option, std::initializer_list<std::string> others) {
    for (const std::string& other : others) app_->get_option(option)->excludes(app_->get_option(other));
}

void Arguments::need(const std::string& needed, std::initializer_list<std::string> options) {
    for (const std::string& option : options) app_->get_option(option)->needs(app_->get_option(needed));
}

bool Arguments::may_be_given(const std::string& name) const {
    return words_ == nullptr || std::find(words_->begin(), words_->end(), name) != words_->end();
}

Arguments Arguments::add_command(const std::string& name, const std::string& help) {
    CLI::App* command = app_->add_subcommand(name, help);
    if (help.empty()) command->group("");
    return Arguments(*command, words_);
}

void Arguments::require_command() { app_->require_subcommand(1); }

void Arguments::when_given(std::function<void()> action) { app_->final_callback(std::move(action)); }

}  // namespace pystacks::cli
