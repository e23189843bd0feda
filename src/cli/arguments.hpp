#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

// CLI11 is a header of 10,000 lines: include it only where a command line is parsed or walked.
namespace CLI {
class App;
class Option;
class Validator;
}  // namespace CLI

namespace pystacks::cli {

/// An option, flag or positional argument that was declared. What is said of it can be chained.
class Argument {
public:
    explicit Argument(CLI::Option& option) noexcept : option_(&option) {}

    Argument& required();
    Argument& type_name(const std::string& name);  ///< what --help calls the value
    Argument& show_default();                      ///< --help shows the value that the variable has now
    Argument& one_value();                         ///< one value per occurrence: the next word stays a positional
    Argument& excludes(const Argument& other);
    Argument& in_range(int smallest, int largest);
    Argument& in_range(unsigned smallest, unsigned largest);
    Argument& one_of(std::initializer_list<std::string> values);
    Argument& existing_file();
    Argument& existing_folder();
    Argument& existing();       ///< a file or a folder
    Argument& file_to_write();  ///< in a folder that exists: what has taken an hour must not be lost for that

private:
    CLI::Option* option_;
};

/// Refuses a file's name that is empty, as that of an unset variable of a shell's is.
[[nodiscard]] CLI::Validator not_empty();

/// What one command takes. Variables passed here must outlive the parsing.
class Arguments {
public:
    /// @param words of the command line, which must outlive this; null: any may be given
    explicit Arguments(CLI::App& app, const std::vector<std::string>* words) noexcept : app_(&app), words_(words) {}

    /// Whether a command of this name may be given. The options of others need not be declared: there are 200 of them,
    /// and declaring them all takes longer than most commands.
    [[nodiscard]] bool may_be_given(const std::string& name) const;

    /// @param name "-j,--jobs" for an option, "STACK" for a positional argument
    Argument add_option(const std::string& name, std::string& value, const std::string& help);
    Argument add_option(const std::string& name, std::filesystem::path& value, const std::string& help);
    Argument add_option(const std::string& name, int& value, const std::string& help);
    Argument add_option(const std::string& name, unsigned& value, const std::string& help);
    Argument add_option(const std::string& name, std::vector<std::string>& values, const std::string& help);
    Argument add_option(const std::string& name, std::vector<std::filesystem::path>& values, const std::string& help);
    /// @param take gets the value, once everything that was said of it holds
    Argument add_option(const std::string& name, const std::function<void(const std::string&)>& take,
                        const std::string& help);
    Argument add_flag(const std::string& name, bool& given, const std::string& help = "");

    /// Refuses any of @p others beside @p option: what it does is not affected by them. By their long names.
    void exclude(const std::string& option, std::initializer_list<std::string> others);
    /// Refuses any of @p options without @p needed.
    void need(const std::string& needed, std::initializer_list<std::string> options);

    /// @param help empty: --help does not show the command
    Arguments add_command(const std::string& name, const std::string& help);
    void require_command();
    /// @p action is called when the command was given, after its arguments were read.
    void when_given(std::function<void()> action);

private:
    CLI::App* app_;
    const std::vector<std::string>* words_;
};

}  // namespace pystacks::cli
