#include "cli/arguments.hpp"

#include <set>
#include <utility>

#include <CLI/CLI.hpp>

namespace pystacks::cli {

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
    option_->check(CLI::IsMember(values));
    return *this;
}

Argument& Argument::existing_file() {
    option_->check(CLI::ExistingFile);
    return *this;
}

Argument& Argument::existing_folder() {
    option_->check(CLI::ExistingDirectory);
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

Argument Arguments::add_flag(const std::string& name, bool& given, const std::string& help) {
    return Argument(*app_->add_flag(name, given, help));
}

Arguments Arguments::add_command(const std::string& name, const std::string& help) {
    CLI::App* command = app_->add_subcommand(name, help);
    if (help.empty()) command->group("");
    return Arguments(*command);
}

void Arguments::require_command() { app_->require_subcommand(1); }

void Arguments::when_given(std::function<void()> action) { app_->final_callback(std::move(action)); }

}  // namespace pystacks::cli
